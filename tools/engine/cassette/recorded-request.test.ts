import { describe, expect, it } from 'vitest';
import { createRedactor } from '../http/redaction.ts';
import type { RecordedExchange } from './cassette.ts';
import { differenceOf, recordedRequest } from './recorded-request.ts';
import { UsedTokens } from './used-tokens.ts';

const token = 'first-secret';
const unprivilegedToken = 'second-secret';
const tokens = new UsedTokens({ token, unprivilegedToken });
const clean = tokens.cleaner(createRedactor([token, unprivilegedToken, 'header-secret']));
/** As a replay has them. */
const replayed = new UsedTokens({ token: '[redacted-token]', unprivilegedToken: '[redacted-second-token]' });

type Header = readonly [string, string];
const json: Header = ['Content-Type', 'application/json'];
const bearer: Header = ['Authorization', `Bearer ${token}`];
const always: readonly Header[] = [
  ['Accept', 'application/json'],
  ['User-Agent', 'call-mute-conformance'],
  ['client-request-id', 'one'],
];

function recorded(headers: readonly Header[], body?: string | Buffer) {
  return recordedRequest({ headers: [...always, ...headers], body }, tokens, ['X-Configured'], clean);
}

describe('a request in a cassette', () => {
  it('says nothing of what every request has', () => {
    expect(recorded([bearer, json, ['x-configured', 'header-secret']], '{"a":1}')).toEqual({ body: { a: 1 } });
    expect(recorded([bearer])).toEqual({});
  });

  it('says what is left out, changed and added, without secrets', () => {
    expect(recorded([['X-Other', 'a header-secret']], 'text')).toEqual({
      headers: { authorization: null, 'content-type': null, 'x-other': 'a [redacted]' },
      body: 'text',
    });
    expect(recorded([['Authorization', `Bearer ${unprivilegedToken}`], json], '{}').headers).toEqual({
      authorization: 'Bearer [redacted-second-token]',
    });
    expect(
      recorded(
        [
          ['Authorization', 'Bearer '],
          ['Content-Type', 'text/plain'],
        ],
        '',
      ).headers,
    ).toEqual({
      authorization: 'Bearer ',
      'content-type': 'text/plain',
    });
  });

  it('finds tokens that were fetched on the way, and those too short to be looked for in texts', () => {
    const fetched = new UsedTokens({});
    expect(fetched.usualHeader).toBeUndefined();
    for (const one of ['abc', 'a-later-token']) {
      fetched.add(one);
      const request = { headers: [['authorization', `Bearer ${one}`] as const], body: undefined };
      expect(recordedRequest(request, fetched, [], (text) => text)).toEqual({});
    }
    expect(fetched.cleaner(createRedactor([]))('abc a-later-token')).toBe('abc [redacted-token]');
  });

  it('keeps of a long body, and of one that is no text, the hash alone', () => {
    const long = 'x'.repeat(10_000);
    expect(recorded([bearer, json], long)).toEqual({ bodySha256: expect.any(String) as string });
    expect(recorded([bearer, json], Buffer.from([0xff]))).toEqual({ bodySha256: expect.any(String) as string });
  });
});

describe('a request of a replay', () => {
  const path = '/beta/communications/calls/1/mute';
  const request = { method: 'POST', path, headers: [...always, ['Authorization', 'Bearer [redacted-token]'], json] };
  const difference = (
    before: Partial<RecordedExchange> & { request: RecordedExchange['request'] },
    body: string | Buffer | undefined,
    over: object = {},
  ) =>
    differenceOf(
      { method: 'POST', path, ...before } as RecordedExchange,
      { ...request, body, ...over } as unknown as Parameters<typeof differenceOf>[1],
      replayed,
    );

  it('is the one that was recorded', () => {
    expect(difference({ request: recorded([bearer, json], '{"clientContext":"c"}') }, '{"clientContext":"c"}')).toBe(
      undefined,
    );
    const long = 'x'.repeat(10_000);
    expect(difference({ request: recorded([bearer, json], long) }, long)).toBe(undefined);
  });

  it('may have had secrets where none are any more', () => {
    const before = { request: { body: { tenant: '[redacted]', more: 'a [redacted-token] b' } } };
    expect(difference(before, '{"tenant":"s3cret","more":"a token b"}')).toBe(undefined);
    expect(difference(before, '{"tenant":"s3cret","other":"a token b"}')).toBe('another body');
    expect(difference({ ...before, path: '/calls/[redacted]/mute' }, undefined, { path: '/calls/1/unmute' })).toContain(
      'instead of POST /calls/[redacted]/mute',
    );
    expect(difference({ request: { body: 'ab[redacted]bc' } }, 'abc')).toBe('another body');
  });

  it.each([
    ['method', { method: 'PUT' }, 'PUT /beta/communications/calls/1/mute instead of POST'],
    ['path', { path: '/other' }, 'POST /other instead of POST /beta'],
    ['token', { headers: [...always, ['Authorization', 'Bearer other'], json] }, 'another authorization header'],
    ['missing token', { headers: [...always, json] }, 'another authorization header'],
    ['media type', { headers: [...request.headers, ['Content-Type', 'text/plain']] }, 'another content-type header'],
    ['new header', { headers: [...request.headers, ['X-New', '1']] }, 'another x-new header'],
    ['body', { body: '{"clientContext":"d"}' }, 'another body'],
    ['missing body', { body: undefined }, 'another'],
    ['long body', { body: 'x'.repeat(10_000) }, 'another body'],
  ])('is another one by its %s', (_name, over, said) => {
    const before = { request: recorded([bearer, json], '{"clientContext":"c"}') };
    expect(difference(before, '{"clientContext":"c"}', over)).toContain(said);
  });
});
