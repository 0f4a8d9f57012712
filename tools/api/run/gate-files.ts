import path from 'node:path';
import { readBoundedFile } from '../../engine/catalogue/bounded-file.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { loadResults } from '../../engine/results/load-results.ts';
import { readKnownIssues } from '../../engine/results/known-issues-file.ts';
import { type ListedCase, knownIssueProblems } from '../../engine/results/known-issues.ts';
import { readRatchet, tightenedRatchet } from '../../engine/results/ratchet-file.ts';
import type { Results } from '../../engine/results/results.ts';
import { writeFileAtomically } from '../../engine/results/write-file.ts';
import type { GateFile, Gates, KnownIssuesGate, RatchetGate } from './gates.ts';
import type { RunOptions } from './run-options.ts';

/** More than any list that people write; a YAML file of half that is refused already. */
const sizeLimit = 2 * 1024 * 1024;

function readGateFile(
  option: string,
  file: string | undefined,
  update: boolean,
  workingDirectory: string,
): GateFile | undefined {
  if (file === undefined) {
    if (!update) return undefined;
    throw new ConfigurationError(`--update-${option} needs --${option} FILE: which file shall it write?`);
  }
  const whole = path.resolve(workingDirectory, file);
  try {
    return { name: file, path: whole, text: readBoundedFile(whole, sizeLimit), update };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' && update) return { name: file, path: whole, text: undefined, update };
    if (code === 'EFBIG') throw new ConfigurationError(`--${option} ${file} is larger than 2 MiB; check its name.`);
    const problem = code === 'ENOENT' ? `does not exist; --update-${option} makes it` : `cannot be read (${code})`;
    throw new ConfigurationError(`--${option} ${file} ${problem}.`);
  }
}

/**
 * Reads the known issues and checks them against all cases there are. What is to be written anew need not be right.
 * @param today as 2027-01-31
 * @throws ConfigurationError with everything that is wrong
 */
function readKnownIssuesGate(
  options: RunOptions,
  cases: readonly ListedCase[],
  today: string,
  workingDirectory: string,
): KnownIssuesGate | undefined {
  const { knownIssues, updateKnownIssues: update = false, strict = false } = options;
  const file = readGateFile('known-issues', knownIssues, update, workingDirectory);
  if (file === undefined) return undefined;
  const entries = file.text === undefined ? [] : readKnownIssues(file.text, file.name);
  const problems = update ? [] : knownIssueProblems(entries, cases, { file: file.name, today, strict });
  if (problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  return { ...file, entries };
}

/** @throws ConfigurationError when the file cannot be read, or the run is only a part */
function readRatchetGate(options: RunOptions, isPart: boolean, workingDirectory: string): RatchetGate | undefined {
  const file = readGateFile('ratchet', options.ratchet, options.updateRatchet ?? false, workingDirectory);
  if (file === undefined) return undefined;
  if (isPart) {
    throw new ConfigurationError(
      '--ratchet holds the figures of whole runs against each other; leave it out when the run is filtered or a shard.',
    );
  }
  return { ...file, figures: file.text === undefined ? new Map() : readRatchet(file.text, file.name) };
}

/**
 * Reads what a run is held against beside the requirements.
 * @param cases all there are, not only those of the run
 * @param isPart whether the run is filtered or a shard
 * @throws ConfigurationError when a file is wrong: nothing has been sent then
 */
export function readGates(
  options: RunOptions,
  cases: readonly ListedCase[],
  isPart: boolean,
  today: string,
  workingDirectory: string,
): Gates {
  const knownIssues = readKnownIssuesGate(options, cases, today, workingDirectory);
  const ratchet = readRatchetGate(options, isPart, workingDirectory);
  const { baseline } = options;
  return {
    ...(knownIssues && { knownIssues }),
    ...(ratchet && { ratchet }),
    ...(baseline !== undefined && {
      baseline: { earlier: baseline.map((file) => loadResults(path.resolve(workingDirectory, file))) },
    }),
  };
}

/** Writes a file of the user's anew. @throws ConfigurationError when it cannot be written */
export function writeGateFile({ path: file, name, text }: GateFile, next: string): void {
  if (next === text) return;
  try {
    writeFileAtomically(file, next);
  } catch (error) {
    throw new ConfigurationError(
      `${name} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

/**
 * Tightens the ratchet by what whole runs have reached.
 * @throws ConfigurationError when the file cannot be written
 */
export function updateRatchet(gate: RatchetGate, results: readonly Results[]): void {
  const whole = results.filter(({ run }) => !run.partial && run.unreachable === undefined);
  if (whole.length > 0) writeGateFile(gate, tightenedRatchet(gate.text, whole));
}
