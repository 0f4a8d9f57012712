import { readBoundedFile } from '../catalogue/bounded-file.ts';
import { ConfigurationError } from '../catalogue/errors.ts';
import { withCauses } from './causes/with-causes.ts';
import { looksLikeEventLog, rebuild } from './event-log.ts';
import { resultsProblem } from './results-schema.ts';
import type { Results } from './results.ts';

/** More than any run writes; a text must also fit into one string of the JavaScript engine. */
const sizeLimit = 256 * 1024 * 1024;

/**
 * Reads the text of results.json, or of events.jsonl, from which results are rebuilt. Causes that they lack are inferred.
 * @param file its name, for messages
 * @throws ConfigurationError when it is neither, of another version, or against specs/results.schema.json
 */
export function readResults(text: string, file: string): Results {
  if (looksLikeEventLog(text)) return withCauses(rebuild(text, file));
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ConfigurationError(`${file} is not JSON; pass the results.json or events.jsonl of a run.`);
  }
  const version = typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : 1;
  if (version !== 1) {
    const found = typeof version === 'number' ? String(version) : 'that is not a number';
    throw new ConfigurationError(
      `${file} has a schemaVersion ${found}, and this version of the suite reads 1; take the version that wrote it.`,
    );
  }
  const problem = resultsProblem('results', value);
  if (problem !== undefined) throw new ConfigurationError(`${file} is not the results of a run: ${problem}`);
  const results = value as Results;
  return results.causes === undefined ? withCauses(results) : results;
}

/**
 * Reads a file with results, or with the events of a run.
 * @param file where it is; also its name in messages
 * @throws ConfigurationError when it cannot be read, is larger than 256 MiB, or is no such file
 */
export function loadResults(file: string): Results {
  return readResults(readText(file), file);
}

function readText(file: string): string {
  try {
    return readBoundedFile(file, sizeLimit);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'EFBIG') {
      throw new ConfigurationError(`${file} is larger than 256 MiB, far more than a run writes; check its name.`);
    }
    const problem = { ENOENT: 'does not exist', EISDIR: 'is a folder' }[code] ?? `cannot be read (${code})`;
    throw new ConfigurationError(`${file} ${problem}; give the results.json or events.jsonl of a run.`);
  }
}
