import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { compareResults } from '../../../reports/compare/compare.ts';
import { renderComparisonHtml } from '../../../reports/compare/html.ts';
import { type ReportedTarget, renderOverview } from '../../../reports/compare/overview.ts';
import { renderHtml } from '../../../reports/html.ts';
import { hostileResults, variedResults } from '../varied-results.ts';
import { sampleCase, sampleResults } from '../sample-results.ts';
import { axeObjections, documentsInBrowser, missingBrowser, type OpenPage } from './browser.ts';

const before = sampleResults([sampleCase('a.b/c', 'passed'), sampleCase('a.same/c', 'passed')]);
const after = sampleResults([sampleCase('a.b/c', 'failed', { durationMs: 900 }), sampleCase('a.same/c', 'passed')]);

describe.skipIf(missingBrowser !== undefined)('the comparison in a browser', () => {
  const documents = documentsInBrowser();

  function open(results: Parameters<typeof compareResults>[0], options?: BrowserContextOptions): Promise<OpenPage> {
    documents.write('comparison.html', renderComparisonHtml(compareResults(results)));
    return documents.open('comparison.html', options);
  }

  test('shows what changed, and only what differs when asked', async () => {
    const { page, troubles, close } = await open([before, after]);
    expect(await page.locator('.changes').allInnerTexts()).toEqual([
      expect.stringContaining('a.b/c (must) passed → failed'),
      expect.stringContaining('a.b/c 13 ms → 900 ms'),
    ]);
    expect(await page.locator('tr.same').isVisible()).toBe(true);
    await page.getByRole('checkbox').check();
    expect(await page.locator('tr.same').isVisible()).toBe(false);
    expect(await page.locator('tr.differs').isVisible()).toBe(true);
    expect(troubles).toEqual([]);
    await close();
  });

  test('over several targets ranks them, and leads to their reports', async () => {
    const named = (name: string, verdict: 'passed' | 'failed', report: string): ReportedTarget => ({
      results: sampleResults([sampleCase('a.b/c', verdict)], { target: { name } }),
      report,
    });
    const targets = [named('worse', 'failed', 'worse/index.html'), named('better', 'passed', 'better/index.html')];
    documents.write('index.html', renderOverview(targets));
    for (const { results, report } of targets) documents.write(report, renderHtml(results));
    const { page, troubles, close } = await documents.open('index.html');
    expect(await page.locator('.ranking tbody th').allInnerTexts()).toEqual(['better', 'worse']);
    expect(await page.locator('.comparison-table thead th > a').allInnerTexts()).toEqual(['better', 'worse']);
    expect(await axeObjections(page)).toEqual([]);
    await page.getByRole('link', { name: '1 failed' }).click();
    expect(await page.title()).toBe('worse: non-conformant (call: mute)');
    expect(await page.locator('[id="a.b"]').isVisible()).toBe(true);
    expect(troubles).toEqual([]);
    await close();
  });

  test('keeps the names of the targets in view', async () => {
    const rules = Array.from({ length: 80 }, (_, index) => sampleCase(`a.rule-${String(index)}/c`, 'passed'));
    const { page, close } = await open([sampleResults(rules), sampleResults(rules, { target: { name: 'other' } })]);
    await page.locator('.comparison-table').evaluate((table) => (table.scrollTop = table.scrollHeight));
    expect(await page.locator('tr.same').last().isVisible()).toBe(true);
    const [head, table] = await Promise.all(
      ['.comparison-table thead th', '.comparison-table'].map((part) => page.locator(part).first().boundingBox()),
    );
    expect(Math.abs((head?.y ?? 0) - (table?.y ?? 100))).toBeLessThan(3);
    await close();
  });

  test('has nothing that axe objects to, and fits', async () => {
    const { page, troubles, close } = await open([before, after, variedResults()], { colorScheme: 'light' });
    const excess = () => page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(await axeObjections(page), 'light').toEqual([]);
    expect(await excess()).toBe(0);
    // It changes nothing but colors.
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeObjections(page, 'colors'), 'dark').toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await axeObjections(page), 'narrow').toEqual([]);
    expect(await excess()).toBe(0);
    expect(troubles).toEqual([]);
    await close();
  });

  test('markup in every field does nothing', async () => {
    const text = '"><img src=x onerror="globalThis.ran = true"></script><script>globalThis.ran = true</script>';
    const { page, troubles, close } = await open([hostileResults(text), hostileResults(`${text}2`)]);
    expect(await page.evaluate("'ran' in globalThis")).toBe(false);
    expect(await page.locator('img').count()).toBe(0);
    expect(troubles).toEqual([]);
    await close();
  });
});
