import { createRedactor } from '../../engine/http/redaction.ts';
import type { CaseRecord, TargetRecord, Unreachable } from '../../engine/results/outcome.ts';
import { entryMatches } from '../../engine/results/known-issues.ts';
import type { EventLog } from '../../engine/results/event-log-file.ts';
import type { RunEnd, RunHeader } from '../../engine/results/results.ts';
import type { TargetRecording } from '../../engine/cassette/cassette.ts';
import type { RunEvents, Worker } from '../../engine/run/worker.ts';
import type { RunPlan } from '../../engine/run/worker-messages.ts';
import { type Target, namesOf } from '../../engine/target/target.ts';

/** A run on one target while it goes on: what was planned, and what has come of it so far. */
export interface TargetRun {
  readonly target: Target;
  readonly header: RunHeader;
  readonly log: EventLog;
  /** Where log and reports are written, if they are. */
  readonly folder: string | undefined;
  readonly records: CaseRecord[];
  targetRecord: TargetRecord | undefined;
}

/** What executing a plan needs beside the runs it fills. */
export interface Execution {
  readonly plan: Omit<RunPlan, 'targets' | 'cases'>;
  /** Targets that did not come up: nothing is sent to them. */
  readonly unreachable: ReadonlyMap<string, Unreachable>;
  /** Aborted when the user interrupts. */
  readonly interrupted: AbortSignal;
  /** End the run of all targets at the first must that fails. */
  readonly bail: boolean;
  /** How long the cases may take, in milliseconds, and how long the user said. */
  readonly timeLimit: { readonly ms: number; readonly written: string };
  onCase(record: CaseRecord): void;
  /** Called for each target of a run that is recorded. */
  readonly onTape?: (tape: TargetRecording, target: string) => void;
  /** What the cases run in. */
  readonly worker: Pick<Worker, 'run'>;
}

/**
 * What msw and nock leave in the process in which they intercept requests: both use @mswjs/interceptors, which keeps each
 * interceptor that is active under such a symbol.
 */
const interceptors = ['fetch-interceptor', 'client-request-interceptor'];

/**
 * Adds, where a mock intercepts the requests of this process, that it is never asked: the suite sends its own from
 * another thread, over the network.
 * @param globals of this process
 */
export function withMockAdvice(unreachable: Unreachable, globals: object = globalThis): Unreachable {
  const isMocked = interceptors.some((name) => Reflect.get(globals, Symbol.for(name)) !== undefined);
  if (!isMocked) return unreachable;
  const advice = `${unreachable.advice.replace(/[.?]?$/, (end) => end || '.')} A mock of this process (msw, nock) is never asked, since the suite sends its requests over the network: serve it on a port.`;
  return { ...unreachable, advice };
}

/** Whether a record says that a must failed which nobody has listed as known: what ends a run under `--bail`. */
function failedMust({ cases, requirements, knownIssues, unscored }: RunHeader): (record: CaseRecord) => boolean {
  const musts = new Set(requirements.filter(({ level }) => level === 'must').map(({ id }) => id));
  const isListed = knownIssues.filter(({ kind }) => kind !== 'could-not-run').map(entryMatches);
  const ending = cases.filter(
    (planned) =>
      musts.has(planned.requirement) &&
      !unscored?.includes(planned.id) &&
      !isListed.some((matches) => matches(planned)),
  );
  const ids = new Set(ending.map(({ id }) => id));
  return ({ id, outcome }) => outcome.kind === 'violated' && ids.has(id);
}

/** When the worker is told to stop, so that there is time to delete calls: milliseconds after the start. */
function stopAfterMs(limitMs: number): number {
  return Math.max(1, Math.round(limitMs - Math.min(8_000, limitMs / 5)));
}

/** When the worker is no longer waited for, so that there is time to write reports: milliseconds after the start. */
function leaveAfterMs(limitMs: number): number {
  return Math.max(1, Math.round(limitMs - Math.min(2_000, limitMs / 20)));
}

function keep(run: TargetRun, record: CaseRecord): void {
  run.records.push(record);
  run.log.append({ event: 'case', record });
}

function keepTarget(run: TargetRun, reported: TargetRecord): void {
  const { unreachable } = reported;
  const record = unreachable === undefined ? reported : { ...reported, unreachable: withMockAdvice(unreachable) };
  run.targetRecord = record;
  run.log.append({ event: 'target', record });
}

/** Every case of a target that never came up could not run; nothing was sent, so there is nothing else to tell. */
function giveUp(run: TargetRun, unreachable: Unreachable, onCase: Execution['onCase']): void {
  const { request, problem, advice } = unreachable;
  const { name: target } = run.target;
  const outcome = { kind: 'could-not-run' as const, reason: `${request}: ${problem}. ${advice}` };
  const nothing = { outcome, checked: [], durationMs: 0, exchanges: [], notifications: [] };
  for (const { id, scope } of run.header.cases) {
    const times = scope === 'run' ? 1 : run.header.run.repeat;
    for (let repetition = 0; repetition < times; repetition += 1) {
      const record = { target, id, repetition, ...nothing };
      keep(run, record);
      onCase(record);
    }
  }
  const traffic = {
    requests: 0,
    unanswered: 0,
    throttled: 0,
    throttleWaitMs: 0,
    notifications: 0,
    strangers: 0,
    callsCreated: 0,
    callsLeaked: 0,
  };
  keepTarget(run, { target, traffic, notes: [...run.target.notes], unreachable });
}

/** How many records a run leaves when nothing goes wrong. */
function recordsExpected({ cases, run: { repeat } }: RunHeader): number {
  return cases.reduce((sum, { scope }) => sum + (scope === 'run' ? 1 : repeat), 0);
}

/**
 * Runs the cases of all targets to their end, to the end of the time, or to an interruption, and fills the runs with
 * what came. Does not throw: a worker that cannot be started is an end like others.
 * @returns for each target how its run ended, but for its duration
 */
export async function executeRun(
  runs: readonly TargetRun[],
  { plan, unreachable, interrupted, bail, timeLimit, onCase, onTape, worker }: Execution,
): Promise<Map<TargetRun, Omit<RunEnd, 'durationMs'>>> {
  const byName = new Map(runs.map((run) => [run.target.name, run]));
  const reachable = runs.filter(({ target: { name } }) => !unreachable.has(name));
  for (const run of runs) {
    const why = unreachable.get(run.target.name);
    if (why !== undefined) giveUp(run, why, onCase);
  }
  const outOfTime = AbortSignal.timeout(stopAfterMs(timeLimit.ms));
  const bailed = new AbortController();
  const isFailedMust = new Map(runs.map((run) => [run, failedMust(run.header)]));
  const events: RunEvents = {
    onCase(record) {
      const run = byName.get(record.target);
      if (run !== undefined) keep(run, record);
      onCase(record);
      // Nearly all cases are under way from the start: to begin no more of them would end nothing.
      if (bail && run !== undefined && isFailedMust.get(run)?.(record)) bailed.abort();
    },
    onTarget(record) {
      const run = byName.get(record.target);
      if (run !== undefined) keepTarget(run, record);
    },
    ...(onTape && { onTape }),
  };
  const stop = AbortSignal.any([interrupted, bailed.signal, outOfTime]);
  const problems =
    reachable.length === 0
      ? []
      : await Promise.race([
          problemsOf(reachable, plan, events, stop, worker),
          nothingAfter(leaveAfterMs(timeLimit.ms)),
        ]);
  return new Map(
    runs.map((run) => {
      const ended = { interrupted: interrupted.aborted };
      if (run.records.length >= recordsExpected(run.header)) return [run, ended];
      return [run, { ...ended, missing: whyMissing(run) }];
    }),
  );

  function whyMissing(run: TargetRun): NonNullable<RunEnd['missing']> {
    if (interrupted.aborted) return { kind: 'could-not-run', reason: 'the run was interrupted' };
    if (bailed.signal.aborted) {
      return { kind: 'could-not-run', reason: 'the run was ended by the first failed must (--bail)' };
    }
    if (outOfTime.aborted) {
      const reason = `the run did not end within ${timeLimit.written} (--run-timeout)`;
      return { kind: 'could-not-run', reason };
    }
    const [problem = 'no record of this case came from the worker'] = problems;
    const reason = `a fault of the suite, not of the target: ${problem}`;
    return { kind: 'harness-error', reason: createRedactor(run.target.secrets, namesOf(run.target)).text(reason) };
  }
}

/** A worker that hangs is left to itself. */
function nothingAfter(ms: number): Promise<readonly string[]> {
  return new Promise((resolve) => setTimeout(() => resolve([]), ms).unref());
}

/** What kept the worker from running the cases to their end, in words. */
async function problemsOf(
  runs: readonly TargetRun[],
  plan: Execution['plan'],
  events: RunEvents,
  stop: AbortSignal,
  worker: Execution['worker'],
): Promise<readonly string[]> {
  const [first] = runs;
  if (first === undefined) return [];
  const planned = {
    ...plan,
    targets: runs.map(({ target }) => target),
    cases: first.header.cases.map(({ id }) => id),
  };
  try {
    const { problems } = await worker.run(planned, events, stop);
    return problems;
  } catch (error) {
    return [error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error)];
  }
}
