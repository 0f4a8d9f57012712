import { randomInt, randomUUID } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { loadCatalogue } from '../contract/catalogue.ts';
import { ConfigurationError } from '../contract/errors.ts';
import { packageVersion } from '../contract/package-root.ts';
import { startEmulator } from '../emulator/start.ts';
import { closingLine, renderConsole } from '../reports/console.ts';
import { assembleResults } from '../results/assemble.ts';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import type { Results } from '../results/results.ts';
import { worstExitCode } from '../results/verdict.ts';
import { definedCases } from '../runner/check.ts';
import { recordedFilters, selectCases } from '../runner/select.ts';
import { startRun } from '../runner/start.ts';
import '../../suites/all.ts';
import { isApiVersion } from '../target/base-url.ts';
import { readDuration } from '../target/duration.ts';
import { readListenAddress, resolveTarget } from '../target/resolve.ts';
import { defaultTimeouts, type Target } from '../target/target.ts';
import { embeddedTarget, embeddedName } from './embedded-target.ts';
import { Progress } from './progress.ts';
import type { RunOptions } from './run-options.ts';
import { type CommandSurroundings, wantsColour, wantsUnicode } from './surroundings.ts';
import { writeReports } from './write-reports.ts';

/** Targets tested side by side: more would only share the same processor. */
const targetsAtOnce = 4;

interface Prepared {
  readonly targets: readonly Target[];
  close(): Promise<void>;
}

async function prepareEmbedded(options: RunOptions): Promise<Prepared> {
  const { apiVersion = 'beta' } = options;
  if (!isApiVersion(apiVersion))
    throw new ConfigurationError(`The API version ${JSON.stringify(apiVersion)} is neither beta nor v1.0.`);
  const timeouts: Target['timeouts'] = {
    ...defaultTimeouts,
    ...(options.requestTimeout !== undefined && {
      requestMs: readDuration(options.requestTimeout, '--request-timeout'),
    }),
    ...(options.notificationTimeout !== undefined && {
      notificationMs: readDuration(options.notificationTimeout, '--notification-timeout'),
    }),
    ...(options.quietWindow !== undefined && { quietMs: readDuration(options.quietWindow, '--quiet-window') }),
  };
  const callback = { ...readListenAddress(options.callbackListen ?? '127.0.0.1:0'), tls: options.callbackTls ?? false };
  const emulator = await startEmulator();
  return { targets: [embeddedTarget(emulator, apiVersion, timeouts, callback)], close: () => emulator.close() };
}

function prepareTargets(options: RunOptions, { environment, workingDirectory }: CommandSurroundings): Prepared {
  const files = options.target ?? [];
  const surroundings = { environment, workingDirectory, placeholderToken: () => `placeholder-${randomUUID()}` };
  const targets =
    files.length === 0
      ? [resolveTarget(options, undefined, surroundings)]
      : files.map((file) => resolveTarget(options, file, surroundings));
  const names = targets.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new ConfigurationError(`Two targets have the name ${twice}; give each target file a name of its own.`);
  return { targets, close: async () => undefined };
}

/** Where the reports of a target go: the folder itself with one target, else a folder in it for each. */
function reportDirectory(
  options: RunOptions,
  target: Target,
  targets: readonly Target[],
  workingDirectory: string,
): string {
  if (targets.length === 1)
    return path.resolve(workingDirectory, options.reportDir ?? path.join('reports', target.name));
  return path.resolve(workingDirectory, options.reportDir ?? 'reports', target.name);
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
  const { stdout, stderr, environment, workingDirectory } = surroundings;
  const filters = { suite: options.suite ?? [], case: options.case ?? [], requirement: options.requirement ?? [] };
  const planned = selectCases(definedCases(), filters);
  const runTimeoutMs = readDuration(options.runTimeout ?? '10m', '--run-timeout');
  const seed = options.seed ?? randomInt(0x7fff_ffff);
  const embedded = options.baseUrl === undefined && (options.target ?? []).length === 0;
  const prepared = embedded ? await prepareEmbedded(options) : prepareTargets(options, surroundings);
  const { targets } = prepared;

  const startedAt = new Date();
  const started = performance.now();
  const records = new Map<string, CaseRecord[]>(targets.map(({ name }) => [name, []]));
  const targetRecords = new Map<string, TargetRecord>();
  const report = options.json === true ? stderr : stdout;
  const quiet = options.quiet === true || options.json === true;
  if (!quiet) {
    const where = targets.map(({ name, baseUrl }) => `${name} at ${baseUrl}`).join(', ');
    report.write(`Running ${planned.length} cases against ${where}, seed ${seed}\n`);
  }
  const progress = new Progress(
    stderr,
    planned.length * targets.length * (options.repeat ?? 1),
    () => performance.now(),
    quiet,
  );
  const outOfTime = AbortSignal.timeout(runTimeoutMs);
  try {
    const { problems } = await startRun(
      {
        targets,
        cases: planned.map(({ id }) => id),
        seed,
        concurrency: options.concurrency ?? 16,
        repeat: options.repeat ?? 1,
        bail: options.bail ?? false,
        keepCalls: options.keepCalls ?? false,
        targetsAtOnce,
      },
      {
        onCase(record) {
          records.get(record.target)?.push(record);
          progress.ended(record.outcome.kind === 'broken');
        },
        onTarget: (record) => targetRecords.set(record.target, record),
      },
      AbortSignal.any([signal, outOfTime]),
    );
    progress.close();
    const missing = outOfTime.aborted
      ? `the run did not end within ${options.runTimeout ?? '10m'} (--run-timeout)`
      : (problems[0] ?? (signal.aborted ? 'the run was interrupted' : 'no record of this case came from the worker'));
    const results = targets.map((target) =>
      assembleResults(planned, records.get(target.name) ?? [], targetRecords.get(target.name), loadCatalogue(), {
        suiteVersion: packageVersion(),
        target: {
          name: target.name,
          baseUrl: target.baseUrl,
          apiVersion: target.apiVersion,
          ...(target.tls.insecure && { insecure: true }),
          capabilities: target.capabilities,
        },
        run: {
          id: randomUUID(),
          startedAt: startedAt.toISOString(),
          durationMs: Math.round(performance.now() - started),
          seed,
          filters: recordedFilters(filters),
        },
        strict: options.strict ?? false,
        interrupted: signal.aborted,
        missing,
      }),
    );
    for (const [index, one] of results.entries()) {
      const target = targets[index];
      if (target === undefined) continue;
      const folder = reportDirectory(options, target, targets, workingDirectory);
      await writeReports(one, folder, options.formats);
      print(one, folder);
    }
    return worstExitCode(results.map(({ run: { exitCode } }) => exitCode));
  } finally {
    await prepared.close();
  }

  function print(results: Results, folder: string): void {
    const shown = path.relative(workingDirectory, folder);
    const reportDir = shown.startsWith('..') ? folder : shown;
    if (options.json === true) stdout.write(`${JSON.stringify(results)}\n`);
    if (options.quiet === true) {
      report.write(`${closingLine(results, reportDir)}\n`);
      return;
    }
    report.write(
      renderConsole(results, {
        colour: wantsColour(report, environment),
        unicode: wantsUnicode(environment),
        width: report.columns ?? 100,
        verbosity: options.verbose === true ? 'verbose' : 'normal',
        reportDir,
      }),
    );
  }
}

export { embeddedName };
