import { expect, test } from 'vitest';
import { muteExchange } from '../../dev/testing/sample-exchanges.ts';
import { requestMs } from './request-time.ts';

test.each<[string, [sentAtMs: number, ms: number][], number]>([
  ['nothing was sent', [], 0],
  ['one request', [[10, 5]], 5],
  [
    'one after another, with a wait between them',
    [
      [10, 5],
      [400, 7],
    ],
    12,
  ],
  [
    'at once',
    [
      [10, 20],
      [10, 20],
    ],
    20,
  ],
  [
    'partly at once, in any order',
    [
      [25, 10],
      [10, 20],
    ],
    25,
  ],
  [
    'one within another',
    [
      [10, 50],
      [20, 5],
    ],
    50,
  ],
])('%s', (_name, sent, expected) => {
  expect(requestMs({ exchanges: sent.map(([sentAtMs, ms]) => muteExchange({ sentAtMs, ms })) })).toBe(expected);
});
