import fc from 'fast-check';
import { expect, test } from 'vitest';

import { prettyJson } from './pretty-json.ts';

test('indents as JSON.stringify does', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(fc.jsonValue({ depthSize: 'small' })), fc.dictionary(fc.string(), fc.jsonValue())),
      (value) => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      },
    ),
  );
});

test('keeps what parsing would lose', () => {
  expect(prettyJson('{"a":1.0,"a":12345678901234567890,"b":"\\u0041","c":{ },"d":[\n]}')).toBe(
    '{\n  "a": 1.0,\n  "a": 12345678901234567890,\n  "b": "\\u0041",\n  "c": {},\n  "d": []\n}',
  );
});

test.each(['', 'text', '"text"', '17', '{"a":', '<html>', '['.repeat(50) + ']'.repeat(50), '['.repeat(200_000)])(
  'leaves alone what is no readable object or array: %.20s',
  (text) => {
    expect(prettyJson(text)).toBeUndefined();
  },
);
