import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRetryAfter, ThrottleBudget } from './throttle.ts';

describe('a throttle budget', () => {
  it('counts waits that overlap once', () => {
    const budget = new ThrottleBudget(1_000);
    expect(budget.spend(400, 0)).toBe(400);
    expect(budget.spend(400, 100)).toBe(100);
    expect(budget.spend(100, 200)).toBe(0);
    expect(budget.spend(300, 2_000)).toBe(300);
    expect(budget.leftMs).toBe(200);
    expect(budget.covers(200, 5_000)).toBe(true);
    expect(budget.covers(201, 5_000)).toBe(false);
  });

  it('is never overdrawn by who asks first', () => {
    const waits = fc.array(fc.record({ after: fc.nat(1_000), waitMs: fc.nat(5_000) }));
    fc.assert(
      fc.property(waits, fc.nat(10_000), (planned, total) => {
        const budget = new ThrottleBudget(total);
        let now = 0;
        for (const { after, waitMs } of planned) {
          now += after;
          if (budget.covers(waitMs, now)) budget.spend(waitMs, now);
        }
        expect(budget.leftMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('Retry-After', () => {
  const date = 'Wed, 21 Oct 2015 07:28:00 GMT';

  it.each([
    ['0', 0],
    [' 7 ', 7_000],
    ['1.5', 1_500],
    ['Wed, 21 Oct 2015 07:28:09 GMT', 9_000],
    ['Wed, 21 Oct 2015 07:00:00 GMT', 0],
  ])('%j is sane', (value, waitMs) => {
    expect(readRetryAfter([value], date)).toEqual({ waitMs });
  });

  it.each(['-1', '', 'soon', '1e9', 'NaN', 'Infinity', '1,2', '2015-10-21T07:28:09Z', 'Wed, 41 Oct 2015 07:28:09 GMT'])(
    '%j is not',
    (value) => {
      expect(readRetryAfter([value], date)).toBe('invalid');
    },
  );

  it('may be missing, or a date without another to hold it against', () => {
    expect(readRetryAfter([], date)).toBeUndefined();
    expect(readRetryAfter([date], undefined)).toBe('invalid');
    expect(readRetryAfter([date], 'yesterday')).toBe('invalid');
  });
});
