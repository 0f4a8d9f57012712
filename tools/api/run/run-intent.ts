import { randomInt } from 'node:crypto';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import type { JunitOptions } from '../../reports/junit.ts';
import type { ReportFormat } from '../../reports/render.ts';
import type { ListedCase } from '../../engine/results/known-issues.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import { type ChosenSet, chooseRequirementSet, datedCase } from '../../engine/cases/requirement-set.ts';
import { suites } from '../../../suites/index.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { Transcripts } from '../../engine/results/transcripts.ts';
import { readDuration } from '../../engine/target/duration.ts';
import type { Recording, Replay } from './cassette-options.ts';
import type { Gates } from './gates.ts';
import type { RunOptions } from './run-options.ts';
import { type ChosenCases, chooseCases } from './run-plan.ts';
import { junitOptions, readFormats } from './write-reports.ts';

/** Everything that the options and the files say, read before anything is sent. */
export interface Intent {
  readonly chosen: ChosenCases;
  readonly set: ChosenSet;
  readonly replay: Replay | undefined;
  readonly recording: Recording | undefined;
  readonly gates: Gates;
  readonly formats: ReadonlySet<ReportFormat>;
  /** How junit.xml of a folder is written. */
  junit(folder: string, amongSeveral: boolean): JunitOptions;
  readonly timeLimit: { readonly ms: number; readonly written: string };
  readonly waitMs: number | undefined;
  readonly seed: number;
  readonly repeat: number;
  readonly strict: boolean;
  readonly transcripts: Transcripts;
  readonly today: string;
}

/** What reads the files of a user, YAML and schemas and all, is loaded where there is a file to read. */
async function readFiles(
  options: RunOptions,
  ...rest: [cases: readonly ListedCase[], isPart: boolean, today: string, workingDirectory: string]
): Promise<Gates> {
  const { knownIssues, updateKnownIssues, ratchet, updateRatchet, baseline } = options;
  if ([knownIssues, updateKnownIssues, ratchet, updateRatchet, baseline].every((option) => option === undefined))
    return {};
  const { readGates } = await import('./gate-files.ts');
  return readGates(options, ...rest);
}

/** @throws ConfigurationError for a word that it is not */
function readTranscripts(word = 'failures'): Transcripts {
  if (word === 'all' || word === 'failures') return word;
  throw new ConfigurationError(`There are no transcripts ${JSON.stringify(word)}; there are all and failures.`);
}

/** The recording to be played, or to be made. */
async function readCassette(
  options: RunOptions,
  workingDirectory: string,
): Promise<Pick<Intent, 'replay' | 'recording'>> {
  if (options.replay === undefined && options.record === undefined) return { replay: undefined, recording: undefined };
  const { Recording, Replay } = await import('./cassette-options.ts');
  return { replay: Replay.of(options, workingDirectory), recording: Recording.of(options, workingDirectory) };
}

/**
 * Reads what the options say, and the files that they name.
 * @throws ConfigurationError for everything that is wrong: nothing has been sent then
 */
export async function readIntent(given: RunOptions, workingDirectory: string): Promise<Intent> {
  const { replay, recording } = await readCassette(given, workingDirectory);
  const options = replay?.options(given) ?? given;
  const { runTimeout = '10m', wait } = options;
  const catalogue = loadCatalogue();
  const all = casesOf(suites);
  const chosen = await (replay ?? { choose: chooseCases }).choose(all, options, workingDirectory);
  const listed = all.map(({ id, requirement }) => ({
    id,
    requirement,
    level: catalogue.requirement(requirement).level,
  }));
  const set = chooseRequirementSet(options.requirementSet, all.map(datedCase), catalogue);
  const isPart = Object.keys(chosen.filters).length > 0 || chosen.shard !== undefined;
  const formats = readFormats(options.formats);
  const today = new Date().toISOString().slice(0, 10);
  return {
    chosen,
    set,
    replay,
    recording,
    gates: await readFiles(options, listed, isPart, today, workingDirectory),
    formats,
    junit: (folder, amongSeveral) => junitOptions(folder, options, formats, workingDirectory, amongSeveral),
    timeLimit: { ms: readDuration(runTimeout, '--run-timeout'), written: runTimeout },
    waitMs: wait === undefined ? undefined : readDuration(wait, '--wait'),
    seed: options.seed ?? randomInt(0x7fff_ffff),
    repeat: options.repeat ?? 1,
    strict: options.strict ?? false,
    transcripts: readTranscripts(options.transcripts),
    today,
  };
}
