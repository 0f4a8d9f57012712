import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonTextProblem, readJsonText } from './json-text.ts';

function problemOf(text: string): JsonTextProblem {
  try {
    readJsonText(text, 200);
  } catch (error) {
    if (error instanceof JsonTextProblem) return error;
    throw error;
  }
  throw new Error(`${text} is read without a problem`);
}

describe('JSON as people keep it', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (text, space) => {
        const spaced = JSON.stringify(JSON.parse(text), undefined, space);
        expect(readJsonText(spaced, 1000)).toEqual({ value: JSON.parse(spaced) as unknown, hasComments: false });
      }),
    );
  });

  it('is refused where JSON.parse refuses it', () => {
    const character = fc.constantFrom(...'{}[]:,"\\/ \n0123.-+eEtruefalsn\u0001é'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: character, maxLength: 12 }), (text) => {
        if (text.includes('//')) return;
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid) expect(readJsonText(text, 200).hasComments).toBe(false);
        else expect(() => readJsonText(text, 200)).toThrow(JsonTextProblem);
      }),
      { numRuns: 3000 },
    );
  });

  it('may have comments, at the end of a line, of the text, or instead of a line', () => {
    const text = '// first\n{"isMuted": true, // will be set\r\n "a": [1 // one\n]} // last';
    expect(readJsonText(text, 200)).toEqual({ value: { isMuted: true, a: [1] }, hasComments: true });
  });

  it.each([
    ['a URL', '{"a": "https://example.com//b"}', { a: 'https://example.com//b' }],
    ['a quote before it', String.raw`{"a": "\"// no comment"}`, { a: '"// no comment' }],
    ['a backslash before the end', String.raw`["\\", "//"]`, ['\\', '//']],
  ])('keeps // inside of strings: %s', (_name, text, value) => {
    expect(readJsonText(text, 200)).toEqual({ value, hasComments: false });
  });

  it('keeps a member called __proto__ as a member', () => {
    expect(Object.keys(readJsonText('{"__proto__": 1}', 200).value as object)).toEqual(['__proto__']);
  });

  it.each([
    ['{"a": 1,}', 1, 9, 'expected a name in quotes, but found "}"', false],
    ['{"a" 1}', 1, 6, 'expected a colon, but found "1"', false],
    ['{a: 1}', 1, 2, 'unexpected "a"', false],
    ['[1,\n 2,\n]', 3, 1, 'expected a value, but found "]"', false],
    ['[1 2]', 1, 4, 'expected a comma, but found "2"', false],
    ['{"a": 1', 1, 8, 'expected a comma or }, but the text ends', true],
    ['{"a', 1, 2, 'the string does not end', true],
    ['{} {}', 1, 4, 'expected nothing more, but found "{"', false],
    ['[01]', 1, 3, 'expected a comma, but found "1"', false],
    ['[1.]', 1, 2, 'the number is incomplete', false],
    ['[truely]', 1, 2, 'unexpected "t"', false],
    ['\r\n[😀]', 2, 2, 'unexpected "😀"', false],
    ['["a\nb"]', 1, 2, 'the string does not end', false],
    ['["a\u0001b"]', 1, 2, 'the string has a control character that is not escaped', false],
    [String.raw`["\x"]`, 1, 2, 'the string has a backslash that begins no escape of JSON', false],
    [String.raw`["\u00"]`, 1, 2, 'the string has a \\u without four hexadecimal digits', false],
    ['/* no */ {}', 1, 1, 'unexpected "/"', false],
    ['/* no', 1, 1, 'unexpected "/"', false],
    ['', 1, 1, 'expected a value, but the text ends', true],
  ])('%j is told at line %i, column %i', (text, line, column, message, isCutOff) => {
    const problem = problemOf(text);
    expect(problem).toMatchObject({ line, column, isCutOff });
    expect(problem.message).toBe(`line ${line}, column ${column}: ${message}`);
  });

  it('nests as deep as it is allowed to, and no deeper', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(() => readJsonText(nested(200), 200)).not.toThrow();
    expect(problemOf(nested(201)).message).toContain('deeper than 200 levels');
    expect(problemOf('{"a":'.repeat(1_000_000)).message).toContain('deeper than 200 levels');
  });
});
