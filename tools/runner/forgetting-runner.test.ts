import { describe, expect, it } from 'vitest';
import type { CaseRecord } from '../results/outcome.ts';
import ForgettingRunner from './forgetting-runner.ts';

const record: CaseRecord = {
  target: 'emulator',
  id: 'status.success/x',
  repetition: 0,
  outcome: { kind: 'held' },
  checked: [],
  durationMs: 1,
  exchanges: [],
  notifications: [],
};

const { onTaskUpdate } = ForgettingRunner.prototype;

describe('what has been told of a case', () => {
  it('is forgotten when its end has been told, and nothing else is', () => {
    const told = { record };
    const other = { targetRecord: { target: 'emulator', traffic: {} as never, notes: [] } };
    onTaskUpdate(
      [
        ['1', undefined, told],
        ['2', undefined, other],
      ],
      [
        ['1', 'test-finished', undefined],
        ['2', 'test-finished', undefined],
      ],
    );
    expect(told).toEqual({});
    expect(other).toHaveProperty('targetRecord');
  });

  it('is kept while its end is still to be told, for that is when it is read', () => {
    const told = { record };
    onTaskUpdate([['1', { state: 'run' }, told]], [['1', 'test-prepare', undefined]]);
    onTaskUpdate([['1', { state: 'pass' }, told]], [['2', 'test-finished', undefined]]);
    expect(told).toEqual({ record });
  });
});
