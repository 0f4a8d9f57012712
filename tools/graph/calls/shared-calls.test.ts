import { expect, it } from 'vitest';
import { type IdleCall, SharedCalls } from './shared-calls.ts';

function call(path: IdleCall['path'] = '/communications'): IdleCall {
  return { path, hear: async () => undefined, release: async () => undefined };
}

it('gives a call to one case at a time, the one that has been idle for longest first', () => {
  const calls = new SharedCalls();
  const [one, other] = [call(), call()];
  calls.giveBack(one);
  calls.giveBack(other);
  expect([1, 2, 3].map(() => calls.take('/communications'))).toEqual([one, other, undefined]);
  calls.giveBack(other);
  expect(calls.take('/communications')).toBe(other);
});

it('gives calls to cases of the path alone that they have served', () => {
  const calls = new SharedCalls();
  const onApp = call('/app');
  calls.giveBack(onApp);
  expect(calls.take('/communications')).toBeUndefined();
  expect(calls.take('/app')).toBe(onApp);
});

it('lets six cases of a path have one at once, and the next when one of them has ended', async () => {
  const calls = new SharedCalls();
  const begun: number[] = [];
  const ends = await Promise.all([1, 2, 3, 4, 5, 6].map(() => calls.place('/communications')));
  const seventh = calls.place('/communications').then(() => begun.push(7));
  await calls.place('/app');
  expect(begun).toEqual([]);
  ends[2]?.();
  await seventh;
  expect(begun).toEqual([7]);
});

it('lets all that wait for one begin once none is shared any more', async () => {
  const calls = new SharedCalls();
  await Promise.all([1, 2, 3, 4, 5, 6].map(() => calls.place('/app')));
  const waiting = [calls.place('/app'), calls.place('/app')];
  for (let vain = 0; vain < 3; vain++) calls.noteInVain();
  await Promise.all(waiting);
  await calls.place('/app');
  expect(calls.isOver).toBe(true);
});

it('gives none any more once three cases could do nothing with them, and still has all to be ended', () => {
  const calls = new SharedCalls();
  const idle = call();
  calls.giveBack(idle);
  calls.noteInVain();
  calls.noteInVain();
  expect(calls.isOver).toBe(false);
  calls.noteInVain();
  expect(calls.isOver).toBe(true);
  expect(calls.take('/communications')).toBeUndefined();
  expect(calls.takeAll()).toEqual([idle]);
  expect(calls.takeAll()).toEqual([]);
});
