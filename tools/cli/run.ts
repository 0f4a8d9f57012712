import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { printableLine } from '../reports/printable.ts';
import { worstExitCode } from '../engine/results/verdict.ts';
import type { Worker } from '../engine/run/worker.ts';
import type { Target } from '../engine/target/target.ts';
import { readOptions, type RunConfig, type WrittenOptions } from '../api/run/config.ts';
import { NothingToRerun } from '../api/run/plan.ts';
import { type RunHandlers, runTargets } from '../api/run/run-targets.ts';
import { outputForPeople, type PrintOptions, printResults } from './print-results.ts';
import { Progress } from './progress.ts';
import { saveMemory } from './save-memory.ts';
import type { CommandIo } from './command-io.ts';

/** What the command line says: what to run, and what to print of it. */
export interface RunCommandOptions extends WrittenOptions, PrintOptions {}

/** Where the reports of a target go: the folder itself with one target, else a folder in it for each. */
function reportFolder({ name }: Target, alone: boolean, { reportDir }: RunConfig, workingDirectory: string): string {
  return alone
    ? path.resolve(workingDirectory, reportDir ?? path.join('reports', name))
    : path.resolve(workingDirectory, reportDir ?? 'reports', name);
}

/**
 * Runs the suites against the targets, writes the reports and prints what was found.
 * @param signal aborted when the user interrupts the run
 * @param worker what the cases run in
 * @returns the exit code
 * @throws ConfigurationError when the options or a file are wrong: nothing has been sent then
 */
export async function run(
  options: RunCommandOptions,
  io: CommandIo,
  signal: AbortSignal,
  worker: Worker,
): Promise<number> {
  const { workingDirectory, environment, stderr } = io;
  const config = readOptions(options);
  const quiet = options.quiet === true || options.json === true;
  let progress: Progress | undefined;
  const stopSaving = saveMemory();
  try {
    const handlers: RunHandlers = {
      signal,
      folderOf: (target, isAlone) => reportFolder(target, isAlone, config, workingDirectory),
      onStart({ targets, cases, repeat, seed }) {
        if (quiet) return;
        const where = targets.map(({ name, baseUrl }) => `${name} at ${baseUrl}`).join(', ');
        const line = `Running ${cases.length} cases against ${where}, seed ${seed}\n`;
        outputForPeople(options, io).write(line);
        const now = () => performance.now();
        const awaited = cases.map(({ id, suite, scope }) => {
          return { id, suite, times: targets.length * (scope === 'run' ? 1 : repeat) };
        });
        progress = new Progress({ cases: awaited, output: stderr, environment, now });
      },
      onCase: ({ id, outcome }) => progress?.ended(id, outcome.kind === 'violated'),
    };
    const ended = await runTargets(config, io, handlers, worker);
    progress?.close();
    const written = ended.flatMap(({ folder, ...one }) => (folder === undefined ? [] : [{ ...one, folder }]));
    printResults(written, options, io);
    return worstExitCode(ended.map(({ results }) => results.run.exitCode));
  } catch (error) {
    if (!(error instanceof NothingToRerun)) throw error;
    outputForPeople(options, io).write(`${printableLine(error.message)}\n`);
    return 0;
  } finally {
    stopSaving();
    progress?.close();
  }
}
