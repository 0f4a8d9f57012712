import { expect } from 'vitest';
import type { CaseResult, Results } from '../../../engine/results/results.ts';
import { artefacts, expectBounded, expectCleanOutput, expectWellFormed, readResults } from './artefacts.ts';
import { type CommandOptions, emptyFolder, type EndedCommand, runCommand, shortTimeouts } from './command-line.ts';
import type { HostileTarget } from './proxy.ts';
import { secretIn } from './secrets.ts';

/** The bearer token of all hostile runs, with every character that a bearer token may have (RFC 6750, section 2.1). */
export const token = 'Sec.ret-Of+The/Hostile_Runs~0123456789==';

export interface HostileRun {
  readonly ended: EndedCommand;
  readonly folder: string;
  readonly results: Results;
}

export interface HostileRunOptions extends CommandOptions {
  readonly words?: readonly string[];
  /** Beside the token. */
  readonly secrets?: readonly string[];
  /** In place of --base-url. */
  readonly targetFile?: string;
  /** In place of the short ones. */
  readonly timeouts?: readonly string[];
}

/**
 * Runs the suites against a hostile target and checks what must hold whatever the target does: bounded time and
 * memory, plain output, well-formed reports, no secret anywhere, no fault of the suite's own.
 */
export async function runAgainst(
  target: Pick<HostileTarget, 'baseUrl'>,
  options: HostileRunOptions = {},
): Promise<HostileRun> {
  const { words = [], secrets = [], environment, targetFile, timeouts = shortTimeouts, ...others } = options;
  const folder = emptyFolder();
  const where =
    targetFile === undefined
      ? ['--base-url', target.baseUrl, '--token-env', 'HOSTILE_TOKEN']
      : ['--target', targetFile];
  const ended = await runCommand([...where, ...timeouts, '--report-dir', folder, ...words], {
    ...others,
    environment: { HOSTILE_TOKEN: token, ...environment },
  });
  expectGoodProcess(ended, secrets);
  return { ended, folder, results: goodResults(folder, secrets) };
}

/** Bounded time and memory, and plain output without a secret. @param secrets beside the token */
export function expectGoodProcess(ended: EndedCommand, secrets: readonly string[] = []): void {
  expectBounded(ended);
  expectCleanOutput(ended);
  const { stdout, stderr } = ended;
  expectNoSecret(new Map(Object.entries({ stdout, stderr })), secrets);
}

/** Well-formed reports without a secret, and no fault of the suite's own. @param secrets beside the token */
export function goodResults(folder: string, secrets: readonly string[] = []): Results {
  expectWellFormed(folder);
  expectNoSecret(artefacts(folder), secrets);
  return readResults(folder);
}

/** A line of the table that the runs of the corpus are shown in: see table-reporter.ts. */
export interface HostileLine {
  readonly exitCode: string;
  /** Of a process; undefined for one of its targets. */
  readonly took?: { readonly seconds: number; readonly processorSeconds: number; readonly megabytes: number };
  readonly cause: string;
}

declare module 'vitest' {
  interface TaskMeta {
    hostile?: HostileLine;
  }
}

/** Notes a run for the table. @param cause what the run says of the target, in words */
export function noteRun(task: { meta: { hostile?: HostileLine } }, ended: EndedCommand, cause: string): void {
  const { exitCode, signal, seconds, processorSeconds = 0, peakMegabytes: megabytes = 0 } = ended;
  task.meta.hostile = {
    exitCode: String(exitCode ?? signal),
    took: { seconds, processorSeconds, megabytes },
    cause,
  };
}

/** The same of one target among others of a run. */
export function noteTarget(task: { meta: { hostile?: HostileLine } }, { run }: Results, cause: string): void {
  task.meta.hostile = { exitCode: String(run.exitCode), cause };
}

function expectNoSecret(texts: ReadonlyMap<string, string>, secrets: readonly string[]): void {
  for (const secret of [token, ...secrets]) {
    for (const [name, text] of texts) expect.soft(secretIn(text, secret), `a secret in ${name}`).toBeUndefined();
  }
}

/**
 * The run counts as leaked what the target still has. Of a request without an answer nobody knows whether it made a
 * call, or ended one.
 */
export function expectLeaksCounted({ run }: Results, { emulator }: Pick<HostileTarget, 'emulator'>): void {
  const { callsLeaked = 0, unanswered = 0 } = run.traffic ?? {};
  const doubtful = (run.notes ?? []).map((note) => Number(/^(\d+) requests? to create a call/.exec(note)?.[1] ?? 0));
  const atMost = doubtful.reduce((sum, count) => sum + count, unanswered);
  const unknown = Math.abs(emulator.liveCalls() - callsLeaked);
  expect.soft(unknown, `${emulator.liveCalls()} calls left, ${callsLeaked} counted`).toBeLessThanOrEqual(atMost);
}

/** The first case of a requirement. */
export function caseOf({ cases }: Results, requirement: string): CaseResult {
  const found = cases.find((each) => each.requirement === requirement);
  if (found === undefined) throw new Error(`the run has no case of ${requirement}`);
  return found;
}

/** Why a case ended as it did, in the words of the report. */
export function causeOf({ reason, actual, expectation }: CaseResult): string {
  return [reason, actual, expectation].filter(Boolean).join(' / ');
}
