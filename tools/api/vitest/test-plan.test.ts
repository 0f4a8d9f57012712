import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { planTests } from './test-plan.ts';

const acme = { name: 'acme', baseUrl: 'http://localhost:8080/beta' };
const other = { name: 'other', baseUrl: 'http://localhost:8081/beta' };
const app: RequestListener = (_request, response) => void response.end();
const requirement = 'location.call';

describe('planRun', () => {
  it.each([
    [{}, ['emulator']],
    [{ baseUrl: 'http://localhost:8080/beta' }, ['localhost-8080']],
    [{ target: [acme, other] }, ['acme', 'other']],
    [{ app }, ['app']],
    [{ app, target: { name: 'mine' } }, ['mine']],
  ])('names the targets of %o', (options, names) => {
    expect(planTests(options).targets).toEqual(names);
  });

  it('asks for all that the options ask for, where all tests run', async () => {
    const plan = planTests({ target: [acme, other], requirement, seed: 7 });
    const ids = new Set((await plan.cases()).map(({ id }) => id));
    expect(ids.size).toBe(2);
    expect(await plan.configFor(new Set(['acme', 'other']), ids)).toMatchObject({
      sources: [acme, other],
      filters: { requirement: [requirement], case: [] },
      seed: 7,
    });
  });

  it('asks for the cases and targets of the tests that run, where some do not', async () => {
    const plan = planTests({ target: [acme, other], requirement, seed: 7 });
    const [first] = await plan.cases();
    expect(await plan.configFor(new Set(['other']), new Set([first?.id ?? '']))).toMatchObject({
      sources: [other],
      filters: { requirement: [requirement], case: [first?.id] },
      seed: 7,
    });
  });

  it('has one seed for all that it asks for', async () => {
    const plan = planTests({ requirement });
    const ids = new Set(['any']);
    const [one, again] = [await plan.configFor(new Set(), ids), await plan.configFor(new Set(), ids)];
    expect(one.seed).toBeTypeOf('number');
    expect(again.seed).toBe(one.seed);
  });

  it('serves an app at its service root, and nothing where there is none', async () => {
    const served = await planTests({ app, apiVersion: 'v1.0' }).serve();
    expect(served?.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\.0$/);
    await served?.close();
    expect(await planTests({}).serve()).toBeUndefined();
  });

  it.each([
    { target: 'missing.yaml' },
    { target: [acme, acme, { ...other, name: 'ACME' }] },
    { target: acme, fault: 'status-201' },
    { app: undefined, baseUrl: 'http://localhost:8080/beta' },
    { replay: 'missing.json' },
  ] as Parameters<typeof planTests>[0][])('refuses %o at once', (options) => {
    expect(() => planTests(options)).toThrow(ConfigurationError);
  });

  it.each([{ suite: 'no-such-suite' }, { fault: 'no-such-fault' }, { knownIssues: 'missing.yaml' }])(
    'refuses %o when the cases are asked for',
    async (options) => {
      await expect(planTests(options).cases()).rejects.toThrow(ConfigurationError);
    },
  );
});
