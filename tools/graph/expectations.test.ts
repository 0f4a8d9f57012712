import { describe, expect, it } from 'vitest';
import type { Answer } from './mute-answer.ts';
import type { Problem } from './payloads/judge.ts';
import type { Observation } from '../engine/target/observation.ts';
import { answered } from '../dev/testing/answered.ts';
import { ExpectationFailure, shown } from '../engine/cases/expect.ts';
import { Expectations } from './expectations.ts';

/** What a body leaves that speaks of expectations. */
function observed(body: (words: Expectations) => void): Observation {
  const observation: Observation = { checked: [] };
  body(new Expectations(observation));
  return observation;
}

/** What the first of them that does not hold is told with; undefined when all do. */
function failureOf(body: (words: Expectations) => void): unknown {
  try {
    observed(body);
    return undefined;
  } catch (error) {
    return error;
  }
}

function problem(requirement: Problem['requirement'], pointer: string): Problem {
  return { requirement, level: 'must', pointer, message: 'it is wrong', expected: 'what belongs there', actual: 'x' };
}

it('what is noted is what was seen', () => {
  expect(observed(({ note }) => note('three updates'))).toEqual({ checked: [], observed: 'three updates' });
});

describe('demand', () => {
  it('keeps what was found as expected', () => {
    const { checked } = observed(({ demand }) => demand(true, 'status 200', ''));
    expect(checked).toEqual(['status 200']);
  });

  it('throws expectation, actual and hint', () => {
    const failing = failureOf(({ demand }) => demand(false, 'status 200', 'it was 500', 'the handler'));
    expect(failing).toBeInstanceOf(ExpectationFailure);
    expect(failing).toMatchObject({
      message: 'expected status 200, but it was 500',
      expectation: 'status 200',
      actual: 'it was 500',
      hint: 'the handler',
    });
  });
});

describe('demand, put many times', () => {
  it('keeps an expectation once that is put again and again', () => {
    const { checked } = observed(({ demand }) => {
      for (const expectation of ['a', 'a', 'b', 'b', 'a']) demand(true, expectation, '');
    });
    expect(checked).toEqual(['a', 'b', 'a']);
  });

  it('keeps fifty at most', () => {
    const { checked } = observed(({ demand }) => {
      for (let index = 0; index < 60; index += 1) demand(true, `expectation ${index}`, '');
    });
    expect(checked).toHaveLength(50);
    expect(checked.at(-1)).toBe('expectation 49');
  });
});

describe('answers', () => {
  it.each<[string, (words: Expectations) => void, string]>([
    ['the status', ({ expect }) => expect(answered(200)).toHaveStatus(200), 'status 200'],
    ['one of the statuses', ({ expect }) => expect(answered(415)).toHaveStatus(400, 415), 'status 400 or 415'],
    ['400, refused', ({ expect }) => expect(answered(400)).toBeRefused(), 'a refusal with a 4xx status'],
    [
      '499, refused',
      ({ expect }) => expect(answered(499)).toBeRefused({ butNot: [401, 404, 429] }),
      'a refusal with a 4xx status, but not 401, 404 or 429',
    ],
    ['201, a success', ({ expect }) => expect(answered(201)).toSucceed(), 'a success'],
    ['400, no success', ({ expect }) => expect(answered(400)).not.toSucceed(), 'a response other than a success'],
    ['499, no 5xx', ({ expect }) => expect(answered(499)).not.toBeServerError(), 'no 5xx for a mistake of the client'],
    [
      '501, refused as a feature that is not served',
      ({ expect }) => expect(answered(501)).toBeRefused({ butNot: [401], or501: true }),
      'a refusal with a 4xx status, but not 401, or with 501',
    ],
    [
      '501, which is spared',
      ({ expect }) => expect(answered(501)).not.toBeServerError({ but501: true }),
      'no 5xx but 501 for a mistake of the client',
    ],
    [
      'the clientContext',
      ({ expect }) => expect(answered(200, '{"clientContext":"a\\"b"}')).toEchoClientContext('a"b'),
      'clientContext "a\\"b", as it was sent',
    ],
  ])('%s: holds', (_what, body, expectation) => {
    expect(observed(body).checked).toEqual([expectation]);
  });

  it.each<[string, (words: Expectations) => void, string, string]>([
    [
      'another status',
      ({ expect }) => expect(answered(204)).toHaveStatus(200),
      'status 200',
      'POST /mute was answered 204 with an empty body',
    ],
    [
      'none of the statuses',
      ({ expect }) => expect(answered(200, '{}')).toHaveStatus(400, 415, 422),
      'status 400, 415 or 422',
      'POST /mute was answered 200 with an empty JSON object',
    ],
    [
      '399, not refused',
      ({ expect }) => expect(answered(399)).toBeRefused(),
      'a refusal with a 4xx status',
      'POST /mute was answered 399 with an empty body',
    ],
    [
      '500, not refused',
      ({ expect }) => expect(answered(500)).toBeRefused(),
      'a refusal with a 4xx status',
      'POST /mute was answered 500 with an empty body',
    ],
    [
      '404, refused for something else',
      ({ expect }) => expect(answered(404)).toBeRefused({ butNot: [404] }),
      'a refusal with a 4xx status, but not 404',
      'POST /mute was answered 404 with an empty body',
    ],
    [
      '300, no success',
      ({ expect }) => expect(answered(300)).toSucceed(),
      'a success',
      'POST /mute was answered 300 with an empty body',
    ],
    [
      '399, not yet an error',
      ({ expect }) => expect(answered(399)).not.toSucceed(),
      'a response other than a success',
      'POST /mute was answered 399 with an empty body',
    ],
    [
      '500, a server error',
      ({ expect }) => expect(answered(500)).not.toBeServerError(),
      'no 5xx for a mistake of the client',
      'POST /mute was answered 500 with an empty body',
    ],
    [
      '501, which is not spared',
      ({ expect }) => expect(answered(501)).not.toBeServerError(),
      'no 5xx for a mistake of the client',
      'POST /mute was answered 501 with an empty body',
    ],
    [
      '502 where 501 is spared',
      ({ expect }) => expect(answered(502)).not.toBeServerError({ but501: true }),
      'no 5xx but 501 for a mistake of the client',
      'POST /mute was answered 502 with an empty body',
    ],
    [
      '401 where 501 would be a refusal',
      ({ expect }) => expect(answered(401)).toBeRefused({ butNot: [401], or501: true }),
      'a refusal with a 4xx status, but not 401, or with 501',
      'POST /mute was answered 401 with an empty body',
    ],
    [
      'another clientContext',
      ({ expect }) => expect(answered(200, '{"clientContext":"A"}')).toEchoClientContext('a'),
      'clientContext "a", as it was sent',
      'clientContext is "A"',
    ],
    [
      'no clientContext',
      ({ expect }) => expect(answered(200, '{}')).toEchoClientContext('undefined'),
      'clientContext "undefined", as it was sent',
      'clientContext is undefined',
    ],
  ])('%s: fails', (_what, body, expectation, actual) => {
    expect(failureOf(body)).toMatchObject({ name: 'ExpectationFailure', expectation, actual });
  });
});

describe('a redirect', () => {
  const wordings: readonly [string, (words: Expectations, answer: Answer) => void][] = [
    ['a status', ({ expect }, answer) => expect(answer).toHaveStatus(418)],
    ['a refusal', ({ expect }, answer) => expect(answer).toBeRefused()],
    ['a success', ({ expect }, answer) => expect(answer).toSucceed()],
    ['no success', ({ expect }, answer) => expect(answer).not.toSucceed()],
  ];

  it.each(wordings)('is what to look at where %s is expected', (_what, body) => {
    const redirected = answered(308, '', { location: 'https://other.example/mute/' });
    expect(failureOf((words) => body(words, redirected))).toMatchObject({
      hint: 'The request is redirected to https://other.example/mute/, and redirects are not followed, because a client would send its token along: serve the path as it is documented, or let the base URL lead there directly.',
    });
  });

  it('may lead nowhere', () => {
    const nowhere = failureOf(({ expect }) => expect(answered(301)).toHaveStatus(200));
    expect(nowhere).toMatchObject({ hint: expect.stringMatching(/^The request is redirected to nowhere,/) as string });
  });

  it.each<[number, number]>([
    [0, 299],
    [0, 400],
    [1, 500],
    [2, 400],
    [3, 299],
  ])('is none, and no hint, in wording %i with status %i', (index, status) => {
    const located = answered(status, '', { location: '/elsewhere' });
    const failure = failureOf((words) => wordings[index]?.[1](words, located));
    expect(failure).toMatchObject({ name: 'ExpectationFailure', hint: undefined });
  });
});

describe('values', () => {
  const guid = '5E2C8F0A-1B2C-4D3E-8F90-A1B2C3D4E5F6';

  it.each<[string, (words: Expectations) => void]>([
    ['toBe', ({ expect }) => expect(1, 'one').toBe(1)],
    ['toBeSameId', ({ expect }) => expect(guid.replaceAll('-', '').toLowerCase(), 'id').toBeSameId(guid)],
    ['toBePresent', ({ expect }) => expect('text', 'header').toBePresent()],
    ['toMatch', ({ expect }) => expect('abc', 'text').toMatch(/^a/, 'to begin with a')],
    ['toKeep', ({ expect }) => expect([] as Problem[]).toSatisfy('response.id', 'an id')],
  ])('%s holds', (_name, body) => {
    expect(observed(body).checked).toHaveLength(1);
  });

  it.each<[string, (words: Expectations) => void, string, string]>([
    ['toBe', ({ expect }) => expect('1', 'one').toBe(1), 'one to be 1', 'it is "1"'],
    ['toBeSameId', ({ expect }) => expect(undefined, 'id').toBeSameId(guid), `id to be ${guid}`, 'there is none'],
    ['toBeSameId', ({ expect }) => expect('other', 'id').toBeSameId(guid), `id to be ${guid}`, 'it is "other"'],
    ['toBeSameId', ({ expect }) => expect([guid], 'id').toBeSameId(guid), `id to be ${guid}`, `it is ["${guid}"]`],
    [
      'toBePresent',
      ({ expect }) => expect('  ', 'header').toBePresent(),
      'header to be there and not empty',
      'it is "  "',
    ],
    ['toBePresent', ({ expect }) => expect(5, 'header').toBePresent(), 'header to be there and not empty', 'it is 5'],
    [
      'toBePresent',
      ({ expect }) => expect(undefined, 'header').toBePresent(),
      'header to be there and not empty',
      'there is none',
    ],
    [
      'toMatch',
      ({ expect }) => expect('xyz', 'text').toMatch(/^a/, 'to begin with a'),
      'text to begin with a',
      'it is "xyz"',
    ],
    ['toMatch', ({ expect }) => expect(5, 'text').toMatch(/^5$/, 'to be five'), 'text to be five', 'it is 5'],
    [
      'toMatch',
      ({ expect }) => expect(undefined, 'text').toMatch(/u/, 'to have a u'),
      'text to have a u',
      'there is none',
    ],
  ])('%s fails', (_name, body, expectation, actual) => {
    expect(failureOf(body)).toMatchObject({ name: 'ExpectationFailure', expectation, actual });
  });

  it('counts the problems of its own requirement only', () => {
    const status = problem('response.status', '/status');
    const { checked } = observed(({ expect }) => expect([status]).toSatisfy('response.id', 'an id'));
    expect(checked).toEqual(['an id']);
    const other = problem('response.id', '/id');
    expect(failureOf(({ expect }) => expect([other, status]).toSatisfy('response.status', 'a status'))).toMatchObject({
      expectation: 'a status: at /status, what belongs there',
      actual: 'at /status: it is wrong',
    });
  });

  it('tells of several problems', () => {
    const problems = [problem('response.schema', ''), problem('response.schema', '/x')];
    expect(failureOf(({ expect }) => expect(problems).toSatisfy('response.schema', 'an operation'))).toMatchObject({
      expectation: 'an operation',
      actual: 'at the root: it is wrong; at /x: it is wrong',
    });
  });
});

it('cuts long values', () => {
  expect(shown('x'.repeat(1000), 10)).toBe('"xxxxxxxxx… (1000 characters)');
  expect(shown('x'.repeat(10), 12)).toBe('"xxxxxxxxxx"');
  expect(shown([1, 2, 3, 4, 5], 11)).toBe('[1,2,3,4,5]');
  expect(shown([1, 2, 3, 4, 5], 10)).toBe('[1,2,3,4,5… (11 characters)');
  expect(shown('x'.repeat(8), 10)).toBe('"xxxxxxxx"');
  expect(shown(undefined)).toBe('undefined');
});
