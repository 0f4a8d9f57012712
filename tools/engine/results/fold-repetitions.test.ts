import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleCase } from '../../dev/testing/sample-results.ts';
import { foldRepetitions } from './fold-repetitions.ts';
import { severity, verdicts } from './verdict.ts';

it('takes the worst verdict and what was told with it', () => {
  const folded = foldRepetitions(
    [
      sampleCase('status.success/x', 'passed'),
      sampleCase('status.success/x', 'failed', { actual: 'the first failure' }),
      sampleCase('status.success/x', 'failed', { actual: 'the second failure' }),
    ],
    3,
  );
  expect(folded).toMatchObject({ verdict: 'failed', actual: 'the first failure' });
  expect(folded.repeats).toEqual({ runs: 3, verdicts: { passed: 1, failed: 2 }, flaky: true });
});

it('leaves a case alone that ran once', () => {
  const judged = sampleCase('status.success/x', 'passed');
  expect(foldRepetitions([judged], 1)).toBe(judged);
});

it('calls flaky what was not the same each time, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...verdicts), { minLength: 1, maxLength: 8 }), (all) => {
      const { verdict, repeats } = foldRepetitions(
        all.map((each) => sampleCase('status.success/x', each)),
        Math.max(2, all.length),
      );
      expect(severity.indexOf(verdict)).toBe(Math.min(...all.map((each) => severity.indexOf(each))));
      expect(repeats?.runs).toBe(all.length);
      expect(repeats?.flaky ?? false).toBe(new Set(all).size > 1);
      expect(Object.values(repeats?.verdicts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(all.length);
    }),
  );
});
