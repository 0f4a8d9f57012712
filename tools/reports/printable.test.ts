import fc from 'fast-check';
import { expect, test } from 'vitest';

import { printable, printableLine, shortened } from './printable.ts';

test.each([
  ['an escape sequence', '\u001b[31mred', '\\u001b[31mred'],
  ['a C1 sequence', '\u009b31m', '\\u009b31m'],
  ['a right-to-left override', 'a\u202eb', 'a\\u202eb'],
  ['a zero width joiner', 'a\u200db', 'a\\u200db'],
  ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
  ['a tag', 'a\u{e0041}b', 'a\\u{e0041}b'],
  ['a carriage return', 'a\rb', 'a\\u000db'],
  ['a bell', '\u0007', '\\u0007'],
])('%s becomes visible', (_name, text, expected) => {
  expect(printable(text)).toBe(expected);
});

test.each(['plain', 'tab\tand\nline', 'Zoë, 日本語, עברית, 😀'])('%j stays as it is', (text) => {
  expect(printable(text)).toBe(text);
});

test('one line keeps no line break', () => {
  expect(printableLine('a\r\nb\tc\n')).toBe('a\\nb\\tc\\n');
});

test('a text is cut between characters', () => {
  expect(shortened('abcdef', 4)).toBe('abc…');
  expect(shortened('ab😀d', 4)).toBe('ab…');
  expect(shortened('abcd', 4)).toBe('abcd');
});

test('nothing that a terminal obeys is left in any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const result = printableLine(text);
      expect(result).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      expect(result).not.toMatch(/\p{Cs}/u);
    }),
  );
});
