import { describe, expect, it } from 'vitest';
import { knownMedian, median, slope } from './statistics.ts';

describe('median', () => {
  it.each([
    [[7], 7],
    [[3, 1, 2], 2],
    [[10, 9, 100], 10],
    [[4, 1, 3, 2], 2.5],
    [[2, 2, 2, 50], 2],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing is an error', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('the median of what is known', () => {
  it.each([
    [[5, undefined, 1, 3], 3],
    [[undefined, undefined], undefined],
    [[], undefined],
  ])('of %j is %s', (values, expected) => {
    expect(knownMedian(values)).toBe(expected);
  });
});

describe('slope', () => {
  it.each([
    [{ amount: 100, cost: 600 }, { amount: 500, cost: 1_000 }, 1],
    [{ amount: 0, cost: 50 }, { amount: 4, cost: 50 }, 0],
    [{ amount: 1, cost: 10 }, { amount: 3, cost: 4 }, -3],
  ])('from %j to %j is %d', (less, more, expected) => {
    expect(slope(less, more)).toBe(expected);
  });

  it('between two points at the same place is an error', () => {
    expect(() => slope({ amount: 3, cost: 1 }, { amount: 3, cost: 2 })).toThrow(RangeError);
  });
});
