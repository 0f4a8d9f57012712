import { describe, expect, it } from 'vitest';
import type { RecordedExchange } from './recorded.ts';
import { secretsIn } from './secrets-in.ts';

const exchange = (over: Partial<RecordedExchange>): RecordedExchange => ({
  place: 'entry 1',
  at: 0,
  method: 'POST',
  url: new URL('http://target.test/'),
  headers: [],
  body: undefined,
  answer: undefined,
  ...over,
});
const answer = (text: string, headers: RecordedExchange['headers'] = []) => ({
  status: 200,
  headers,
  body: Buffer.from(text),
});
const form: RecordedExchange['headers'] = [['Content-Type', 'application/x-www-form-urlencoded']];

describe('the secrets of traffic', () => {
  it.each<[string, Partial<RecordedExchange>, string[]]>([
    ['a token', { headers: [['Authorization', 'Bearer t0ken']] }, ['Bearer t0ken', 't0ken']],
    [
      'cookies, but for short values',
      { headers: [['Cookie', 'session=0123456789; dark=true']] },
      ['session=0123456789; dark=true', '0123456789'],
    ],
    [
      'a cookie that is set, but not its attributes',
      { answer: answer('', [['Set-Cookie', 'session=0123456789; Path=/long-enough']]) },
      ['session=0123456789; Path=/long-enough', '0123456789'],
    ],
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
});
