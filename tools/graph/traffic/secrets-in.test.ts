import { describe, expect, it } from 'vitest';
import type { TrafficExchange } from './recorded.ts';
import { secretsIn } from './secrets-in.ts';

const calls = new URL('http://target.test/beta/communications/calls/c/mute');
const exchange = (over: Partial<TrafficExchange>): TrafficExchange => ({
  place: 'entry 1',
  at: 0,
  method: 'POST',
  url: new URL('http://target.test/'),
  headers: [],
  body: undefined,
  answer: undefined,
  ...over,
});
const answer = (text: string, headers: TrafficExchange['headers'] = []) => ({
  status: 200,
  headers,
  body: Buffer.from(text),
});
const form: TrafficExchange['headers'] = [['Content-Type', 'application/x-www-form-urlencoded']];

describe('the secrets of traffic', () => {
  it.each<[string, Partial<TrafficExchange>, string[]]>([
    ['a token', { headers: [['Authorization', 'Bearer t0ken']] }, ['t0ken']],
    [
      'cookies, but for short values',
      { url: calls, headers: [['Cookie', 'session=0123456789; dark=true']] },
      ['0123456789'],
    ],
    [
      'a cookie that is set, but not its attributes',
      { url: calls, answer: answer('', [['Set-Cookie', 'session=0123456789; Path=/long-enough']]) },
      ['0123456789'],
    ],
    ['no cookies of other sites', { headers: [['Cookie', 'session=0123456789']] }, []],
    ['a key', { headers: [['X-Api-Key', 'k3y']] }, ['k3y']],
    [
      'the client secret of a form',
      { headers: form, body: 'grant_type=client_credentials&client_secret=a%2Bb' },
      ['a+b'],
    ],
    ['a client secret in JSON', { body: String.raw`[{"clientSecret" : "a\"b\u0041"}]` }, ['a"bA']],
    ['tokens in an answer', { answer: answer('{"access_token":"one","refresh_token":"two"}') }, ['one', 'two']],
    [
      'JSON that is cut off',
      { answer: answer(String.raw`{"access_token":"o\qne","id_token":"tw`) },
      [String.raw`o\qne`],
    ],
    ['parameters of an address', { url: new URL('http://me:p%40ss@bot.test/?code=c0de&a=b') }, ['p@ss', 'c0de']],
    ['not the code of an error', { answer: answer('{"error":{"code":"Forbidden"}}') }, []],
  ])('are %s', (_name, over, expected) => {
    expect(secretsIn([exchange(over), exchange(over)])).toEqual(expected);
  });

  it('are refused where they are too many to look for', () => {
    const tokens = (count: number, token: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => exchange({ headers: [['Authorization', `Bearer ${token(index)}`]] }));
    expect(secretsIn(tokens(2_000, (index) => `eyJhbGci.${index}`))).toHaveLength(2_000);
    expect(() => secretsIn(tokens(2_001, (index) => `eyJhbGci.${index}`))).toThrow(/2001 different credentials/);
    expect(() => secretsIn(tokens(101, (index) => `${1_000 + index}-token`))).toThrow(/101 different credentials/);
  });
});
