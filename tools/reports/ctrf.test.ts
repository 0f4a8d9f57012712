import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { hostileResults, variedResults } from '../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { packageRoot } from '../engine/catalogue/package-root.ts';
import type { CaseResult, Results } from '../engine/results/results.ts';
import { type CtrfOptions, renderCtrf } from './ctrf.ts';

/** The schema that https://ctrf.io publishes, from the package `ctrf` 0.3.0. */
const schema = path.join(packageRoot, 'tools/dev/testing/ctrf/ctrf-schema-0.0.json');
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object);

interface Ctrf {
  readonly results: {
    readonly summary: Readonly<Record<string, unknown>>;
    readonly tests: readonly Readonly<Record<string, unknown>>[];
    readonly environment: Readonly<Record<string, unknown>>;
  };
}

/** The file as its schema takes it. */
function rendered(results: Results, options?: CtrfOptions): Ctrf['results'] {
  const report = JSON.parse(renderCtrf(results, options)) as Ctrf;
  validate(report);
  expect(validate.errors ?? []).toEqual([]);
  return report.results;
}

const only = (changes: Partial<CaseResult>, options?: CtrfOptions) =>
  rendered(sampleResults([sampleCase('a.b/c', 'passed', changes)]), options).tests[0];

test('counts what there is', () => {
  const results = variedResults();
  const { summary, tests, environment } = rendered(results);
  expect(summary).toMatchObject({
    tests: 20,
    passed: 5,
    failed: 5,
    skipped: 4,
    pending: 0,
    other: 6,
    suites: 11,
    duration: 1912,
    extra: { verdict: 'non-conformant' },
  });
  expect(tests.map(({ name }) => name)).toEqual(results.cases.map(({ id }) => id));
  expect(environment).toMatchObject({ appName: 'sample', healthy: false });
});

test.each<[CaseResult['verdict'], string, string | undefined]>([
  ['passed', 'passed', undefined],
  ['failed', 'failed', 'expected status 200, got status 201'],
  ['warned', 'passed', 'expected status 200, got status 201'],
  ['not-applicable', 'skipped', 'why it is not-applicable'],
  ['could-not-run', 'other', 'why it is could-not-run'],
  ['indeterminate', 'other', 'why it is indeterminate'],
  ['harness-error', 'other', 'why it is harness-error'],
  ['expected-failure', 'skipped', 'gateway (https://example.com/bugs/12); expected status 200, got status 201'],
  ['unexpected-pass', 'failed', 'gateway (https://example.com/bugs/12)'],
])('%s is %s', (verdict, status, message) => {
  const [test] = rendered(sampleResults([sampleCase('a.b/c', verdict)])).tests;
  expect(test).toMatchObject({ status, rawStatus: verdict, suite: ['a'] });
  expect(test?.['message']).toBe(message);
});

test('a warning fails under --strict, as it does for the exit code', () => {
  const results = sampleResults([sampleCase('a.b/c', 'warned')], { run: { strict: true } });
  expect(rendered(results).summary).toMatchObject({ failed: 1, passed: 0 });
});

test('a second attempt that passes is flaky, and tells of the first', () => {
  const firstAttempt = { verdict: 'indeterminate' as const, reason: 'the connection was reset', exchanges: [] };
  expect(only({ firstAttempt })).toMatchObject({
    flaky: true,
    retries: 1,
    retryAttempts: [{ attempt: 1, status: 'other', message: 'the connection was reset' }],
  });
  expect(only({ firstAttempt, verdict: 'failed' })).toMatchObject({ flaky: false, retries: 1 });
});

test('among several targets tests say whose they are', () => {
  expect(only({}, { amongSeveral: true })).toMatchObject({ testId: 'sample: a.b/c', suite: ['sample', 'a'] });
  expect(only({})).toMatchObject({ testId: 'a.b/c', suite: ['a'] });
});

test.each(['', '\u001b[31m', '\ud800', '"\\'])('is valid whatever a target says: %j', (text) => {
  expect(rendered(hostileResults(text)).tests).toHaveLength(27);
});
