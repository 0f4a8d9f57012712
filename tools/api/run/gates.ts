import path from 'node:path';
import { readBoundedFile } from '../../engine/catalogue/bounded-file.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { loadResults } from '../../engine/results/load-results.ts';
import { readKnownIssues } from '../../engine/results/known-issues-file.ts';
import {
  excusesEveryMust,
  knownIssueProblems,
  lacksReason,
  type ListedCase,
} from '../../engine/results/known-issues.ts';
import { judgeCases, requirementResults } from '../../engine/results/assemble.ts';
import { causesOf } from '../../engine/results/causes/with-causes.ts';
import type { Figures } from '../../engine/results/ratchet.ts';
import { updatedKnownIssues } from '../../engine/results/update-known-issues.ts';
import { readRatchet, tightenedRatchet } from '../../engine/results/ratchet-file.ts';
import type { ListedIssue, Results, RunEnd } from '../../engine/results/results.ts';
import { writeFileAtomically } from '../../engine/results/write-file.ts';
import type { RunConfig } from './config.ts';
import type { TargetRun } from './execute.ts';

/** A file of the user's that a run reads and may write anew. */
export interface GateFile {
  /** As the user wrote it, for messages. */
  readonly name: string;
  readonly path: string;
  /** Undefined when it does not exist yet. */
  readonly text: string | undefined;
  readonly update: boolean;
}

export interface KnownIssuesGate extends GateFile {
  readonly entries: readonly ListedIssue[];
}

export interface RatchetGate extends GateFile {
  readonly figures: ReadonlyMap<string, Figures>;
}

/** Earlier runs; each target is compared with its own. */
export interface BaselineGate {
  readonly earlier: readonly Results[];
}

/** What a run is compared with besides the requirements. */
export interface Gates {
  readonly knownIssues?: KnownIssuesGate | undefined;
  readonly ratchet?: RatchetGate | undefined;
  readonly baseline?: BaselineGate | undefined;
}

type GateConfig = Pick<
  RunConfig,
  'knownIssues' | 'updateKnownIssues' | 'ratchet' | 'updateRatchet' | 'baseline' | 'strict'
>;

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
    throw new ConfigurationError(`--update-${option} requires --${option} FILE.`);
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
  { knownIssues, updateKnownIssues, strict }: GateConfig,
  cases: readonly ListedCase[],
  today: string,
  workingDirectory: string,
): KnownIssuesGate | undefined {
  const file = readGateFile('known-issues', knownIssues, updateKnownIssues, workingDirectory);
  if (file === undefined) return undefined;
  const entries = file.text === undefined ? [] : readKnownIssues(file.text, file.name);
  const problems = updateKnownIssues ? [] : knownIssueProblems(entries, cases, { file: file.name, today, strict });
  if (problems.length > 0) throw new ConfigurationError(problems.join('\n'));
  return { ...file, entries };
}

/** @throws ConfigurationError when the file cannot be read, or the run is only a part */
function readRatchetGate(
  { ratchet, updateRatchet }: GateConfig,
  isPart: boolean,
  workingDirectory: string,
): RatchetGate | undefined {
  const file = readGateFile('ratchet', ratchet, updateRatchet, workingDirectory);
  if (file === undefined) return undefined;
  if (isPart) {
    throw new ConfigurationError('--ratchet compares complete runs; leave it out when the run is filtered or a shard.');
  }
  return { ...file, figures: file.text === undefined ? new Map() : readRatchet(file.text, file.name) };
}

/**
 * Reads what a run is compared with besides the requirements.
 * @param cases all there are, not only those of the run
 * @param isPart whether the run is filtered or a shard
 * @throws ConfigurationError when a file is wrong: nothing has been sent then
 */
export function readGates(
  config: GateConfig,
  cases: readonly ListedCase[],
  isPart: boolean,
  today: string,
  workingDirectory: string,
): Gates {
  return {
    knownIssues: readKnownIssuesGate(config, cases, today, workingDirectory),
    ratchet: readRatchetGate(config, isPart, workingDirectory),
    baseline: config.baseline && {
      earlier: config.baseline.map((file) => loadResults(path.resolve(workingDirectory, file))),
    },
  };
}

/** Writes a file of the user's anew. @throws ConfigurationError when it cannot be written */
function writeGateFile({ path: file, name, text }: GateFile, next: string): void {
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

/** What a list is written anew by, beside the run. */
export interface RewriteInputs {
  readonly strict: boolean;
  /** As 2027-01-31. */
  readonly today: string;
  /** All cases that there are. */
  readonly allCases: readonly ListedCase[];
}

/**
 * Writes the list of known issues anew from what the run has found.
 * @returns the end of the run with the list that now holds; with a refusal when the list was not written, for a part of
 *   a run says nothing, and a list that excuses every must would excuse everything
 */
export function rewriteKnownIssues(
  gate: KnownIssuesGate,
  run: TargetRun,
  end: RunEnd,
  { strict, today, allCases }: RewriteInputs,
): RunEnd {
  const kept = { ...end, knownIssues: [...gate.entries] };
  const refused = (why: string): RunEnd => ({ ...kept, refusals: [`${gate.name} was not written: ${why}`] });
  if (end.interrupted || end.missing !== undefined || run.targetRecord?.unreachable !== undefined) {
    // The exit code says already what went wrong.
    return kept;
  }
  const cases = judgeCases({ ...run, end });
  const causes = causesOf({ cases, requirements: requirementResults(cases, run.header.requirements), run: {} });
  const text = updatedKnownIssues({ text: gate.text, entries: gate.entries, cases, causes, allCases, strict, today });
  const entries = readKnownIssues(text, gate.name);
  if (excusesEveryMust(cases, entries)) {
    return refused('it would excuse every must of the run, so nothing would be left to judge');
  }
  try {
    writeGateFile(gate, text);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return refused(error.message);
  }
  const unexplained = entries.filter(lacksReason).length;
  const refusals =
    strict && unexplained > 0 ? [`${gate.name} has ${unexplained} reasons to be written (--strict)`] : [];
  return { ...end, knownIssues: entries, ...(refusals.length > 0 && { refusals }) };
}
