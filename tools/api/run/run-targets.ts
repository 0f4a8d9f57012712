import { randomInt, randomUUID } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { suites } from '../../../suites/index.ts';
import { callbackNames } from '../../engine/callback/callback-address.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { packageVersion } from '../../engine/catalogue/package-root.ts';
import { assembleResults } from '../../engine/results/assemble.ts';
import { withCauses } from '../../engine/results/causes/with-causes.ts';
import { type EventLog, openEventLog } from '../../engine/results/event-log-file.ts';
import type { ListedCase } from '../../engine/results/known-issues.ts';
import type { CaseRecord, Unreachable } from '../../engine/results/outcome.ts';
import type { Results, RunEnd, RunHeader } from '../../engine/results/results.ts';
import { withTranscripts } from '../../engine/results/transcripts.ts';
import type { Worker } from '../../engine/run/worker.ts';
import type { Target } from '../../engine/target/target.ts';
import { loadRenderers } from '../../reports/render.ts';
import type { Recording, Replay } from './record-replay.ts';
import { baselineOf, checkGates, conclude } from './conclude.ts';
import type { ChosenTargets, RunConfig, RunIo } from './config.ts';
import { executeRun, type TargetRun } from './execute.ts';
import type { Gates } from './gates.ts';
import { isPart, type PlannedRun, planRun, runHeader } from './plan.ts';
import { junitOptions, writeOverview, writeReports } from './reports.ts';
import { checkCallbacks, chooseTargets, withRerunTarget } from './targets.ts';

/** Targets tested side by side: more would only share the same processor. */
const targetsAtOnce = 4;

/** What a run is about once its options and files have been read. */
export interface RunStart {
  readonly targets: readonly Target[];
  /** What runs on each target. */
  readonly cases: PlannedRun['cases'];
  readonly repeat: number;
  readonly seed: number;
  /** What is known of each target's run by now. */
  readonly headers: readonly RunHeader[];
}

/** What the caller of a run decides, and what it is told while the run goes on. */
export interface RunHandlers {
  /** Aborted when the user interrupts the run. */
  readonly signal: AbortSignal;
  /** The folder for the log and the reports of a target's run; undefined for a run that writes nothing. */
  folderOf(target: Target, isAlone: boolean): string | undefined;
  onStart(start: RunStart): void;
  /** Called as soon as a case has ended. */
  onCase(record: CaseRecord): void;
}

/** The results of a run on one target and where they were written, if they were. */
export interface EndedRun {
  readonly results: Results;
  readonly folder: string | undefined;
  /** The earlier run that this one was compared with. */
  readonly baseline?: Results;
}

/** A run that is ready to be executed, once its targets are. */
export interface PreparedRun {
  readonly config: RunConfig;
  readonly plan: PlannedRun;
  readonly gates: Gates;
  readonly replay: Replay | undefined;
  readonly recording: Recording | undefined;
  readonly earlier: Results | undefined;
  /** All cases that there are. */
  readonly allCases: readonly ListedCase[];
  /** As 2027-01-31. */
  readonly today: string;
}

/** The files of gates are read, with YAML and schemas and all, where there is one to read. */
async function readGates(
  config: RunConfig,
  ...rest: [cases: readonly ListedCase[], isPart: boolean, today: string, workingDirectory: string]
): Promise<Gates> {
  const { knownIssues, updateKnownIssues, ratchet, updateRatchet, baseline } = config;
  if (!updateKnownIssues && !updateRatchet && [knownIssues, ratchet, baseline].every((file) => file === undefined))
    return {};
  const gates = await import('./gates.ts');
  return gates.readGates(config, ...rest);
}

/**
 * Reads the files that a config names, and plans the run.
 * @throws ConfigurationError for everything that is wrong: nothing has been sent then
 * @throws NothingToRerun
 */
export async function prepareRun(config: RunConfig, workingDirectory: string): Promise<PreparedRun> {
  const { replay: played, record, rerun } = config;
  const cassettes = played === undefined && record === undefined ? undefined : await import('./record-replay.ts');
  const replay = played === undefined ? undefined : cassettes && new cassettes.Replay(played, config, workingDirectory);
  const recording = record === undefined ? undefined : cassettes && new cassettes.Recording(record, workingDirectory);
  const earlier =
    rerun === undefined
      ? undefined
      : (await import('../../engine/results/load-results.ts')).loadResults(path.resolve(workingDirectory, rerun));
  const all = casesOf(suites);
  const catalogue = loadCatalogue();
  const plan = planRun(config, {
    all,
    catalogue,
    recorded: replay?.cassette,
    earlier,
    randomSeed: randomInt(0x7fff_ffff),
  });
  const allCases = all.map(({ id, requirement }) => {
    return { id, requirement, level: catalogue.requirement(requirement).level };
  });
  const today = new Date().toISOString().slice(0, 10);
  const gates = await readGates(config, allCases, isPart(plan), today, workingDirectory);
  return { config, plan, gates, replay, recording, earlier, allCases, today };
}

/** The targets of a run. A replay has its own, and loads neither the emulator nor an HTTP client. */
async function targetsOf({ config, replay, earlier }: PreparedRun, io: RunIo): Promise<ChosenTargets> {
  if (replay !== undefined) return { names: replay.targets.map(({ name }) => name), start: async () => replay };
  return chooseTargets(earlier === undefined ? config : withRerunTarget(config, earlier), io);
}

const unwrittenLog: EventLog = {
  append: () => undefined,
  close: () => undefined,
  remove: () => undefined,
};

/**
 * Begins the log of each target's run.
 * @throws ConfigurationError when a folder cannot be written
 */
function openRuns(
  targets: readonly Target[],
  { plan, gates }: PreparedRun,
  folderOf: RunHandlers['folderOf'],
): TargetRun[] {
  const startedAt = new Date().toISOString();
  const runs: TargetRun[] = [];
  try {
    for (const target of targets) {
      const folder = folderOf(target, targets.length === 1);
      const identity = { id: randomUUID(), startedAt };
      // A list that is written anew says only afterwards what was known.
      const entries = gates.knownIssues?.update === true ? [] : (gates.knownIssues?.entries ?? []);
      const header = runHeader(target, plan, identity, entries, loadCatalogue(), packageVersion());
      const log = folder === undefined ? unwrittenLog : openEventLog(folder, header);
      runs.push({ target, header, folder, log, records: [], targetRecord: undefined });
    }
  } catch (error) {
    for (const { log } of runs) log.close();
    throw error;
  }
  return runs;
}

/** Waits for all targets at once, where the user wants that. */
async function unreachableTargets(
  targets: readonly Target[],
  { wait, runTimeout }: RunConfig,
  signal: AbortSignal,
): Promise<Map<string, Unreachable>> {
  if (wait === undefined) return new Map();
  const { waitForTarget } = await import('./wait-for-target.ts');
  const tried = await Promise.all(
    targets.map(async (target) => {
      const why = await waitForTarget(target, Math.min(wait.ms, runTimeout.ms), wait.written, signal);
      return why === undefined ? [] : [[target.name, why] as const];
    }),
  );
  return new Map(tried.flat());
}

/** A certificate for everything under which the targets may reach their callbacks; made where one is needed alone. */
async function callbackIdentity(targets: readonly Target[]) {
  const { selfSignedIdentity } = await import('../../emulator/tls-identity.ts');
  return selfSignedIdentity(targets.flatMap(({ callback }) => callbackNames(callback)));
}

type Ends = Awaited<ReturnType<typeof executeRun>>;

/** From the first request to the last record. */
async function execute(
  runs: readonly TargetRun[],
  worker: Worker,
  { config, plan, gates, replay, recording }: PreparedRun,
  { signal, onCase }: RunHandlers,
  startedAt: number,
): Promise<Ends> {
  const { runTimeout, concurrency, keepCalls, bail } = config;
  const targets = runs.map(({ target }) => target);
  const unreachable = await unreachableTargets(targets, config, signal);
  return executeRun(runs, {
    plan: {
      seed: plan.seed,
      concurrency,
      repeat: plan.repeat,
      keepCalls,
      targetsAtOnce,
      record: recording !== undefined,
      // A case that is a known issue and holds is told in full.
      transcripts: gates.knownIssues === undefined ? config.transcripts : 'all',
      ...replay?.plan,
      ...(targets.some(({ callback }) => callback.tls) && { callbackTls: await callbackIdentity(targets) }),
    },
    unreachable,
    interrupted: signal,
    bail,
    timeLimit: { ...runTimeout, ms: runTimeout.ms - (performance.now() - startedAt) },
    worker,
    onCase,
    onTape: (tape, target) => recording?.keep(tape, target),
  });
}

/** Makes results of what came, checks them against the gates, and writes everything. */
async function finish(
  runs: readonly TargetRun[],
  ends: Ends,
  prepared: PreparedRun,
  workingDirectory: string,
  startedAt: number,
): Promise<EndedRun[]> {
  const { config, gates } = prepared;
  const formats = new Set(config.formats);
  const durationMs = Math.round(performance.now() - startedAt);
  const ended: EndedRun[] = [];
  for (const run of runs) {
    let end: RunEnd = { durationMs, ...(ends.get(run) ?? { interrupted: false }) };
    if (gates.knownIssues?.update === true) {
      const { rewriteKnownIssues } = await import('./gates.ts');
      end = rewriteKnownIssues(gates.knownIssues, run, end, { ...prepared, strict: config.strict });
    }
    const earlier = gates.baseline && baselineOf(gates.baseline, run.target.name, runs.length === 1);
    end = conclude(run, end, gates, earlier);
    run.log.append({ event: 'end', ...end });
    run.log.close();
    const results = withTranscripts(withCauses(assembleResults({ ...run, end })), config.transcripts);
    const { folder } = run;
    if (folder !== undefined) {
      const junit = junitOptions(folder, config, formats, workingDirectory, runs.length > 1);
      await writeReports(results, folder, formats, { junit, baseline: earlier });
      run.log.remove();
    }
    ended.push({ results, folder, ...(earlier && { baseline: earlier }) });
  }
  await writeOverview(
    ended.flatMap(({ results, folder }) => (folder === undefined ? [] : [{ results, folder }])),
    formats,
  );
  if (gates.ratchet?.update === true) {
    const { updateRatchet } = await import('./gates.ts');
    updateRatchet(
      gates.ratchet,
      ended.map(({ results }) => results),
    );
  }
  return ended;
}

/**
 * Runs the suites against the targets that a config chooses. Prints nothing.
 * @param worker what the cases run in; ended when they have
 * @returns the results in the order of the targets
 * @throws ConfigurationError when the config or a file is wrong: nothing has been sent then
 * @throws NothingToRerun
 */
export async function runTargets(
  config: RunConfig,
  io: RunIo,
  handlers: RunHandlers,
  worker: Worker,
): Promise<EndedRun[]> {
  const startedAt = performance.now();
  const prepared = await prepareRun(config, io.workingDirectory);
  const { plan, gates, replay, recording } = prepared;
  const started = await (await targetsOf(prepared, io)).start();
  try {
    const { targets } = started;
    checkGates(gates, targets);
    // In a replay nobody listens.
    if (replay === undefined) await checkCallbacks(targets);
    const runs = openRuns(targets, prepared, handlers.folderOf);
    const { cases, repeat, seed } = plan;
    handlers.onStart({ targets, cases, repeat, seed, headers: runs.map(({ header }) => header) });
    // The main thread waits while the cases run; the reports would wait for their templates afterwards.
    const [ends] = await Promise.all([
      execute(runs, worker, prepared, handlers, startedAt),
      runs.some(({ folder }) => folder !== undefined) ? loadRenderers(new Set(config.formats)) : undefined,
    ]);
    // It takes its time, and nothing more comes from it.
    void worker.close();
    recording?.write(runs);
    return await finish(runs, ends, prepared, io.workingDirectory, startedAt);
  } finally {
    await started.close();
  }
}
