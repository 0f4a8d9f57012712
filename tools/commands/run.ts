import { randomInt, randomUUID } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { loadCatalogue } from '../contract/catalogue.ts';
import { ConfigurationError } from '../contract/errors.ts';
import { packageVersion } from '../contract/package-root.ts';
import { selfSignedIdentity } from '../emulator/tls-identity.ts';
import type { ReportFormat } from '../reports/render.ts';
import { assembleResults } from '../results/assemble.ts';
import { openEventLog } from '../results/event-log-file.ts';
import type { Unreachable } from '../results/outcome.ts';
import type { RunEnd } from '../results/results.ts';
import { worstExitCode } from '../results/verdict.ts';
import { definedCases } from '../runner/check.ts';
import '../../suites/all.ts';
import { readDuration } from '../target/duration.ts';
import type { Target } from '../target/target.ts';
import { executeRun, type TargetRun } from './execute-run.ts';
import { checkGates, type Gates, ratchetProblems, readGates, updateRatchet } from './gates.ts';
import { type PreparedTargets, prepareTargets } from './prepare-targets.ts';
import { outputForPeople, printResults, type Written } from './print-results.ts';
import { Progress } from './progress.ts';
import { rewriteKnownIssues } from './rewrite-known-issues.ts';
import { runHeader } from './run-header.ts';
import type { RunOptions } from './run-options.ts';
import { type ChosenCases, chooseCases } from './run-plan.ts';
import type { CommandSurroundings } from './surroundings.ts';
import { waitForTarget } from './wait-for-target.ts';
import { readFormats, writeReports } from './write-reports.ts';

/** Targets tested side by side: more would only share the same processor. */
const targetsAtOnce = 4;

/** Everything that the options and the files say, read before anything is sent. */
interface Intent {
  readonly chosen: ChosenCases;
  readonly gates: Gates;
  readonly formats: ReadonlySet<ReportFormat>;
  readonly timeLimit: { readonly ms: number; readonly written: string };
  readonly waitMs: number | undefined;
  readonly seed: number;
  readonly repeat: number;
  readonly strict: boolean;
  readonly today: string;
}

/** @throws ConfigurationError for everything that is wrong */
function readIntent(options: RunOptions, workingDirectory: string): Intent {
  const { runTimeout = '10m', wait } = options;
  const catalogue = loadCatalogue();
  if (options.requirementSet !== undefined && options.requirementSet !== catalogue.requirementSet) {
    throw new ConfigurationError(
      `There is no requirement set ${JSON.stringify(options.requirementSet)}; this version has ${catalogue.requirementSet}.`,
    );
  }
  const all = definedCases();
  const chosen = chooseCases(all, options, workingDirectory);
  const listed = all.map(({ id, requirement }) => ({
    id,
    requirement,
    level: catalogue.requirement(requirement).level,
  }));
  const isPart = Object.keys(chosen.filters).length > 0 || chosen.shard !== undefined;
  const today = new Date().toISOString().slice(0, 10);
  return {
    chosen,
    gates: readGates(options, listed, isPart, today, workingDirectory),
    formats: readFormats(options.formats),
    timeLimit: { ms: readDuration(runTimeout, '--run-timeout'), written: runTimeout },
    waitMs: wait === undefined ? undefined : readDuration(wait, '--wait'),
    seed: options.seed ?? randomInt(0x7fff_ffff),
    repeat: options.repeat ?? 1,
    strict: options.strict ?? false,
    today,
  };
}

/** Where the reports of a target go: the folder itself with one target, else a folder in it for each. */
function reportFolder(target: Target, alone: boolean, options: RunOptions, workingDirectory: string): string {
  return alone
    ? path.resolve(workingDirectory, options.reportDir ?? path.join('reports', target.name))
    : path.resolve(workingDirectory, options.reportDir ?? 'reports', target.name);
}

/** Begins the log of each target's run. @throws ConfigurationError when a folder cannot be written */
function openRuns(
  targets: readonly Target[],
  options: RunOptions,
  intent: Intent,
  workingDirectory: string,
): TargetRun[] {
  const { seed, repeat, strict, chosen, gates } = intent;
  const startedAt = new Date().toISOString();
  const runs: TargetRun[] = [];
  try {
    for (const target of targets) {
      const folder = reportFolder(target, targets.length === 1, options, workingDirectory);
      const identity = { id: randomUUID(), startedAt, seed, repeat, strict };
      // A list that is written anew says only afterwards what was known.
      const entries = gates.knownIssues?.update === true ? [] : (gates.knownIssues?.entries ?? []);
      const header = runHeader(target, chosen, identity, entries, loadCatalogue(), packageVersion());
      runs.push({ target, header, folder, log: openEventLog(folder, header), records: [], targetRecord: undefined });
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
  { waitMs, timeLimit }: Intent,
  written: string | undefined,
  signal: AbortSignal,
): Promise<Map<string, Unreachable>> {
  if (waitMs === undefined || written === undefined) return new Map();
  const tried = await Promise.all(
    targets.map(async (target) => {
      const why = await waitForTarget(target, Math.min(waitMs, timeLimit.ms), written, signal);
      return why === undefined ? [] : [[target.name, why] as const];
    }),
  );
  return new Map(tried.flat());
}

/**
 * Runs the suites against the targets, writes the reports and prints what was found.
 * @param signal aborted when the user interrupts the run
 * @returns the exit code
 * @throws ConfigurationError when the options or a file are wrong: nothing has been sent then
 */
export async function run(
  options: RunOptions,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
): Promise<number> {
  const { workingDirectory } = surroundings;
  const startedAt = performance.now();
  const intent = readIntent(options, workingDirectory);
  const prepared = await prepareTargets(options, surroundings);
  try {
    checkGates(intent.gates, prepared.targets);
    const runs = openRuns(prepared.targets, options, intent, workingDirectory);
    const ends = await execute(runs, prepared, options, intent, surroundings, signal, startedAt);
    const written = await conclude(runs, ends, intent, startedAt);
    if (intent.gates.ratchet?.update === true)
      updateRatchet(
        intent.gates.ratchet,
        written.map(({ results }) => results),
      );
    printResults(written, options, surroundings);
    return worstExitCode(written.map(({ results }) => results.run.exitCode));
  } finally {
    await prepared.close();
  }
}

type Ends = Awaited<ReturnType<typeof executeRun>>;

/** From the first request to the last record. */
async function execute(
  runs: readonly TargetRun[],
  { targets }: PreparedTargets,
  options: RunOptions,
  intent: Intent,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
  startedAt: number,
): Promise<Ends> {
  const { chosen, seed, repeat, timeLimit } = intent;
  const quiet = options.quiet === true || options.json === true;
  if (!quiet) {
    const where = targets.map(({ name, baseUrl }) => `${name} at ${baseUrl}`).join(', ');
    outputForPeople(options, surroundings).write(
      `Running ${chosen.cases.length} cases against ${where}, seed ${seed}\n`,
    );
  }
  const unreachable = await unreachableTargets(targets, intent, options.wait, signal);
  const progress = new Progress(
    surroundings.stderr,
    chosen.cases.length * targets.length * repeat,
    () => performance.now(),
    quiet,
  );
  try {
    return await executeRun(runs, {
      plan: {
        seed,
        concurrency: options.concurrency ?? 16,
        repeat,
        bail: options.bail ?? false,
        keepCalls: options.keepCalls ?? false,
        targetsAtOnce,
        ...(targets.some(({ callback }) => callback.tls) && { callbackTls: await selfSignedIdentity() }),
      },
      unreachable,
      interrupted: signal,
      timeLimit: { ...timeLimit, ms: timeLimit.ms - (performance.now() - startedAt) },
      onCase: ({ outcome }) => progress.ended(outcome.kind === 'broken'),
    });
  } finally {
    progress.close();
  }
}

/** Makes results of what came, holds them against the gates, and writes everything. */
async function conclude(runs: readonly TargetRun[], ends: Ends, intent: Intent, startedAt: number): Promise<Written[]> {
  const { gates, formats } = intent;
  const durationMs = Math.round(performance.now() - startedAt);
  const written: Written[] = [];
  for (const run of runs) {
    const ended: RunEnd = { durationMs, ...(ends.get(run) ?? { interrupted: false }) };
    const end = gates.knownIssues?.update === true ? rewriteKnownIssues(gates.knownIssues, run, ended, intent) : ended;
    const brokenRatchets = ratchetProblems(gates.ratchet, assembleResults({ ...run, end }));
    const whole = brokenRatchets.length === 0 ? end : { ...end, brokenRatchets };
    run.log.append({ event: 'end', ...whole });
    run.log.close();
    const results = assembleResults({ ...run, end: whole });
    await writeReports(results, run.folder, formats);
    written.push({ results, folder: run.folder });
  }
  return written;
}
