import { expect, test } from 'vitest';

import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { variedResults } from '../dev/testing/varied-results.ts';
import { compareResults } from './compare/compare.ts';
import { renderComparison } from './compare/render.ts';
import { renderConsole } from './console.ts';
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

const build = {
  version: '2.4.1',
  commit: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  ci: 'https://ci.example/runs/17',
};

test.each(reportFormats.filter((format) => format !== 'badge'))(
  '%s says which build was tested, and where',
  async (format) => {
    const results = sampleResults([sampleCase('a.b/c', 'failed')], { target: build });
    const [text] = [...(await renderReports(results, new Set([format]))).values()];
    for (const part of [build.version, build.commit.slice(0, 12), build.ci]) expect(text).toContain(part);
  },
);

test('so do the console and a comparison', async () => {
  const results = sampleResults([sampleCase('a.b/c', 'failed')], { target: build });
  const options = { colour: false, width: 100, unicode: true, verbosity: 'normal' as const, reportDir: 'x' };
  expect(renderConsole(results, options)).toMatch(
    /^sample 2\.4\.1, commit 0a1b2c3d4e5f at [^]*https:\/\/ci\.example\/runs\/17\n/,
  );
  for (const text of (await renderComparison(compareResults([results, results]))).values()) {
    expect(text).toContain(build.version);
    expect(text).toContain(build.commit.slice(0, 12));
  }
});
