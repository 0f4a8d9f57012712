import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Rate } from './rate.ts';
import { Slots } from './slots.ts';

describe('slots', () => {
  it('are given in the order in which they were asked for, and never more than there are', async () => {
    const slots = new Slots(2);
    const order: number[] = [];
    let inFlight = 0;
    let most = 0;
    const use = async (number: number) => {
      const release = await slots.acquire();
      order.push(number);
      inFlight += 1;
      most = Math.max(most, inFlight);
      // One that was given back belongs at once to whoever is next, who has yet to hear of it.
      expect(slots.taken).toBeGreaterThanOrEqual(inFlight);
      expect(slots.taken).toBeLessThanOrEqual(2);
      await Promise.resolve();
      inFlight -= 1;
      release();
      release();
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(use));
    expect(order).toEqual([1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
    expect(slots.taken).toBe(0);
  });

  it('tell when their queue is short', async () => {
    const slots = new Slots(1);
    const told: number[] = [];
    const tellWhen = (length: number) => void slots.untilQueueIsShorterThan(length).then(() => told.push(length));
    const first = await slots.acquire();
    const second = slots.acquire();
    const third = slots.acquire();
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
    for (const limit of [0, -1, 1.5, NaN]) expect(() => new Slots(limit)).toThrow(RangeError);
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
