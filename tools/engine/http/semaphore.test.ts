import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Rate } from './rate.ts';
import { Semaphore } from './semaphore.ts';

describe('semaphore', () => {
  it('are given in the order in which they were asked for, and never more than there are', async () => {
    const semaphore = new Semaphore(2);
    const order: number[] = [];
    let inFlight = 0;
    let most = 0;
    const use = async (number: number) => {
      const release = await semaphore.acquire();
      order.push(number);
      inFlight += 1;
      most = Math.max(most, inFlight);
      // One that was given back belongs at once to whoever is next, who has yet to hear of it.
      expect(semaphore.taken).toBeGreaterThanOrEqual(inFlight);
      expect(semaphore.taken).toBeLessThanOrEqual(2);
      await Promise.resolve();
      inFlight -= 1;
      release();
      release();
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(use));
    expect(order).toEqual([1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
    expect(semaphore.taken).toBe(0);
  });

  it('are given to what is urgent first', async () => {
    const semaphore = new Semaphore(1);
    const order: string[] = [];
    const use = async (name: string, isUrgent?: boolean) => {
      const release = await semaphore.acquire(isUrgent);
      order.push(name);
      release();
    };
    const first = await semaphore.acquire();
    const all = [use('usual'), use('usual, later'), use('urgent', true), use('urgent, later', true)];
    first();
    await Promise.all(all);
    expect(order).toEqual(['urgent', 'urgent, later', 'usual', 'usual, later']);
    expect(semaphore.taken).toBe(0);
  });

  it('tell when their queue is short', async () => {
    const semaphore = new Semaphore(1);
    const told: number[] = [];
    const tellWhen = (length: number) => void semaphore.waitForQueueBelow(length).then(() => told.push(length));
    const first = await semaphore.acquire();
    const second = semaphore.acquire();
    const third = semaphore.acquire();
    for (const length of [1, 2, 3]) tellWhen(length);
    await nextTurn();
    expect(told).toEqual([3]);
    first();
    (await second)();
    await third;
    await nextTurn();
    expect(told).toEqual([3, 2, 1]);
  });

  it('cannot be fewer than one', () => {
    for (const limit of [0, -1, 1.5, NaN]) expect(() => new Semaphore(limit)).toThrow(RangeError);
  });
});

describe('a rate', () => {
  it('spaces requests evenly and saves nothing up', () => {
    const rate = new Rate(10);
    expect([rate.reserve(0), rate.reserve(0), rate.reserve(50), rate.reserve(5_000), rate.reserve(5_000)]).toEqual([
      0, 100, 150, 0, 100,
    ]);
  });
});
