import { describe, expect, it } from 'vitest';
import type { Target } from '../engine/target/target.ts';
import { type MuteOptions, sentMute, tokenIn } from './mute-request.ts';
import type { SentMute } from './rules/sent-mute.ts';

const json = { clientContext: 'a' };

describe('what a mute says', () => {
  it.each<[string, MuteOptions, MuteOptions['body'], Partial<SentMute>]>([
    [
      'as usual',
      {},
      { json },
      { method: 'POST', isAuthorized: true, contentType: 'application/json', json, bytes: 21 },
    ],
    [
      'without a body',
      { method: 'GET' },
      undefined,
      { method: 'GET', contentType: undefined, json: undefined, bytes: 0 },
    ],
    ['as text', {}, { text: '{}', contentType: 'text/plain' }, { contentType: 'text/plain', json: {}, bytes: 2 }],
    ['of no type', {}, { text: '{}', contentType: null }, { contentType: undefined }],
    ['cut off', {}, { text: '{', contentType: 'application/json' }, { json: undefined }],
    ['in UTF-8', {}, { text: Buffer.from('{"a":"ü"}'), contentType: 'application/json' }, { json: { a: 'ü' } }],
    [
      'in Latin-1',
      {},
      { text: Buffer.from('{"a":"ü"}', 'latin1'), contentType: 'application/json' },
      { json: undefined },
    ],
    ['by another token', { authorization: 'Bearer x' }, { json }, { isAuthorized: false }],
    ['with a query', { query: 'a=1' }, { json }, { query: 'a=1' }],
  ])('%s', (_name, options, body, expected) => {
    expect(sentMute(options, body === 'none' ? undefined : body, 'group')).toMatchObject({
      callKind: 'group',
      ...expected,
    });
  });

  const validating = { capabilities: { tokenValidation: true }, unprivilegedToken: 'weak' } as Target;

  it.each<[MuteOptions['authorization'], Target | undefined, SentMute['badCredentials']]>([
    [undefined, validating, undefined],
    [null, undefined, 'missing'],
    ['Bearer ', undefined, 'empty'],
    ['bearer', undefined, 'empty'],
    ['Basic abc', undefined, 'other scheme'],
    ['abc', undefined, 'other scheme'],
    ['Bearer abc', validating, 'wrong'],
    ['Bearer abc', undefined, undefined],
    ['Bearer abc', { ...validating, capabilities: { ...validating.capabilities, tokenValidation: false } }, undefined],
    ['Bearer weak', validating, undefined],
  ])('has as credentials %s', (authorization, target, badCredentials) => {
    const options = authorization === undefined ? {} : { authorization };
    expect(sentMute(options, { json }, 'group', target).badCredentials).toBe(badCredentials);
  });

  it('has credentials of which nothing is certain among other headers', () => {
    expect(sentMute({ authorization: null, headers: {} }, { json }, 'group').badCredentials).toBeUndefined();
  });

  it.each([
    ['Bearer abc', 'abc'],
    ['token abc', 'abc'],
    ['Basic abc', undefined],
    ['Bearer ', undefined],
    [null, undefined],
  ])('has in %s the token %s', (authorization, token) => {
    expect(tokenIn(authorization)).toBe(token);
  });
});
