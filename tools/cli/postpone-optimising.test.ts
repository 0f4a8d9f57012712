import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { postponeOptimising } from './postpone-optimising.ts';

const short = '--interrupt-budget=400000';
const usual = '--interrupt-budget=67584';

describe('optimising', () => {
  let flags: string[] = [];
  const setFlag = (flag: string) => void flags.push(flag);

  beforeEach(() => {
    flags = [];
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  it('is postponed until the run turns out to be a long one', () => {
    const end = postponeOptimising('11.3.244.8-node.33', setFlag);
    expect(flags).toEqual([short]);
    end();
    expect(flags).toEqual([short, usual]);
    vi.advanceTimersByTime(60_000);
    end();
    expect(flags).toEqual([short, usual]);
  });

  it('is postponed no longer than a short run takes', () => {
    postponeOptimising('11.3.244.8-node.33', setFlag);
    vi.advanceTimersByTime(2_499);
    expect(flags).toEqual([short]);
    vi.advanceTimersByTime(1);
    expect(flags).toEqual([short, usual]);
  });

  it('is left to a V8 that knows better', () => {
    postponeOptimising('12.4.254.21-node.33', setFlag)();
    expect(flags).toEqual([]);
  });
});
