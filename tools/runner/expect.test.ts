import { describe, expect, it } from 'vitest';
import type { Problem } from '../contract/judge.ts';
import { HttpAnswer } from '../target/http-answer.ts';
import { Answer } from '../target/mute-answer.ts';
import { demand, expect as expectOf, ExpectationFailure, shown } from './expect.ts';
import { type Observation, observe } from './observation.ts';

function observed(body: () => void): Promise<Observation> {
  const observation: Observation = { checked: [] };
  return observe(observation, async () => {
    body();
    return observation;
  });
}

function problem(requirement: Problem['requirement'], pointer: string): Problem {
  return { requirement, level: 'must', pointer, message: 'it is wrong', expected: 'what belongs there', actual: 'x' };
}

describe('demand', () => {
  it('keeps what was found as expected', async () => {
    const { checked } = await observed(() => demand(true, 'status 200', ''));
    expect(checked).toEqual(['status 200']);
  });

  it('throws expectation, actual and hint', async () => {
    const failing = observed(() => demand(false, 'status 200', 'it was 500', 'the handler'));
    await expect(failing).rejects.toMatchObject({
      message: 'expected status 200, but it was 500',
      expectation: 'status 200',
      actual: 'it was 500',
      hint: 'the handler',
    });
    await expect(failing).rejects.toBeInstanceOf(ExpectationFailure);
  });

  it('stands in a case only', () => {
    expect(() => demand(true, 'anything', '')).toThrow(/outside of a case/);
  });
});

describe('demand, put many times', () => {
  it('keeps an expectation once that is put again and again', async () => {
    const { checked } = await observed(() => {
      for (const expectation of ['a', 'a', 'b', 'b', 'a']) demand(true, expectation, '');
    });
    expect(checked).toEqual(['a', 'b', 'a']);
  });

  it('keeps fifty at most', async () => {
    const { checked } = await observed(() => {
      for (let index = 0; index < 60; index += 1) demand(true, `expectation ${index}`, '');
    });
    expect(checked).toHaveLength(50);
    expect(checked.at(-1)).toBe('expectation 49');
  });
});

describe('answers', () => {
  function answer(status: number, text = ''): Answer {
    const wire = { status, rawHeaders: [], body: Buffer.from(text) };
    const exchange = {
      step: 'mute',
      sentAtMs: 0,
      ms: 0,
      curl: 'curl',
      request: { method: 'POST', url: '/', headers: {}, body: null },
    };
    return new Answer(new HttpAnswer(wire, {}, { sentAt: 0, answeredAt: 0 }, () => exchange), 'POST /mute', 'id');
  }

  it.each<[string, () => void, string]>([
    ['the status', () => expectOf(answer(200)).toHaveStatus(200), 'status 200'],
    ['one of the statuses', () => expectOf(answer(415)).toHaveStatus(400, 415), 'status 400 or 415'],
    ['400, refused', () => expectOf(answer(400)).toBeRefused(), 'a refusal with a 4xx status'],
    [
      '499, refused',
      () => expectOf(answer(499)).toBeRefused({ butNot: [401, 404, 429] }),
      'a refusal with a 4xx status, but not 401, 404 or 429',
    ],
    ['201, a success', () => expectOf(answer(201)).toSucceed(), 'a success'],
    ['400, no success', () => expectOf(answer(400)).notToSucceed(), 'an answer that is no success'],
    ['499, no 5xx', () => expectOf(answer(499)).notToBeServerError(), 'no 5xx for a mistake of the client'],
    [
      'the clientContext',
      () => expectOf(answer(200, '{"clientContext":"a\\"b"}')).toEchoClientContext('a"b'),
      'clientContext "a\\"b", as it was sent',
    ],
  ])('%s: holds', async (_what, body, expectation) => {
    expect((await observed(body)).checked).toEqual([expectation]);
  });

  it.each<[string, () => void, string, string]>([
    [
      'another status',
      () => expectOf(answer(204)).toHaveStatus(200),
      'status 200',
      'POST /mute was answered 204 with an empty body',
    ],
    [
      'none of the statuses',
      () => expectOf(answer(200, '{}')).toHaveStatus(400, 415, 422),
      'status 400, 415 or 422',
      'POST /mute was answered 200 "{}"',
    ],
    [
      '399, not refused',
      () => expectOf(answer(399)).toBeRefused(),
      'a refusal with a 4xx status',
      'POST /mute was answered 399 with an empty body',
    ],
    [
      '500, not refused',
      () => expectOf(answer(500)).toBeRefused(),
      'a refusal with a 4xx status',
      'POST /mute was answered 500 with an empty body',
    ],
    [
      '404, refused for something else',
      () => expectOf(answer(404)).toBeRefused({ butNot: [404] }),
      'a refusal with a 4xx status, but not 404',
      'POST /mute was answered 404 with an empty body',
    ],
    [
      '300, no success',
      () => expectOf(answer(300)).toSucceed(),
      'a success',
      'POST /mute was answered 300 with an empty body',
    ],
    [
      '399, not yet an error',
      () => expectOf(answer(399)).notToSucceed(),
      'an answer that is no success',
      'POST /mute was answered 399 with an empty body',
    ],
    [
      '500, a server error',
      () => expectOf(answer(500)).notToBeServerError(),
      'no 5xx for a mistake of the client',
      'POST /mute was answered 500 with an empty body',
    ],
    [
      'another clientContext',
      () => expectOf(answer(200, '{"clientContext":"A"}')).toEchoClientContext('a'),
      'clientContext "a", as it was sent',
      'clientContext is "A"',
    ],
    [
      'no clientContext',
      () => expectOf(answer(200, '{}')).toEchoClientContext('undefined'),
      'clientContext "undefined", as it was sent',
      'clientContext is undefined',
    ],
  ])('%s: fails', async (_what, body, expectation, actual) => {
    await expect(observed(body)).rejects.toMatchObject({ name: 'ExpectationFailure', expectation, actual });
  });
});

describe('values', () => {
  const guid = '5E2C8F0A-1B2C-4D3E-8F90-A1B2C3D4E5F6';

  it.each<[string, () => void]>([
    ['toBe', () => expectOf(1, 'one').toBe(1)],
    ['toBeSameId', () => expectOf(guid.replaceAll('-', '').toLowerCase(), 'id').toBeSameId(guid)],
    ['toBePresent', () => expectOf('text', 'header').toBePresent()],
    ['toMatch', () => expectOf('abc', 'text').toMatch(/^a/, 'to begin with a')],
    ['toKeep', () => expectOf([] as Problem[]).toKeep('response.id', 'an id')],
  ])('%s holds', async (_name, body) => {
    expect((await observed(body)).checked).toHaveLength(1);
  });

  it.each<[string, () => void, string, string]>([
    ['toBe', () => expectOf('1', 'one').toBe(1), 'one to be 1', 'it is "1"'],
    ['toBeSameId', () => expectOf(undefined, 'id').toBeSameId(guid), `id to be ${guid}`, 'there is none'],
    ['toBeSameId', () => expectOf('other', 'id').toBeSameId(guid), `id to be ${guid}`, 'it is "other"'],
    ['toBeSameId', () => expectOf([guid], 'id').toBeSameId(guid), `id to be ${guid}`, `it is ["${guid}"]`],
    ['toBePresent', () => expectOf('  ', 'header').toBePresent(), 'header to be there and not empty', 'it is "  "'],
    ['toBePresent', () => expectOf(5, 'header').toBePresent(), 'header to be there and not empty', 'it is 5'],
    [
      'toBePresent',
      () => expectOf(undefined, 'header').toBePresent(),
      'header to be there and not empty',
      'there is none',
    ],
    ['toMatch', () => expectOf('xyz', 'text').toMatch(/^a/, 'to begin with a'), 'text to begin with a', 'it is "xyz"'],
    ['toMatch', () => expectOf(5, 'text').toMatch(/^5$/, 'to be five'), 'text to be five', 'it is 5'],
    ['toMatch', () => expectOf(undefined, 'text').toMatch(/u/, 'to have a u'), 'text to have a u', 'there is none'],
  ])('%s fails', async (_name, body, expectation, actual) => {
    await expect(observed(body)).rejects.toMatchObject({ name: 'ExpectationFailure', expectation, actual });
  });

  it('counts the problems of its own requirement only', async () => {
    const status = problem('response.status', '/status');
    const { checked } = await observed(() => expectOf([status]).toKeep('response.id', 'an id'));
    expect(checked).toEqual(['an id']);
    const other = problem('response.id', '/id');
    await expect(observed(() => expectOf([other, status]).toKeep('response.status', 'a status'))).rejects.toMatchObject(
      {
        expectation: 'a status: at /status, what belongs there',
        actual: 'at /status: it is wrong',
      },
    );
  });

  it('tells of several problems', async () => {
    const problems = [problem('response.schema', ''), problem('response.schema', '/x')];
    await expect(observed(() => expectOf(problems).toKeep('response.schema', 'an operation'))).rejects.toMatchObject({
      expectation: 'an operation',
      actual: 'at the root: it is wrong; at /x: it is wrong',
    });
  });
});

it('cuts long values', () => {
  expect(shown('x'.repeat(1000), 10)).toBe('"xxxxxxxxx… (1000 characters)');
  expect(shown('x'.repeat(8), 10)).toBe('"xxxxxxxx"');
  expect(shown(undefined)).toBe('undefined');
});
