import { describe, expect, it } from 'vitest';
import { changed, documented, told } from '../../dev/testing/payloads.ts';
import { judgeError } from './judge.ts';

const refusal = documented('refusal');

function findings(body: unknown): string[] {
  return told(judgeError(body));
}

describe('judgeError', () => {
  it('has nothing to say of a good refusal', () => {
    expect(findings(refusal)).toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['a code of words', '/error/code', 'itemNotFound'],
    ['no client-request-id', '/error/innerError/client-request-id', undefined],
    ['a nested innerError', '/error/innerError/innerError', { code: 'x' }],
    ['details', '/error/details', []],
    ['a nested error of no form', '/error/innerError/innerError', 5],
    ['a member beside error', '/@odata.context', 'x'],
    ['a date with zone', '/error/innerError/date', '2024-04-05T10:20:30Z'],
  ])('takes %s', (_title, pointer, value) => {
    expect(findings(changed(refusal, pointer, value))).toEqual([]);
  });

  it.each<[string, string, unknown, string[]]>([
    ['no error', '/error', undefined, ['error.body /error']],
    ['an error that is text', '/error', 'not found', ['error.body /error']],
    ['an error that is an array', '/error', [], ['error.body /error']],
    ['an error that is null', '/error', null, ['error.body /error']],
    ['no code', '/error/code', undefined, ['error.body /error/code']],
    ['an empty code', '/error/code', '', ['error.body /error/code']],
    ['a code that is a number', '/error/code', 404, ['error.body /error/code']],
    ['no message', '/error/message', undefined, ['error.body /error/message']],
    ['an empty message', '/error/message', '', ['error.body /error/message']],
    ['a message that is an object', '/error/message', { lang: 'en' }, ['error.body /error/message']],
    ['no innerError', '/error/innerError', undefined, ['error.inner-error /error/innerError']],
    ['innerError null', '/error/innerError', null, ['error.inner-error /error/innerError']],
    ['innerError as text', '/error/innerError', 'x', ['error.inner-error /error/innerError']],
    ['no date', '/error/innerError/date', undefined, ['error.inner-error /error/innerError/date']],
    ['a date that is a number', '/error/innerError/date', 1712312430, ['error.inner-error /error/innerError/date']],
    ['an empty request-id', '/error/innerError/request-id', '', ['error.inner-error /error/innerError/request-id']],
    [
      'a request-id that is a number',
      '/error/innerError/request-id',
      5,
      ['error.inner-error /error/innerError/request-id'],
    ],
    [
      'a client-request-id that is a number',
      '/error/innerError/client-request-id',
      5,
      ['error.inner-error /error/innerError/client-request-id'],
    ],
    [
      'neither code nor innerError',
      '/error',
      { message: 'x' },
      ['error.body /error/code', 'error.inner-error /error/innerError'],
    ],
  ])('finds %s', (_title, pointer, value, expected) => {
    expect(findings(changed(refusal, pointer, value))).toEqual(expected);
  });

  it('warns of innererror, and says so', () => {
    const body = { error: { code: 'x', message: 'y', innererror: { date: 'd', 'request-id': 'r' } } };
    const [problem] = judgeError(body);
    expect(problem).toMatchObject({ requirement: 'error.inner-error', level: 'should' });
    expect(problem?.expected).toContain('not innererror');
    expect(judgeError(body, { partial: true })).toHaveLength(1);
  });

  it.each([null, [], [{ error: {} }], 'Not Found', 404])('takes %j for no refusal', (body) => {
    expect(judgeError(body)).toMatchObject([{ requirement: 'error.body', pointer: '', level: 'must' }]);
  });

  it('judges of a fragment only what is there', () => {
    expect(judgeError({ error: { code: '9999' } }, { partial: true })).toEqual([]);
    expect(judgeError({ error: { innerError: {} } }, { partial: true })).toEqual([]);
    expect(judgeError({ error: { code: 9999 } }, { partial: true })).toMatchObject([{ pointer: '/error/code' }]);
    expect(judgeError({ error: { innerError: { date: '' } } }, { partial: true })).toMatchObject([
      { requirement: 'error.inner-error', pointer: '/error/innerError/date' },
    ]);
  });
});
