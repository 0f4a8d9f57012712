import type { DeviationChoice } from '../../emulator/find-deviation.ts';
import { readListenAddress, readPublicUrl } from '../../engine/callback/callback-address.ts';
import type { Filters } from '../../engine/cases/select.ts';
import { readShard, type Shard } from '../../engine/cases/shard.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { Transcripts } from '../../engine/results/transcripts.ts';
import { readApiVersion } from '../../engine/target/base-url.ts';
import { asWritten, readDuration } from '../../engine/target/duration.ts';
import type { Target } from '../../engine/target/target.ts';
import type { TargetConfig } from '../../engine/target/target-config.ts';
import type { TargetSource } from '../../engine/target/target-file.ts';
import type { JunitSchema } from '../../reports/junit.ts';
import type { ReportFormat } from '../../reports/render.ts';
import { readFormats } from './reports.ts';

/** What the options and files of a run refer to. */
export interface RunIo {
  readonly environment: NodeJS.ProcessEnv;
  /** Relative paths are below it. */
  readonly workingDirectory: string;
}

/** A time, and how the user wrote it. */
export interface Duration {
  readonly ms: number;
  readonly written: string;
}

/**
 * What a run is to be: the one form that the command line, the environment and the options of the library are read
 * into. Plain data; the files that it names have not been read.
 */
export interface RunConfig {
  /** What is said of the target, or of each; it takes precedence over the target file. */
  readonly target: TargetConfig;
  /** Target files, or what would stand in one. Without any, and without a base URL, the embedded emulator is tested. */
  readonly sources: readonly TargetSource[];
  /** How the embedded emulator is to differ. */
  readonly deviation: DeviationChoice;
  readonly filters: Filters;
  /** The results.json of which only what did not pass is run again. */
  readonly rerun: string | undefined;
  readonly shard: Shard | undefined;
  readonly requirementSet: string | undefined;
  readonly knownIssues: string | undefined;
  readonly updateKnownIssues: boolean;
  readonly ratchet: string | undefined;
  readonly updateRatchet: boolean;
  readonly baseline: readonly string[] | undefined;
  readonly strict: boolean;
  readonly seed: number | undefined;
  readonly repeat: number | undefined;
  readonly concurrency: number;
  readonly bail: boolean;
  readonly keepCalls: boolean;
  readonly runTimeout: Duration;
  readonly wait: Duration | undefined;
  readonly record: string | undefined;
  readonly replay: string | undefined;
  readonly reportDir: string | undefined;
  readonly formats: readonly ReportFormat[];
  readonly transcripts: Transcripts;
  readonly attach: boolean;
  readonly junitSchema: JunitSchema | undefined;
}

/** What a run is to test: known to be right, and not yet started where it has to be. */
export interface ChosenTargets {
  /** In the order in which they come. */
  readonly names: readonly string[];
  start(): Promise<PreparedTargets>;
}

/** The targets of a run, ready to be talked to. */
export interface PreparedTargets {
  readonly targets: readonly Target[];
  /** Ends what was started for them. */
  close(): Promise<void>;
}

/** What of a config chooses the targets. */
export type TargetChoice = Pick<RunConfig, 'target' | 'sources' | 'deviation'>;

type List = string | readonly string[];
type Time = string | number;

/** The options as they are written: on the command line, in the environment, or by a program. */
export interface WrittenOptions {
  readonly baseUrl?: string | undefined;
  readonly apiVersion?: string | undefined;
  readonly target?: readonly TargetSource[] | undefined;
  readonly targetVersion?: string | undefined;
  readonly targetCommit?: string | undefined;
  readonly tokenEnv?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly requestTimeout?: Time | undefined;
  readonly notificationTimeout?: Time | undefined;
  readonly quietWindow?: Time | undefined;
  readonly callbackListen?: string | undefined;
  readonly callbackUrl?: string | undefined;
  readonly callbackTls?: boolean | undefined;
  readonly allowProduction?: boolean | undefined;
  readonly wait?: Time | undefined;
  readonly fault?: string | undefined;
  readonly rate?: number | undefined;
  readonly when?: string | undefined;
  readonly variant?: string | undefined;
  readonly suite?: List | undefined;
  readonly case?: List | undefined;
  readonly requirement?: List | undefined;
  readonly rerun?: string | undefined;
  readonly shard?: string | undefined;
  readonly requirementSet?: string | undefined;
  readonly knownIssues?: string | undefined;
  readonly updateKnownIssues?: boolean | undefined;
  readonly ratchet?: string | undefined;
  readonly updateRatchet?: boolean | undefined;
  readonly baseline?: List | undefined;
  readonly strict?: boolean | undefined;
  readonly seed?: number | undefined;
  readonly repeat?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly bail?: boolean | undefined;
  readonly keepCalls?: boolean | undefined;
  readonly runTimeout?: Time | undefined;
  readonly record?: string | undefined;
  readonly replay?: string | undefined;
  readonly reportDir?: string | undefined;
  readonly formats?: readonly string[] | undefined;
  readonly transcripts?: string | undefined;
  readonly attach?: boolean | undefined;
  readonly junitSchema?: JunitSchema | undefined;
}

/**
 * Reads options, from the command line or the library.
 * @throws ConfigurationError for the first value that is not what it should be
 */
export function readOptions(written: WrittenOptions): RunConfig {
  const { fault, rate, when, variant, seed } = written;
  return {
    target: targetIn(written),
    sources: written.target ?? [],
    deviation: { fault, rate, when, variant, seed },
    filters: { suite: list(written.suite), case: list(written.case), requirement: list(written.requirement) },
    rerun: written.rerun,
    shard: written.shard === undefined ? undefined : readShard(written.shard),
    requirementSet: written.requirementSet,
    knownIssues: written.knownIssues,
    updateKnownIssues: written.updateKnownIssues ?? false,
    ratchet: written.ratchet,
    updateRatchet: written.updateRatchet ?? false,
    baseline: written.baseline === undefined ? undefined : list(written.baseline),
    strict: written.strict ?? false,
    seed,
    repeat: written.repeat,
    concurrency: written.concurrency ?? 16,
    bail: written.bail ?? false,
    keepCalls: written.keepCalls ?? false,
    runTimeout: duration(written.runTimeout ?? '10m', '--run-timeout'),
    wait: written.wait === undefined ? undefined : duration(written.wait, '--wait'),
    record: written.record,
    replay: written.replay,
    reportDir: written.reportDir,
    formats: [...readFormats(written.formats)],
    transcripts: readTranscripts(written.transcripts),
    attach: written.attach ?? false,
    junitSchema: written.junitSchema,
  };
}

function targetIn(written: WrittenOptions): TargetConfig {
  const { apiVersion, callbackListen, callbackUrl, ca, cert, key, insecure, tokenEnv, tokenFile } = written;
  const milliseconds = (time: Time | undefined, flag: string) =>
    time === undefined ? undefined : readDuration(time, flag);
  return {
    baseUrl: written.baseUrl === undefined ? undefined : { text: written.baseUrl, from: '--base-url' },
    apiVersion: apiVersion === undefined ? undefined : readApiVersion(apiVersion),
    // CI passes an empty text where its variable is not set.
    version: written.targetVersion?.trim() || undefined,
    commit: written.targetCommit?.trim() || undefined,
    token: { env: tokenEnv, file: tokenFile },
    callback: {
      listen: callbackListen === undefined ? undefined : readListenAddress(callbackListen),
      publicUrl: callbackUrl === undefined ? undefined : readPublicUrl(callbackUrl),
      tls: written.callbackTls,
    },
    timeouts: {
      requestMs: milliseconds(written.requestTimeout, '--request-timeout'),
      notificationMs: milliseconds(written.notificationTimeout, '--notification-timeout'),
      quietMs: milliseconds(written.quietWindow, '--quiet-window'),
    },
    tls: { ca, cert, key, insecure },
    allowProduction: written.allowProduction,
  };
}

function list(written: List | undefined): readonly string[] {
  return typeof written === 'string' ? [written] : (written ?? []);
}

function duration(written: Time, flag: string): Duration {
  return { ms: readDuration(written, flag), written: asWritten(written) };
}

/** @throws ConfigurationError for a word that it is not */
function readTranscripts(word = 'failures'): Transcripts {
  if (word === 'all' || word === 'failures') return word;
  throw new ConfigurationError(`--transcripts ${JSON.stringify(word)} is not valid (expected all or failures).`);
}
