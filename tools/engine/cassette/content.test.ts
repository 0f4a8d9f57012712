import { assert, json, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHeaders, contentOf, textOf } from './content.ts';

describe('a body in a cassette', () => {
  it('gives back exactly the text, whatever it is', () => {
    assert(property(string({ unit: 'binary' }), (text) => textOf(contentOf(text)) === text));
    assert(property(json(), (text) => textOf(contentOf(text)) === text));
  });

  it.each([
    ['an object', '{"id":"1","list":[1,2]}'],
    ['an array', '[]'],
    ['a member that is called __proto__', '{"__proto__":{"a":1}}'],
  ])('is a value where it is %s as JSON.stringify writes it', (_name, text) => {
    expect(contentOf(text)).not.toBeTypeOf('string');
    expect(textOf(contentOf(text))).toBe(text);
  });

  it.each([
    ['spaces', '{ "id": 1 }'],
    ['a member twice', '{"id":1,"id":2}'],
    ['a number that JavaScript writes otherwise', '{"id":1.0}'],
    ['a number beyond what JavaScript can hold', '{"id":12345678901234567890}'],
    ['escapes that need not be', '{"id":"\\u0041"}'],
    ['numbers for names, which change places', '{"b":1,"1":2}'],
    ['what is cut off', '{"id":'],
    ['a JSON string', '"text"'],
    ['nothing', ''],
  ])('stays text where it has %s', (_name, text) => {
    expect(contentOf(text)).toBe(text);
  });
});

describe('the headers of a cassette', () => {
  it('are those that are true of the body as it is kept, in their order and as often as they came', () => {
    const rawHeaders = ['Host', 'h', 'X-B', '1', 'CONTENT-LENGTH', '12', 'x-b', '2', 'Content-Encoding', 'gzip'];
    expect(contentHeaders(rawHeaders)).toEqual(['X-B', '1', 'x-b', '2']);
  });
});
