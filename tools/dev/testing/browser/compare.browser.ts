import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { compareResults } from '../../../reports/compare/compare.ts';
import { renderComparisonHtml } from '../../../reports/compare/html.ts';
import { hostileResults, sampleCase, sampleResults, variedResults } from '../sample-results.ts';
import { axeObjections, missingBrowser, openFile, startBrowser, type OpenPage } from './browser.ts';

const before = sampleResults([sampleCase('a.b/c', 'passed'), sampleCase('a.same/c', 'passed')]);
const after = sampleResults([sampleCase('a.b/c', 'failed', { durationMs: 900 }), sampleCase('a.same/c', 'passed')]);

describe.skipIf(missingBrowser !== undefined)('the comparison in a browser', () => {
  let browser: Browser;
  const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-comparison-'));

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  function open(results: Parameters<typeof compareResults>[0], options: BrowserContextOptions = {}): Promise<OpenPage> {
    const file = path.join(folder, 'comparison.html');
    writeFileSync(file, renderComparisonHtml(compareResults(results)));
    return openFile(browser, file, options);
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

  test.each([
    ['light', { colorScheme: 'light' as const }],
    ['dark', { colorScheme: 'dark' as const }],
    ['narrow', { viewport: { width: 360, height: 740 } }],
  ])('has nothing that axe objects to, and fits: %s', async (_name, options) => {
    const { page, troubles, close } = await open([before, after, variedResults()], options);
    expect(await axeObjections(page)).toEqual([]);
    const width = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(width).toBe(0);
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
