import { expect, test } from 'vitest';

import { sampleCase, sampleResults, variedResults } from '../dev/testing/sample-results.ts';
import { renderReports, reportFormats } from './render.ts';

test('renders what was chosen, and nothing else', async () => {
  expect([...(await renderReports(variedResults(), new Set(reportFormats))).keys()]).toEqual([
    'junit.xml',
    'index.html',
    'summary.md',
    'badge.json',
    'ctrf.json',
  ]);
  expect([...(await renderReports(variedResults(), new Set(['md'])))]).toHaveLength(1);
  expect([...(await renderReports(variedResults(), new Set()))]).toEqual([]);
});

test('has no badge for a partial run', async () => {
  const partial = sampleResults([sampleCase('a.b/c', 'passed')], { run: { partial: true } });
  expect([...(await renderReports(partial, new Set(['badge'])))]).toEqual([]);
});
