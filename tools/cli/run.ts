import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { printableLine } from '../reports/printable.ts';
import { worstExitCode } from '../engine/results/verdict.ts';
import type { Worker } from '../engine/run/worker.ts';
import type { Target } from '../engine/target/target.ts';
import { conductRun, type RunConduct } from '../api/run/conduct-run.ts';
import { outputForPeople, printResults } from './print-results.ts';
import { Progress } from './progress.ts';
import type { RunOptions } from '../api/run/run-options.ts';
import { NothingToRerun } from '../api/run/run-plan.ts';
import { saveMemory } from './save-memory.ts';
import type { CommandSurroundings } from './surroundings.ts';

/** Where the reports of a target go: the folder itself with one target, else a folder in it for each. */
function reportFolder(target: Target, alone: boolean, options: RunOptions, workingDirectory: string): string {
  return alone
    ? path.resolve(workingDirectory, options.reportDir ?? path.join('reports', target.name))
    : path.resolve(workingDirectory, options.reportDir ?? 'reports', target.name);
}

/**
 * Runs the suites against the targets, writes the reports and prints what was found.
 * @param signal aborted when the user interrupts the run
 * @param worker what the cases run in
 * @returns the exit code
 * @throws ConfigurationError when the options or a file are wrong: nothing has been sent then
 */
export async function run(
  options: RunOptions,
  surroundings: CommandSurroundings,
  signal: AbortSignal,
  worker: Worker,
): Promise<number> {
  const { workingDirectory, environment, stderr } = surroundings;
  const quiet = options.quiet === true || options.json === true;
  let progress: Progress | undefined;
  const stopSaving = saveMemory();
  try {
    const folderOf = (target: Target, isAlone: boolean) => reportFolder(target, isAlone, options, workingDirectory);
    const conduct: RunConduct = {
      signal,
      folderOf,
      onStart({ targets, cases, repeat, seed }) {
        if (quiet) return;
        const where = targets.map(({ name, baseUrl }) => `${name} at ${baseUrl}`).join(', ');
        const line = `Running ${cases.length} cases against ${where}, seed ${seed}\n`;
        outputForPeople(options, surroundings).write(line);
        const now = () => performance.now();
        const awaited = cases.map(({ id, suite, scope }) => {
          return { id, suite, times: targets.length * (scope === 'run' ? 1 : repeat) };
        });
        progress = new Progress({ cases: awaited, output: stderr, environment, now });
      },
      onCase: ({ id, outcome }) => progress?.ended(id, outcome.kind === 'broken'),
    };
    const conducted = await conductRun(options, surroundings, conduct, worker);
    progress?.close();
    const written = conducted.flatMap(({ folder, ...one }) => (folder === undefined ? [] : [{ ...one, folder }]));
    printResults(written, options, surroundings);
    return worstExitCode(conducted.map(({ results }) => results.run.exitCode));
  } catch (error) {
    if (!(error instanceof NothingToRerun)) throw error;
    outputForPeople(options, surroundings).write(`${printableLine(error.message)}\n`);
    return 0;
  } finally {
    stopSaving();
    progress?.close();
  }
}
