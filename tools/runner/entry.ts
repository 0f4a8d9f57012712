/**
 * The thread that the cases run in: one file of tests for vitest's runner, because the tests of a file run side by
 * side, so all cases of all suites and targets stand in it (design, section 10).
 */
import { parentPort, workerData } from 'node:worker_threads';
import { startTests, test } from '@vitest/runner';
import '../../suites/all.ts';
import { Slots } from '../target/slots.ts';
import { CaseRunner } from './case-runner.ts';
import { heaviestFirst } from './case-weight.ts';
import { definedCases } from './check.ts';
import type { RunPlan, WorkerData, WorkerNews, WorkerOrder } from './plan.ts';
import { TargetHost } from './target-host.ts';
import { TranscriptRoom } from './transcript.ts';

const stop = new AbortController();

function tell(news: WorkerNews): void {
  parentPort?.postMessage(news);
}

function tellProblem(error: unknown): void {
  tell({ problem: error instanceof Error ? error.message : String(error) });
}

// What nobody catches is no reason to lose what the other cases find.
process.on('uncaughtException', tellProblem);
process.on('unhandledRejection', tellProblem);

// Nock and whatever else plays a recording takes its time, and the main thread reads the recording meanwhile.
if ((workerData as WorkerData).replays) await import('../cassette/player.ts');

parentPort?.on('message', (order: WorkerOrder) => {
  if ('stop' in order) stop.abort();
  else void run(order.plan);
});

async function run(plan: RunPlan): Promise<void> {
  const { dirname, filename } = import.meta;
  const runner = new CaseRunner(
    dirname,
    () => defineTests(plan),
    (problem) => tell({ problem }),
  );
  try {
    const files = await startTests([filename], runner);
    for (const { result } of files) for (const { message } of result?.errors ?? []) tell({ problem: message });
  } catch (error) {
    tellProblem(error);
  }
  tell({ ended: true });
}

function defineTests(plan: RunPlan): void {
  const chosen = new Set(plan.cases);
  const cases = definedCases().filter(({ id }) => chosen.has(id));
  const ofCase = heaviestFirst(cases.filter(({ scope }) => scope === 'case'));
  const ofRun = cases.filter(({ scope }) => scope === 'run');
  const room = new TranscriptRoom(plan.transcripts === false ? 0 : undefined);
  const turns = new Slots(plan.targetsAtOnce);

  for (const target of plan.targets) {
    const amount = { cases: ofCase.length, runCases: ofRun.length };
    const host = new TargetHost(target, plan, stop.signal, () => turns.acquire(), amount, room);
    for (const planned of ofCase) {
      test.concurrent(planned.id, () => host.run(planned, (record) => tell({ record })));
    }
    for (const planned of ofRun) {
      test.concurrent(planned.id, async () => {
        const record = await host.runOverall(planned);
        if (record !== undefined) tell({ record });
      });
    }
    test.concurrent(`end of ${target.name}`, async () => {
      const targetRecord = await host.finish();
      tell({ targetRecord, tape: await host.tape() });
    });
  }
}
