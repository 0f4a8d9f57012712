import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ValidateFunction } from 'ajv';
import { ConfigurationError } from '../catalogue/errors.ts';
import { isHttpArchive } from './har.ts';
import { isObject } from '../catalogue/json-value.ts';
import { specification } from '../catalogue/package-root.ts';
import { writeFileAtomically } from '../results/write-file.ts';
import { type Cassette, cassetteMark, schemaVersion, type TargetRecording } from './cassette.ts';

/** More than a recording may take, written as JSON. */
const sizeLimit = 256 * 1024 * 1024;

function digestOf(cassette: Omit<Cassette, 'sha256'>): string {
  return createHash('sha256').update(JSON.stringify(cassette)).digest('hex');
}

/** The text of the file: compact, and a line for each exchange and each callback, so that it can be searched by case. */
export function cassetteText(content: Omit<Cassette, 'sha256'>): string {
  const { targets, ...head } = content;
  const list = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).join(',\n');
  const tapes = targets.map(({ exchanges, mailboxes, ...rest }: TargetRecording) => {
    const members = JSON.stringify(rest).slice(0, -1);
    return `${members},\n"exchanges":[\n${list(exchanges)}\n],\n"mailboxes":[\n${list(mailboxes)}\n]}`;
  });
  // As it will be read: with the members of each tape in the order in which they stand here.
  const ordered = {
    ...head,
    targets: targets.map(({ exchanges, mailboxes, ...rest }: TargetRecording) => ({ ...rest, exchanges, mailboxes })),
  };
  return `${JSON.stringify(head).slice(0, -1)},\n"targets":[${tapes.join(',\n')}],\n"sha256":"${digestOf(ordered)}"}\n`;
}

/**
 * Writes a cassette, whole or not at all.
 * @throws ConfigurationError when it cannot be written
 */
export function writeCassette(file: string, content: Omit<Cassette, 'sha256'>): void {
  writing(file, () => writeFileAtomically(file, cassetteText(content)));
}

/**
 * Makes sure, before anything is sent, that a recording will have a place.
 * @throws ConfigurationError when the file cannot be written
 */
export function checkRecordable(file: string): void {
  writing(file, () => {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
    const trial = path.join(path.dirname(file), `.${path.basename(file)}.trial`);
    writeFileAtomically(trial, '');
    rmSync(trial);
  });
}

function writing(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(`The recording cannot be written to ${file}: ${problem}. Give --record another file.`);
  }
}

/**
 * Reads a cassette.
 * @param file where it is; also its name in messages
 * @throws ConfigurationError when there is none, or it is not one as it was recorded by this version of the format
 */
export function loadCassette(file: string): Cassette {
  return readCassette(textOfFile(file), file);
}

function textOfFile(file: string): string {
  try {
    if (statSync(file).size <= sizeLimit) return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const problem = { ENOENT: 'does not exist', EISDIR: 'is a folder' }[code] ?? `cannot be read (${code})`;
    throw new ConfigurationError(`The cassette ${file} ${problem}; give --replay a file that --record wrote.`);
  }
  throw new ConfigurationError(`${file} is larger than 256 MiB, far more than a recording; check its name.`);
}

/** @throws ConfigurationError as loadCassette */
export function readCassette(text: string, file: string): Cassette {
  const value = parse(text, file);
  if (!isObject(value) || value['cassette'] !== cassetteMark) {
    throw new ConfigurationError(
      isHttpArchive(value)
        ? `${file} is an HTTP archive (HAR), not a cassette: it has neither the requests of the suite nor what came to its callbacks. Run with --record FILE once, and give --replay that file.`
        : `${file} is not a cassette; pass --replay a file that --record wrote.`,
    );
  }
  const { sha256, ...content } = value as Cassette;
  const suite: unknown = content.suite;
  if (content.schemaVersion !== schemaVersion) {
    const by = isObject(suite) ? ` (${String(suite['version']).slice(0, 50)})` : '';
    throw new ConfigurationError(
      `The cassette ${file} has the schemaVersion ${JSON.stringify(content.schemaVersion)?.slice(0, 50)}, and this version of the suite replays ${schemaVersion}; replay it with the version that recorded it${by}, or record it again.`,
    );
  }
  if (sha256 !== digestOf(content)) {
    throw new ConfigurationError(
      `The cassette ${file} was edited after it was recorded: its content does not match its sha256, so it proves nothing. Use the original, or record it again.`,
    );
  }
  const validator = compiledValidator();
  if (validator(value)) return value as Cassette;
  const [problem] = validator.errors ?? [];
  throw new ConfigurationError(
    `This version of the suite cannot replay the cassette ${file}: ${problem?.instancePath || 'the value'} ${problem?.message ?? 'is not as described'}. Record it again.`,
  );
}

/** What `npm run generate` compiles of specs/cassette.schema.json: compiling takes longer than all the rest of reading. */
function compiledValidator(): ValidateFunction {
  return createRequire(import.meta.url)(specification('generated/cassette-validator.cjs')) as ValidateFunction;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    const begun = text.startsWith(`{"cassette":"${cassetteMark}"`);
    throw new ConfigurationError(
      begun
        ? `The cassette ${file} is truncated or damaged: its JSON is incomplete. Use the original, or record it again.`
        : `${file} is not JSON, so it is not a cassette; pass --replay a file that --record wrote.`,
    );
  }
}
