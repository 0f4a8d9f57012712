import { expect, test } from 'vitest';

import { sampleCase, sampleResults } from '../../dev/testing/sample-results.ts';
import { compareResults } from './compare.ts';
import { betterFirst } from './ranking.ts';

const target = (name: string, summary: object) =>
  sampleResults([sampleCase('a.b/c', 'passed')], { target: { name }, summary });

test('targets rank by verdict, then by the musts that hold, then by those that do not', () => {
  const { runs } = compareResults([
    target('little judged', { verdict: 'non-conformant', divergence: 0.1, coverage: 0.2 }),
    target('more failed', { verdict: 'non-conformant', divergence: 0.25, coverage: 0.875 }),
    target('less failed', { verdict: 'non-conformant', divergence: 0.125, coverage: 0.75 }),
    target('unknown', { verdict: 'incomplete', divergence: 0, coverage: 0.1 }),
    target('good', { verdict: 'conformant', divergence: 0, coverage: 1 }),
  ]);
  expect(runs.toSorted(betterFirst).map(({ label }) => label)).toEqual([
    'good',
    'unknown',
    'less failed',
    'more failed',
    'little judged',
  ]);
});
