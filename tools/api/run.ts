import path from 'node:path';
import type { RunConduct } from './run/conduct-run.ts';
import { commandOptions, type RunOptions, serviceRootIn } from './run/library-options.ts';
import type { RunOptions as CommandOptions } from './run/run-options.ts';
import type { Results } from '../engine/results/results.ts';
import { withSuitesWorker } from './run/suites-worker.ts';
import type { TargetSource } from '../engine/target/resolve.ts';
import type { Target } from '../engine/target/target.ts';
import { type App, serveApp } from './serve-app.ts';

export type { RunOptions } from './run/library-options.ts';

/**
 * Runs the suites against a target.
 * @returns the results, an object as specs/results.schema.json describes it; of several targets in their order
 * @throws ConfigurationError for wrong options, before anything is sent. Whatever the target does is in the results.
 */
export function run(options: RunOptions & { readonly target: readonly TargetSource[] }): Promise<Results[]>;
export function run(options?: RunOptions & { readonly target?: TargetSource }): Promise<Results>;
export function run(options?: RunOptions): Promise<Results | Results[]>;
export async function run(options: RunOptions = {}): Promise<Results | Results[]> {
  const words = commandOptions(options, 'run');
  // An app that is undefined, by mistake, must not lead to the embedded emulator.
  if (!('app' in options)) return runOn(words, options);
  const root = serviceRootIn(options, 'run');
  const { origin, close } = await serveApp(options.app as App);
  try {
    return await runOn({ ...words, baseUrl: origin + root }, options);
  } finally {
    await close();
  }
}

async function runOn(words: CommandOptions, options: RunOptions): Promise<Results | Results[]> {
  const { reportDir, signal = new AbortController().signal, target } = options;
  const workingDirectory = process.cwd();
  const conduct: RunConduct = {
    signal,
    folderOf: ({ name }: Target, isAlone: boolean) =>
      reportDir === undefined ? undefined : path.resolve(workingDirectory, reportDir, isAlone ? '' : name),
    onStart: () => undefined,
    onCase: () => undefined,
  };
  const conducted = await withSuitesWorker({ replays: options.replay !== undefined }, async (worker) => {
    const { conductRun } = await import('./run/conduct-run.ts');
    return conductRun(words, { environment: process.env, workingDirectory }, conduct, worker);
  });
  const results = conducted.map((one) => one.results);
  const [only, ...others] = results;
  return Array.isArray(target) || only === undefined || others.length > 0 ? results : only;
}
