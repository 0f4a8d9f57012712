import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotJson, parseJson } from './json-depth.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('a JSON text of a target', () => {
  it('is read as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never gives anything but a value or NotJson', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[[\]{}",:\\a1 ]*$/)), (text) => {
        try {
          parseJson(text);
        } catch (error) {
          expect(error).toBeInstanceOf(NotJson);
        }
      }),
    );
  });

  it('nests two hundred levels at most, brackets in strings apart', () => {
    expect(parseJson(nested(200))).toBeDefined();
    expect(() => parseJson(nested(201))).toThrow(/deeper than 200/);
    expect(() => parseJson('[{"a":'.repeat(200_000))).toThrow(/deeper than 200/);
    expect(parseJson(JSON.stringify(['"\\['.repeat(300)]))).toEqual(['"\\['.repeat(300)]);
    expect(parseJson(`[${Array.from({ length: 300 }, () => '[]').join()}]`)).toHaveLength(300);
  });

  it('holds a hundred thousand values at most, commas in strings apart', () => {
    expect(parseJson(`[${Array.from({ length: 99_999 }, () => 1).join()}]`)).toHaveLength(99_999);
    expect(() => parseJson(`[${Array.from({ length: 100_001 }, () => 1).join()}]`)).toThrow(/more than 100000 values/);
    expect(() => parseJson(`[${Array.from({ length: 50_001 }, () => '[]').join()}]`)).toThrow(/more than 100000/);
    expect(parseJson(JSON.stringify(','.repeat(200_000)))).toHaveLength(200_000);
  });

  it('keeps members with dangerous names as plain members', () => {
    const value = parseJson('{"__proto__":{"polluted":true}}');
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect({}).not.toHaveProperty('polluted');
  });
});
