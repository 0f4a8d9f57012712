import { describe, expect, it } from 'vitest';
import type { RunPlan } from './worker-messages.ts';
import { withWorker } from './worker.ts';

const plan: RunPlan = {
  targets: [],
  cases: [],
  seed: 1,
  concurrency: 1,
  repeat: 1,
  keepCalls: false,
  targetsAtOnce: 1,
};
const entry = new URL('no-entry.js', import.meta.url);
const data = { replays: false };
const events = { onCase: () => undefined, onTarget: () => undefined };

// There is no such entry, so the thread ends before it has begun.
describe('a worker whose thread ends by itself', () => {
  it('says why, and is not waited for', async () => {
    const { problems } = await withWorker(entry, data, (worker) =>
      worker.run(plan, events, new AbortController().signal),
    );
    expect(problems).toEqual([expect.stringMatching(/Cannot find module.+no-entry\.js/s)]);
  });

  it('runs nothing once it is to stop', async () => {
    await expect(withWorker(entry, data, (worker) => worker.run(plan, events, AbortSignal.abort()))).resolves.toEqual({
      problems: [],
    });
  });
});

it('what whoever uses a worker throws is thrown on', async () => {
  await expect(withWorker(entry, data, () => Promise.reject(new Error('wrong options')))).rejects.toThrow(
    'wrong options',
  );
});
