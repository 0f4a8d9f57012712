import path from 'node:path';
import type { Results } from '../engine/results/results.ts';
import type { Target } from '../engine/target/target.ts';
import type { TargetSource } from '../engine/target/target-file.ts';
import { readRunOptions, type RunOptions, servedAt, serviceRootIn } from './run-options.ts';
import type { RunConfig } from './run/config.ts';
import type { RunHandlers } from './run/run-targets.ts';
import { withSuitesWorker } from './run/suites-worker.ts';
import { type App, serveApp } from './serve-app.ts';

export type { RunOptions } from './run-options.ts';

/**
 * Runs the suites against a target.
 * @returns the results, an object as specs/results.schema.json describes it; of several targets in their order
 * @throws ConfigurationError for wrong options, before anything is sent. Whatever the target does is in the results.
 */
export function run(options: RunOptions & { readonly target: readonly TargetSource[] }): Promise<Results[]>;
export function run(options?: RunOptions & { readonly target?: TargetSource }): Promise<Results>;
export function run(options?: RunOptions): Promise<Results | Results[]>;
export async function run(options: RunOptions = {}): Promise<Results | Results[]> {
  const config = readRunOptions(options, 'run');
  // An app that is undefined, by mistake, must not lead to the embedded emulator.
  if (!('app' in options)) return runOn(config, options);
  const root = serviceRootIn(options, 'run');
  const { origin, close } = await serveApp(options.app as App);
  try {
    return await runOn(servedAt(config, origin + root), options);
  } finally {
    await close();
  }
}

async function runOn(config: RunConfig, options: RunOptions): Promise<Results | Results[]> {
  const { signal = new AbortController().signal, target } = options;
  const { reportDir } = config;
  const workingDirectory = process.cwd();
  const handlers: RunHandlers = {
    signal,
    folderOf: ({ name }: Target, isAlone: boolean) =>
      reportDir === undefined ? undefined : path.resolve(workingDirectory, reportDir, isAlone ? '' : name),
    onStart: () => undefined,
    onCase: () => undefined,
  };
  const ended = await withSuitesWorker({ replays: config.replay !== undefined }, async (worker) => {
    const { runTargets } = await import('./run/run-targets.ts');
    return runTargets(config, { environment: process.env, workingDirectory }, handlers, worker);
  });
  const results = ended.map((one) => one.results);
  const [only, ...others] = results;
  return Array.isArray(target) || only === undefined || others.length > 0 ? results : only;
}
