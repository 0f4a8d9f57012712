/**
 * The process that a run of the vitest entry takes place in. It outlives the worker of vitest where that is killed, as
 * by Ctrl-C: then it ends the run, deletes the calls, and goes.
 */
import path from 'node:path';
import process from 'node:process';
import { ruledRequirements } from '../../graph/rules/ruled-requirements.ts';
import type { RunConfig } from '../run/config.ts';
import type { RunHandlers } from '../run/run-targets.ts';
import { withSuitesWorker } from '../run/suites-worker.ts';
import { CaseReporter } from './case-reporter.ts';
import type { RunNews, RunOrder } from './messages.ts';

const interrupt = new AbortController();
const stop = () => interrupt.abort();

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.on('disconnect', stop);
process.on('message', (order: RunOrder) => {
  if ('stop' in order) stop();
  else void conduct(order.config, order.hasSeveralTargets);
});

function tell(news: RunNews): Promise<void> {
  return new Promise((resolve) => {
    // Nobody is left to be reported.
    if (!process.connected || process.send === undefined) resolve();
    else process.send(news, () => resolve());
  });
}

async function conduct(config: RunConfig, hasSeveralTargets: boolean): Promise<void> {
  try {
    await tell({ ends: await run(config, hasSeveralTargets) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    await tell({ problem: { name, message } });
  }
  process.off('disconnect', stop);
  if (process.connected) process.disconnect();
  // All is done and said: what hangs does not keep the process.
  setTimeout(() => process.exit(), 1_000).unref();
}

async function run(config: RunConfig, hasSeveralTargets: boolean) {
  const { reportDir } = config;
  const workingDirectory = process.cwd();
  let reporter: CaseReporter | undefined;
  const handlers: RunHandlers = {
    signal: interrupt.signal,
    folderOf: ({ name }) =>
      reportDir === undefined ? undefined : path.resolve(workingDirectory, reportDir, hasSeveralTargets ? name : ''),
    onStart({ headers }) {
      reporter = new CaseReporter(
        headers,
        (reported) => void tell({ reported }),
        (requirement) => ruledRequirements.has(requirement),
      );
    },
    onCase: (record) => reporter?.onCase(record),
  };
  const ended = await withSuitesWorker({ replays: config.replay !== undefined }, async (worker) => {
    const { runTargets } = await import('../run/run-targets.ts');
    return runTargets(config, { environment: process.env, workingDirectory }, handlers, worker);
  });
  return ended.map(({ results }) => {
    reporter?.end(results);
    const { exitCode, exitReasons = [] } = results.run;
    return { target: results.target.name, exitCode, exitReasons };
  });
}
