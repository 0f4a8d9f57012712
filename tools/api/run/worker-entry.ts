/** The thread that the cases of all suites and targets run in. */
import { parentPort, workerData } from 'node:worker_threads';
import { muteOperation } from '../../graph/mute-operation.ts';
import { suites } from '../../../suites/index.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import type { RunPlan, WorkerData, WorkerNews, WorkerOrder } from '../../engine/run/worker-messages.ts';
import { runSchedule } from '../../engine/run/schedule.ts';

const stop = new AbortController();

function tell(news: WorkerNews): void {
  parentPort?.postMessage(news);
}

function reportProblem(error: unknown): void {
  tell({ problem: error instanceof Error ? error.message : String(error) });
}

// What nobody catches is no reason to lose what the other cases find.
process.on('uncaughtException', reportProblem);
process.on('unhandledRejection', reportProblem);

// Loaded while the main thread reads the recording.
if ((workerData as WorkerData).replays) await import('../../engine/cassette/replay.ts');

parentPort?.on('message', (order: WorkerOrder) => {
  if ('stop' in order) stop.abort();
  else void run(order.plan);
});

async function run(plan: RunPlan): Promise<void> {
  const chosen = new Set(plan.cases);
  try {
    const cases = casesOf(suites).filter(({ id }) => chosen.has(id));
    await runSchedule(muteOperation, plan, cases, stop.signal, {
      onCase: (record) => tell({ record }),
      onTarget: (targetRecord, tape) => tell({ targetRecord, tape }),
      onProblem: reportProblem,
    });
  } catch (error) {
    reportProblem(error);
  }
  tell({ ended: true });
}
