import { expect, it } from 'vitest';
import type { CaseRecord } from '../results/outcome.ts';
import ForgettingRunner from './forgetting-runner.ts';

it('what has been told of a case is forgotten, and nothing else', () => {
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
  const told = { record };
  const other = { targetRecord: { target: 'emulator', traffic: {} as never, notes: [] } };
  ForgettingRunner.prototype.onTaskUpdate([
    ['1', undefined, told],
    ['2', undefined, other],
  ]);
  expect(told).toEqual({});
  expect(other).toHaveProperty('targetRecord');
});
