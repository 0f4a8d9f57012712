import { expect, test } from 'vitest';

import { hostileResults, variedResults } from '../../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../../dev/testing/sample-results.ts';
import { compareResults } from './compare.ts';
import { renderComparison } from './render.ts';

const before = sampleResults([sampleCase('a.b/c', 'passed'), sampleCase('a.same/c', 'passed')]);
const after = sampleResults([sampleCase('a.b/c', 'failed', { durationMs: 900 }), sampleCase('a.same/c', 'passed')]);

async function files(...results: Parameters<typeof compareResults>[0]): Promise<Record<string, string>> {
  return Object.fromEntries(await renderComparison(compareResults(results)));
}

test('the JSON is the comparison', async () => {
  const { 'comparison.json': json = '' } = await files(before, after);
  expect(JSON.parse(json)).toEqual(compareResults([before, after]));
});

test('the Markdown says what changed and which requirements differ', async () => {
  const { 'comparison.md': markdown = '' } = await files(before, after);
  expect(markdown).toContain(
    '## ❌ 2 runs of one target: 1 of 2 requirements differ; the last is worse than the first in a must',
  );
  expect(markdown).toContain('Worse in `a.b`.');
  expect(markdown).toContain('### Newly failing\n\n- `a.b/c` (must) passed → failed: `status 201`');
  expect(markdown).toContain('### Slower or faster\n\n- `a.b/c` 13 ms → 900 ms');
  expect(markdown).toContain('| `a.b` | must | 1 passed | 1 failed |');
  expect(markdown).not.toContain('a.same` |');
});

test('the page has every requirement and every run', async () => {
  const { 'comparison.html': page = '' } = await files(before, after, variedResults());
  expect(page).toContain('<strong>a.same</strong>');
  expect(page).toContain('not in this run');
  expect(page.match(/divergence \d/g)).toHaveLength(3);
});

test('text of a target stays text', async () => {
  const text = '<img src=x onerror=alert(1)>|`@everyone`';
  const found = await files(hostileResults(text), hostileResults(`${text}2`));
  expect(found['comparison.html']).not.toContain('<img');
  expect(found['comparison.md']?.replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')).not.toMatch(/<img|@everyone/);
});
