/**
 * The one file that vitest is given, in one worker: files of a worker run one after another, and the cases of a file
 * side by side, so all cases of all suites and targets stand in it (design, section 10).
 */
import { BroadcastChannel } from 'node:worker_threads';
import { inject, test } from 'vitest';
import '../../suites/all.ts';
import { Slots } from '../target/slots.ts';
import { heaviestFirst } from './case-weight.ts';
import { definedCases } from './check.ts';
import type { RunChannel, RunMessage, RunPlan } from './plan.ts';
import { TargetHost } from './target-host.ts';
import { TranscriptRoom } from './transcript.ts';

const stop = new AbortController();
const channel: RunChannel = new BroadcastChannel(inject('channel'));
/** Undefined when there is nothing to run after all. */
const plan = await new Promise<RunPlan | undefined>((resolve) => {
  channel.onmessage = (event) => {
    const { plan, stop: isOver = false } = messageOf(event);
    if (isOver) stop.abort();
    if (isOver || plan !== undefined) resolve(plan);
  };
  channel.postMessage({});
});
// An open channel would keep the worker alive.
channel.unref();

if (plan !== undefined) defineTests(plan);

function defineTests(plan: RunPlan): void {
  const chosen = new Set(plan.cases);
  const cases = definedCases().filter(({ id }) => chosen.has(id));
  const ofCase = heaviestFirst(cases.filter(({ scope }) => scope === 'case'));
  const ofRun = cases.filter(({ scope }) => scope === 'run');
  const room = new TranscriptRoom(plan.transcripts === false ? 0 : undefined);
  const turns = new Slots(plan.targetsAtOnce);

  for (const target of plan.targets) {
    const amount = { cases: ofCase.length * plan.repeat, runCases: ofRun.length };
    const host = new TargetHost(target, plan, stop.signal, () => turns.acquire(), amount, room);
    for (let repetition = 0; repetition < plan.repeat; repetition += 1) {
      for (const planned of ofCase) {
        test.concurrent(planned.id, async ({ task }) => {
          const record = await host.run(planned, repetition);
          if (record !== undefined) task.meta.record = record;
        });
      }
    }
    for (const planned of ofRun) {
      test.concurrent(planned.id, async ({ task }) => {
        const record = await host.runOverall(planned, 0);
        if (record !== undefined) task.meta.record = record;
      });
    }
    test.concurrent(`end of ${target.name}`, async ({ task }) => {
      task.meta.targetRecord = await host.finish();
      const tape = await host.tape();
      if (tape !== undefined) task.meta.tape = tape;
    });
  }
}

/** The two threads are of one build, so what one says is what the other expects. */
function messageOf(event: unknown): RunMessage {
  return (event as { readonly data: RunMessage }).data;
}
