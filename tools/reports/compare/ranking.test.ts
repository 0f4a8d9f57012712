import { expect, test } from 'vitest';

import { sampleCase, sampleResults } from '../../dev/testing/sample-results.ts';
import { withSampleCauses } from '../../dev/testing/varied-results.ts';
import { compareResults } from './compare.ts';
import { betterFirst, ranking } from './ranking.ts';

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

test('each target has what to fix first, as its report has it', () => {
  const failed = withSampleCauses(sampleResults([sampleCase('a.b/c', 'failed'), sampleCase('a.d/e', 'failed')]));
  const comparison = compareResults([target('good', {}), { ...failed, target: { ...failed.target, name: 'bad' } }]);
  const table = ranking(
    comparison,
    comparison.runs.map((run) => ({ ...run, report: `${run.label}/report.html` })),
  ).toString();
  expect(table).toContain('<td><a href="bad/report.html#a.b">a.b</a> and 1 more cause</td>');
  expect(table.match(/#a\.b"/g)).toHaveLength(1);
});
