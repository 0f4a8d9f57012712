import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timesAsLong } from '../../dev/testing/growth.ts';
import { createRedactor, redacted } from './redaction.ts';

const secret = `p/q+r "s" <t> & 'ü'\\~`;
const redact = (value: string) => createRedactor([secret]).text(value);
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhcHAifQ.c2lnbmF0dXJl';

const long = 'A.b-C_d~E+f/G=h0123456789==';
const percents = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const unicodeEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
const thrice = (write: (text: string) => string, text: string) => write(write(write(text)));

describe('a secret', () => {
  it.each([
    ['as it is', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded in lower case', encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase())],
    ['in a form', new URLSearchParams([['', secret]]).toString().slice(1)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['in XML', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    [
      'in HTML',
      secret
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
    ],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64url', Buffer.from(secret).toString('base64url')],
  ])('is taken out %s', (_, form) => {
    expect(redact(`before ${form} after ${form}`)).toBe(`before ${redacted} after ${redacted}`);
  });

  it('is taken out of the middle of base64', () => {
    for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
      for (const after of ['', 'z', 'zy', ':more']) {
        const text = before + secret + after;
        for (const encoding of ['base64', 'base64url'] as const) {
          const clean = redact(Buffer.from(text).toString(encoding));
          expect(clean).toContain(redacted);
          expect(clean.length).toBeLessThan(redacted.length + before.length * 2 + after.length * 2 + 8);
        }
      }
    }
  });

  it.each([
    ['url-encoded four times over', (text: string) => thrice(encodeURIComponent, encodeURIComponent(text))],
    [
      'with every character escaped as in JSON, four times over',
      (text: string) => thrice((each) => JSON.stringify(each).slice(1, -1), text.replace(/./gu, unicodeEscape)),
    ],
    [
      'escaped for HTML four times over',
      (text: string) => thrice((each) => each.replaceAll('&', '&amp;'), text.replaceAll('/', '&#x2F;')),
    ],
    ['with every character url-encoded', (text: string) => percents(text)],
    ['with every character escaped as in JSON', (text: string) => text.replace(/./gu, unicodeEscape)],
    [
      'with some characters escaped as in JSON',
      (text: string) => text.replaceAll('+', '\\u002B').replaceAll('/', '\\/'),
    ],
    [
      'with every character escaped as in HTML',
      (text: string) => text.replace(/./gu, (c) => `&#${c.codePointAt(0) ?? 0};`),
    ],
    ['in base64, url-encoded', (text: string) => encodeURIComponent(Buffer.from(text).toString('base64'))],
    ['in base64, escaped as in JSON', (text: string) => Buffer.from(text).toString('base64').replaceAll('/', '\\/')],
  ])('is taken out %s', (_, write) => {
    const plain = 'Sec.ret+Of/Many~Forms0123456789?>';
    expect(createRedactor([plain]).text(`(${write(plain)})`)).toBe(`(${redacted})`);
  });

  it('is taken out where the text was cut in the middle of it', () => {
    // From eight characters on, each of which may be written as three.
    for (const [form, shortest] of [
      [long, 8],
      [encodeURIComponent(long), 24],
      [Buffer.from(long).toString('base64'), 8],
      [percents(long), 24],
    ] as const) {
      for (let length = shortest; length < form.length; length += 1) {
        const { text } = createRedactor([long]);
        const part = form.slice(0, length);
        for (const rest of ['', '…', '"… (400 characters)']) {
          const clean = text(`it said ${part}${rest}`);
          expect(clean).toContain(`it said ${redacted}`);
          expect(clean).not.toContain(form.slice(0, shortest));
        }
      }
    }
  });

  it('of which only the beginning stands in a text stays there', () => {
    expect(createRedactor(['token-of-tokens']).text('a token-of a kind')).toBe('a token-of a kind');
  });

  it('is not taken for the end of an id by its first characters', () => {
    const { text } = createRedactor(['67b7ec35-ee3f-4893-814b-d00377ae0000', 'secret']);
    expect(text('…/operations/ec3504ee-3f20-4893-814b-d00377ae67b7')).toMatch(/67b7$/);
    expect(text('it said 67b7ec35')).toBe(`it said ${redacted}`);
    expect(text('it said secr')).toBe(`it said ${redacted}`);
  });

  it('of which only the beginning is told openly stays there', () => {
    const { text } = createRedactor(['plain-token-0123'], ['plain', 'http://localhost/plain-to']);
    expect(text('of plain')).toBe('of plain');
    expect(text('http://localhost/plain-to')).toBe('http://localhost/plain-to');
    expect(text('of plain-tok')).toBe(`of ${redacted}`);
    expect(text('of plain-token-0123')).toBe(`of ${redacted}`);
  });

  // Nine long texts, three times each: on a busy machine longer than the usual limit.
  it('takes no more than its share of time in a text that is made to be slow', async () => {
    const { text, deep } = createRedactor([long]);
    for (const piece of [
      '-bearereyJ',
      '-eyJ',
      'bearer eyJ.',
      '%',
      '\\',
      '&amp;',
      '%25',
      'authorization ',
      long.slice(0, -1),
    ]) {
      const search = (length: number) => {
        const slow = piece.repeat(Math.floor(length / piece.length));
        return () => {
          text(slow);
          deep({ authorization: slow });
        };
      };
      // 25 times the text: 625 times the time where each character is looked at again for each other.
      expect(await timesAsLong(search(200_000), search(8_000)), piece).toBeLessThan(125);
    }
  }, 60_000);

  it('that holds another is taken out whole', () => {
    const { text } = createRedactor(['token', 'token-of-tokens', 'token-of']);
    expect(text('token-of-tokens token-of token')).toBe(`${redacted} ${redacted} ${redacted}`);
  });

  it('shorter than four characters is none, and none is no trouble', () => {
    expect(createRedactor(['', 'a', 'abc']).text('a abc')).toBe('a abc');
    expect(createRedactor([]).text('plain')).toBe('plain');
  });

  it('cannot be found, in any of its forms', () => {
    // What stands in its place must not itself complete one.
    const secrets = fc
      .string({ unit: 'binary', minLength: 4, maxLength: 24 })
      .filter((value) => !/[[\]]/.test(value) && !redacted.includes(value));
    const around = fc.string({ unit: 'grapheme-ascii', maxLength: 6 }).map((value) => value.replace(/[[\]]/g, ''));
    fc.assert(
      fc.property(secrets, around, around, (value, before, after) => {
        const { text } = createRedactor([value]);
        const plain = before + value + after;
        expect(text(plain)).not.toContain(value);
        for (const form of [
          (whole: string) => encodeURIComponent(Buffer.from(whole).toString()),
          (whole: string) => JSON.stringify(whole).slice(1, -1),
          (whole: string) => JSON.stringify(JSON.stringify(whole)).slice(3, -3),
        ]) {
          expect(text(form(plain))).not.toContain(form(value));
        }
        for (const encoding of ['base64', 'base64url'] as const) {
          const pieces = text(Buffer.from(plain).toString(encoding)).split(redacted);
          expect(pieces.length).toBeGreaterThan(1);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a JSON Web Token', () => {
  it.each([
    [`Authorization: Bearer ${jwt}`, `Authorization: Bearer ${redacted}`],
    [`{"authorization":"${jwt}"}`, `{"authorization":"${redacted}"}`],
    [`authorization='${jwt}'`, `authorization='${redacted}'`],
    [`-H 'authorization: bearer ${jwt}' -i`, `-H 'authorization: bearer ${redacted}' -i`],
  ])('is taken out of %s', (text, clean) => {
    expect(createRedactor([]).text(text)).toBe(clean);
  });

  it('stays where it is no credential', () => {
    expect(createRedactor([]).text(`"clientContext":"${jwt}"`)).toContain(jwt);
  });

  it('is taken out of the member of that name', () => {
    const headers = { Authorization: jwt, authorization: [`Custom ${jwt}`], etag: jwt };
    expect(createRedactor([]).deep(headers)).toEqual({
      Authorization: redacted,
      authorization: [`Custom ${redacted}`],
      etag: jwt,
    });
  });
});

describe('a value', () => {
  const { deep } = createRedactor(['s3cret-token']);

  it('is redacted in every string and every name', () => {
    const value = { list: ['s3cret-token', 1, null, { 'x-s3cret-token': true }], untouched: { a: 1 } };
    const clean = deep(value);
    expect(clean).toEqual({ list: [redacted, 1, null, { [`x-${redacted}`]: true }], untouched: { a: 1 } });
    expect(clean.untouched).toBe(value.untouched);
    expect(value.list[0]).toBe('s3cret-token');
  });

  it('is itself when there is nothing to take out', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(deep(value)).toBe(value);
      }),
    );
  });

  it('keeps members with dangerous names as plain members', () => {
    const clean = deep(JSON.parse('{"__proto__":{"a":"s3cret-token"}}') as Record<string, unknown>);
    expect(JSON.stringify(clean)).toBe(`{"__proto__":{"a":"${redacted}"}}`);
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
  });
});

it('takes thousands of secrets out of what is escaped again and again, before the test is over', () => {
  const secrets = Array.from({ length: 2_000 }, (_, index) => createHash('sha256').update(`${index}`).digest('base64'));
  const { text } = createRedactor(secrets);
  const body = JSON.stringify(JSON.stringify(secrets.slice(0, 200).map((secret) => ({ name: 'a "b" c', secret }))));
  const clean = text(body);
  expect(clean.split(redacted)).toHaveLength(201);
  expect(clean).toContain('a \\\\\\"b');
});
