import { describe, expect, it } from 'vitest';
import { CallLocks } from './call-locks.ts';

/** Lets everything that is ready go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('CallLocks', () => {
  it('serves who came first first, and lets nobody overtake', async () => {
    const locks = new CallLocks();
    const order: string[] = [];
    const give = await locks.take({}, 'call');
    const others = ['first', 'second', 'third'].map(async (name) => {
      const giveBack = await locks.take({}, 'call');
      order.push(name);
      giveBack();
    });
    give();
    // Comes when the lock has just been given back, before the first has gone on.
    const late = locks.take({}, 'call').then((giveBack) => {
      order.push('late');
      giveBack();
    });
    await Promise.all([...others, late]);
    expect(order).toEqual(['first', 'second', 'third', 'late']);
  });

  it('keeps everybody out until all is given back', async () => {
    const locks = new CallLocks();
    const [one, other] = [{}, {}];
    const giveCall = await locks.take(one, 'call');
    const giveThread = await locks.take(one, 'thread');
    let taken = false;
    const next = locks.take(other, 'call').then((give) => {
      taken = true;
      return give;
    });
    giveCall();
    await turn();
    expect(taken).toBe(false);
    giveThread();
    (await next)();
    expect(taken).toBe(true);
  });

  it('does not stop when two cases want the same two calls in different orders', async () => {
    const locks = new CallLocks();
    const ended: string[] = [];
    const run = async (name: string, calls: readonly string[]) => {
      const holder = {};
      const gives: (() => void)[] = [];
      for (const call of calls) {
        gives.push(await locks.take(holder, call));
        await turn();
      }
      for (const give of gives) give();
      ended.push(name);
    };
    await Promise.all([run('one', ['a', 'b']), run('other', ['b', 'a'])]);
    expect(ended).toEqual(['one', 'other']);
  });

  it('lets a case take what it holds once more, and all that it waits for at once', async () => {
    const locks = new CallLocks();
    const [one, other] = [{}, {}];
    const gives = [await locks.take(one, 'thread'), await locks.take(one, 'thread')];
    expect(locks.holds(one, 'thread')).toBe(true);
    expect(locks.holds(one, 'call')).toBe(false);
    expect(locks.holds(other, 'thread')).toBe(false);
    const waiting = Promise.all([locks.take(other, 'thread'), locks.take({}, 'call'), locks.take(other, 'call')]);
    let order = '';
    void locks.take({}, 'x').then(() => (order += 'x'));
    for (const give of gives) give();
    await turn();
    expect(locks.holds(other, 'thread') && locks.holds(other, 'call')).toBe(true);
    expect(order).toBe('');
    void waiting;
  });

  it('counts a gift once', async () => {
    const locks = new CallLocks();
    const one = {};
    const give = await locks.take(one, 'call');
    await locks.take(one, 'call');
    give();
    give();
    expect(locks.holds(one, 'call')).toBe(true);
  });
});
