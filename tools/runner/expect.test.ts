import { describe, expect, it } from 'vitest';
import type { Problem } from '../contract/judge.ts';
import { demand, expect as expectOf, ExpectationFailure, shown } from './expect.ts';
import { type Observation, observe } from './observation.ts';

function observed(body: () => void): Promise<Observation> {
  const observation: Observation = { checked: [] };
  return observe(observation, async () => {
    body();
    return observation;
  });
}

describe('demand', () => {
  it('keeps what was found as expected', async () => {
    const { checked } = await observed(() => demand(true, 'status 200', ''));
    expect(checked).toEqual(['status 200']);
  });

  it('throws expectation, actual and hint', async () => {
    const failing = observed(() => demand(false, 'status 200', 'it was 500', 'the handler'));
    await expect(failing).rejects.toMatchObject({
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

  it.each<[string, () => void, RegExp]>([
    ['toBe', () => expectOf('1', 'one').toBe(1), /it is "1"/],
    ['toBeSameId', () => expectOf(undefined, 'id').toBeSameId(guid), /there is none/],
    ['toBeSameId', () => expectOf('other', 'id').toBeSameId(guid), /it is "other"/],
    ['toBePresent', () => expectOf('  ', 'header').toBePresent(), /it is " {2}"/],
    ['toMatch', () => expectOf('xyz', 'text').toMatch(/^a/, 'to begin with a'), /it is "xyz"/],
  ])('%s fails', async (_name, body, message) => {
    await expect(observed(body)).rejects.toThrow(message);
  });

  it('counts the problems of its own requirement only', async () => {
    const problems: Problem[] = [
      {
        requirement: 'response.status',
        level: 'must',
        pointer: '/status',
        message: 'status is missing',
        expected: 'a status',
        actual: 'nothing',
      },
    ];
    await observed(() => expectOf(problems).toKeep('response.id', 'an id'));
    const failing = observed(() => expectOf(problems).toKeep('response.status', 'a status'));
    await expect(failing).rejects.toMatchObject({ actual: 'at /status: status is missing' });
  });
});

it('cuts long values', () => {
  expect(shown('x'.repeat(1000), 10)).toBe('"xxxxxxxxx… (1002 characters)');
});
