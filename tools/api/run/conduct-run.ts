import { performance } from 'node:perf_hooks';
import { loadRenderers } from '../../reports/render.ts';
import { assembleResults } from '../../engine/results/assemble.ts';
import type { CaseRecord, Unreachable } from '../../engine/results/outcome.ts';
import type { Results, RunEnd, RunHeader } from '../../engine/results/results.ts';
import { withTranscripts } from '../../engine/results/transcripts.ts';
import type { Worker } from '../../engine/run/worker.ts';
import { callbackNames } from '../../engine/callback/callback-address.ts';
import type { Target } from '../../engine/target/target.ts';
import { checkCallbacks } from './check-callbacks.ts';
import { executeRun, type TargetRun } from './execute-run.ts';
import { baselineOf, checkGates, type Gates, heldAgainst, ratchetProblems } from './gates.ts';
import { openRuns } from './open-runs.ts';
import type { ChosenTargets, PreparedTargets } from './target-choice.ts';
import type { RunOptions } from './run-options.ts';
import { type Intent, readIntent } from './run-intent.ts';
import type { ChosenCases } from './run-plan.ts';
import type { RunSurroundings } from './run-surroundings.ts';
import { writeOverview, writeReports } from './write-reports.ts';

/** Targets tested side by side: more would only share the same processor. */
const targetsAtOnce = 4;

/** What a run is about once its options and files have been read. */
export interface RunStart {
  readonly targets: readonly Target[];
  /** What runs on each target. */
  readonly cases: ChosenCases['cases'];
  readonly repeat: number;
  readonly seed: number;
  /** What is known of each target's run by now. */
  readonly headers: readonly RunHeader[];
}

/** What the caller of a run decides, and what it is told while the run goes on. */
export interface RunConduct {
  /** Aborted when the user interrupts the run. */
  readonly signal: AbortSignal;
  /** The folder for the log and the reports of a target's run; undefined for a run that writes nothing. */
  folderOf(target: Target, isAlone: boolean): string | undefined;
  onStart(start: RunStart): void;
  /** Called as soon as a case has ended. */
  onCase(record: CaseRecord): void;
}

/** The results of a run on one target and where they were written, if they were. */
export interface ConductedRun {
  readonly results: Results;
  readonly folder: string | undefined;
  /** The earlier run that this one was held against. */
  readonly baseline?: Results;
}

/** Waits for all targets at once, where the user wants that. */
async function unreachableTargets(
  targets: readonly Target[],
  { waitMs, timeLimit }: Intent,
  written: string | undefined,
  signal: AbortSignal,
): Promise<Map<string, Unreachable>> {
  if (waitMs === undefined || written === undefined) return new Map();
  const tried = await Promise.all(
    targets.map(async (target) => {
      const { waitForTarget } = await import('./wait-for-target.ts');
      const why = await waitForTarget(target, Math.min(waitMs, timeLimit.ms), written, signal);
      return why === undefined ? [] : [[target.name, why] as const];
    }),
  );
  return new Map(tried.flat());
}

type Ends = Awaited<ReturnType<typeof executeRun>>;

/** A certificate for everything under which the targets may reach their callbacks; made where one is needed alone. */
async function callbackIdentity(targets: readonly Target[]) {
  const { selfSignedIdentity } = await import('../../emulator/tls-identity.ts');
  return selfSignedIdentity(targets.flatMap(({ callback }) => callbackNames(callback)));
}

/** From the first request to the last record. */
async function execute(
  runs: readonly TargetRun[],
  worker: Worker,
  options: RunOptions,
  intent: Intent,
  { signal, onCase }: RunConduct,
  startedAt: number,
): Promise<Ends> {
  const { seed, repeat, timeLimit } = intent;
  const targets = runs.map(({ target }) => target);
  const unreachable = await unreachableTargets(targets, intent, options.wait, signal);
  return executeRun(runs, {
    plan: {
      seed,
      concurrency: options.concurrency ?? 16,
      repeat,
      keepCalls: options.keepCalls ?? false,
      targetsAtOnce,
      record: intent.recording !== undefined,
      ...intent.replay?.plan,
      ...(targets.some(({ callback }) => callback.tls) && { callbackTls: await callbackIdentity(targets) }),
    },
    unreachable,
    interrupted: signal,
    bail: options.bail ?? false,
    timeLimit: { ...timeLimit, ms: timeLimit.ms - (performance.now() - startedAt) },
    worker,
    onCase,
    onTape: (tape) => intent.recording?.keep(tape),
  });
}

/** The end of a run; with the known issues that were written anew from it, where the user wants that. */
async function withKnownIssues(run: TargetRun, end: RunEnd, intent: Intent): Promise<RunEnd> {
  const { knownIssues } = intent.gates;
  if (knownIssues?.update !== true) return end;
  const { rewriteKnownIssues } = await import('./rewrite-known-issues.ts');
  return rewriteKnownIssues(knownIssues, run, end, intent);
}

/** The end of a run with what the gates say of it. */
function held(run: TargetRun, end: RunEnd, { ratchet }: Gates, earlier: Results | undefined): RunEnd {
  if (ratchet === undefined && earlier === undefined) return end;
  const results = assembleResults({ ...run, end });
  const brokenRatchets = ratchet === undefined ? [] : ratchetProblems(ratchet, results);
  return {
    ...end,
    ...(brokenRatchets.length > 0 && { brokenRatchets }),
    ...(earlier && { baseline: heldAgainst(earlier, results) }),
  };
}

/** Makes results of what came, holds them against the gates, and writes everything. */
async function conclude(
  runs: readonly TargetRun[],
  ends: Ends,
  intent: Intent,
  startedAt: number,
): Promise<ConductedRun[]> {
  const { gates, formats } = intent;
  const durationMs = Math.round(performance.now() - startedAt);
  const concluded: ConductedRun[] = [];
  for (const run of runs) {
    const ended: RunEnd = { durationMs, ...(ends.get(run) ?? { interrupted: false }) };
    const end = await withKnownIssues(run, ended, intent);
    const earlier = gates.baseline && baselineOf(gates.baseline, run.target.name, runs.length === 1);
    const whole = held(run, end, gates, earlier);
    run.log.append({ event: 'end', ...whole });
    run.log.close();
    const results = withTranscripts(assembleResults({ ...run, end: whole }), intent.transcripts);
    if (run.folder !== undefined) {
      await writeReports(results, run.folder, formats, {
        junit: intent.junit(run.folder, runs.length > 1),
        baseline: earlier,
      });
      run.log.remove();
    }
    concluded.push({ results, folder: run.folder, ...(earlier && { baseline: earlier }) });
  }
  await writeOverview(
    concluded.flatMap(({ results, folder }) => (folder === undefined ? [] : [{ results, folder }])),
    formats,
  );
  return concluded;
}

/** The targets that the options choose. A replay has its own, and loads neither the emulator nor an HTTP client. */
async function choose(
  { replay, chosen }: Intent,
  options: RunOptions,
  surroundings: RunSurroundings,
): Promise<ChosenTargets> {
  if (replay !== undefined) return { names: replay.targets.map(({ name }) => name), start: async () => replay };
  const { chooseTargets } = await import('./prepare-targets.ts');
  const { earlier } = chosen;
  if (earlier === undefined) return chooseTargets(options, surroundings);
  const { withRerunTarget } = await import('./rerun-target.ts');
  return chooseTargets(withRerunTarget(options, earlier), surroundings);
}

/**
 * Runs the suites against the targets that the options choose. Prints nothing.
 * @param worker what the cases run in; ended when they have
 * @returns the results in the order of the targets
 * @throws ConfigurationError when the options or a file are wrong: nothing has been sent then
 */
export async function conductRun(
  options: RunOptions,
  surroundings: RunSurroundings,
  conduct: RunConduct,
  worker: Worker,
): Promise<ConductedRun[]> {
  const startedAt = performance.now();
  const intent = await readIntent(options, surroundings.workingDirectory);
  const chosen = await choose(intent, options, surroundings);
  const prepared = await chosen.start();
  try {
    return await conductOn(prepared, worker, options, intent, conduct, startedAt);
  } finally {
    await prepared.close();
  }
}

async function conductOn(
  prepared: PreparedTargets,
  worker: Worker,
  options: RunOptions,
  intent: Intent,
  conduct: RunConduct,
  startedAt: number,
): Promise<ConductedRun[]> {
  const { targets } = prepared;
  checkGates(intent.gates, targets);
  // In a replay nobody listens.
  if (intent.replay === undefined) await checkCallbacks(targets);
  const runs = openRuns(targets, intent, conduct.folderOf);
  conduct.onStart({
    targets,
    cases: intent.chosen.cases,
    repeat: intent.repeat,
    seed: intent.seed,
    headers: runs.map(({ header }) => header),
  });
  // The main thread waits while the cases run; the reports would wait for their templates afterwards.
  const [ends] = await Promise.all([
    execute(runs, worker, options, intent, conduct, startedAt),
    runs.some(({ folder }) => folder !== undefined) ? loadRenderers(intent.formats) : undefined,
  ]);
  // It takes its time, and nothing more comes from it.
  void worker.close();
  intent.recording?.write(runs);
  const concluded = await conclude(runs, ends, intent, startedAt);
  if (intent.gates.ratchet?.update === true) {
    const { updateRatchet } = await import('./gate-files.ts');
    updateRatchet(
      intent.gates.ratchet,
      concluded.map(({ results }) => results),
    );
  }
  return concluded;
}
