import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { sampleCase, sampleResults } from '../sample-results.ts';
import { failingResults, variedResults } from '../varied-results.ts';
import { missingBrowser } from './browser.ts';
import { narrow, openReports } from './report.ts';

describe.skipIf(missingBrowser !== undefined)('the filters of the report', () => {
  const open = openReports();
  const shown = (page: Page): Promise<string> => page.locator('#shown').innerText();

  test('narrow down by verdict, level, suite and text, and count', async () => {
    const { page, troubles, close } = await open(variedResults());
    expect(await shown(page)).toBe('11 of 11 requirements, 20 of 20 cases');
    await page.getByRole('checkbox', { name: /^failed/ }).check();
    expect(await shown(page)).toBe('2 of 11 requirements, 3 of 20 cases');
    expect(await page.locator('.suite:visible').count()).toBe(2);
    await page.getByRole('checkbox', { name: /^warned/ }).check();
    expect(await shown(page)).toBe('3 of 11 requirements, 5 of 20 cases');
    await page.getByLabel('Level').selectOption('should');
    expect(await shown(page)).toBe('1 of 11 requirements, 2 of 20 cases');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByLabel('Suite').selectOption('location');
    expect(await shown(page)).toBe('1 of 11 requirements, 1 of 20 cases');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('searchbox').fill('NAMES-the-operation');
    expect(await shown(page)).toBe('1 of 11 requirements, 1 of 20 cases');
    await page.getByRole('searchbox').fill('nothing has this');
    expect(await page.locator('#nothing').isVisible()).toBe(true);
    expect(troubles).toEqual([]);
    await close();
  });

  test('stand in the address, which brings them back', async () => {
    const { page, close } = await open(variedResults());
    await page.getByRole('searchbox').fill('rule one');
    await page.getByRole('checkbox', { name: /^failed/ }).check();
    await page.getByLabel('Level').selectOption('must');
    const left = await shown(page);
    expect(new URL(page.url()).search).toBe('?text=rule+one&level=must&verdict=failed');
    await page.reload();
    expect(await shown(page)).toBe(left);
    expect(await page.getByRole('searchbox').inputValue()).toBe('rule one');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await close();
  });

  test('leave what else stands in the address, and take no heed of what they do not know', async () => {
    const { page, close } = await open(variedResults(), {}, '?key=1&level=none&verdict=warned');
    expect(await shown(page)).toBe('1 of 11 requirements, 2 of 20 cases');
    await page.getByRole('checkbox', { name: /^warned/ }).uncheck();
    expect(new URL(page.url()).search).toBe('?key=1');
    await close();
  });

  test('show a case within its twin, which ended otherwise', async () => {
    const { page, close } = await open(
      sampleResults([sampleCase('a.b/c', 'failed'), sampleCase('a.b/c@app', 'passed')]),
    );
    await page.getByRole('checkbox', { name: /^passed/ }).check();
    expect(await shown(page)).toBe('1 of 1 requirements, 1 of 2 cases');
    expect(await page.getByText('Otherwise on /app').isVisible()).toBe(true);
    await close();
  });

  test.each([
    ['wide', {}],
    ['narrow', narrow],
  ])('stay at the top, above nothing that is jumped to: %s', async (_name, options) => {
    const { page, close } = await open(failingResults(200), options);
    await page.evaluate("location.hash = '#suite-9.rule-60/case-60'");
    const entry = page.locator('[id="suite-9.rule-60/case-60"]');
    await expect.poll(() => entry.isVisible()).toBe(true);
    const [bar, box] = [await page.locator('#filters').boundingBox(), await entry.boundingBox()];
    expect(bar?.y).toBe(0);
    expect(box?.y).toBeGreaterThanOrEqual(bar?.height ?? Number.NaN);
    expect(box?.y).toBeLessThan(300);
    expect(bar?.height).toBeLessThan(180);
    await close();
  });

  test('give way to a link', async () => {
    const { page, close } = await open(variedResults());
    await page.getByRole('searchbox').fill('nothing has this');
    await page.getByRole('link', { name: 'failed.rule', exact: true }).click();
    // The filters follow the change of the address, which a browser tells of after the click.
    await page.locator('[id="failed.rule"]').waitFor({ state: 'visible' });
    await close();
  });
});
