import { describe, expect, it } from 'vitest';
import { CallLocks } from './call-locks.ts';

/** Lets everything that is ready go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('CallLocks', () => {
  it('serves who came first first, and lets nobody overtake', async () => {
    const locks = new CallLocks();
    const order: string[] = [];
    const { give } = await locks.take({}, 'call');
    const others = ['first', 'second', 'third'].map(async (name) => {
      const taken = await locks.take({}, 'call');
      order.push(name);
      taken.give();
    });
    give();
    // Comes when the lock has just been given back, before the first has gone on.
    const late = locks.take({}, 'call').then((taken) => {
      order.push('late');
      taken.give();
    });
    await Promise.all([...others, late]);
    expect(order).toEqual(['first', 'second', 'third', 'late']);
  });

  it('keeps everybody out until all is given back', async () => {
    const locks = new CallLocks();
    const [one, other] = [{}, {}];
    const call = await locks.take(one, 'call');
    const thread = await locks.take(one, 'thread');
    let isTaken = false;
    const next = locks.take(other, 'call').then((taken) => {
      isTaken = true;
      return taken;
    });
    call.give();
    await turn();
    expect(isTaken).toBe(false);
    thread.give();
    expect((await next).times).toBe(1);
  });

  it('does not stop when two cases want the same two calls in different orders', async () => {
    const locks = new CallLocks();
    const ended: string[] = [];
    const run = async (name: string, calls: readonly string[]) => {
      const holder = {};
      const gives: (() => void)[] = [];
      for (const call of calls) {
        gives.push((await locks.take(holder, call)).give);
        await turn();
      }
      for (const give of gives) give();
      ended.push(name);
    };
    await Promise.all([run('one', ['a', 'b']), run('other', ['b', 'a'])]);
    expect(ended).toEqual(['one', 'other']);
  });

  it('lets a case take what it holds once more, and says how often it has it', async () => {
    const locks = new CallLocks();
    const [one, other] = [{}, {}];
    const held = [await locks.take(one, 'thread'), await locks.take(one, 'thread'), await locks.take(one, 'call')];
    expect(held.map(({ times }) => times)).toEqual([1, 2, 1]);
    // Two calls of one case that come about at the same time wait side by side.
    const waiting = Promise.all([locks.take(other, 'thread'), locks.take({}, 'x'), locks.take(other, 'thread')]);
    for (const { give } of held) give();
    const both = Promise.all([locks.take(other, 'y'), locks.take(other, 'y')]);
    expect((await both).map(({ times }) => times)).toEqual([1, 2]);
    let isOver = false;
    void waiting.then(() => (isOver = true));
    await turn();
    expect(isOver).toBe(false);
  });

  it('counts a gift once', async () => {
    const locks = new CallLocks();
    const one = {};
    const { give } = await locks.take(one, 'call');
    await locks.take(one, 'call');
    give();
    give();
    expect((await locks.take(one, 'call')).times).toBe(2);
  });
});
