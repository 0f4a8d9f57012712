import fc from 'fast-check';
import { expect, test } from 'vitest';

import { difference, type Piece } from './difference.ts';

const marked = (pieces: Piece[]): string => pieces.map(({ text, same }) => (same ? text : `[${text}]`)).join('');

test.each([
  ['status 200', 'status 201', 'status [200]', 'status [201]'],
  ['{"id":"a","n":1}', '{"id":"b","n":1}', '{"id":"[a]","n":1}', '{"id":"[b]","n":1}'],
  ['one Location header', 'no Location header, but two', '[one] Location header', '[no] Location header[, but two]'],
  [
    'call 6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11',
    'call 6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a12',
    'call [6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11]',
    'call [6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a12]',
  ],
  ['something', 'quite other words', 'something', 'quite other words'],
  ['', 'x', '', 'x'],
])('%j against %j', (expected, actual, first, second) => {
  const found = difference(expected, actual);
  expect([marked(found.expected), marked(found.actual)]).toEqual([first, second]);
});

test('loses nothing of either text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
      const found = difference(one, other);
      const joined = (pieces: Piece[]): string => pieces.map(({ text }) => text).join('');
      expect([joined(found.expected), joined(found.actual)]).toEqual([one, other]);
    }),
  );
});

test('is bounded', () => {
  const long = 'a '.repeat(100_000);
  expect(difference(long, long).expected).toHaveLength(1);
});
