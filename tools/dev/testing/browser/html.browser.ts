import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { renderHtml } from '../../../reports/html.ts';
import { renderJunit } from '../../../reports/junit.ts';
import type { Results } from '../../../engine/results/results.ts';
import { hostileResults, variedResults } from '../sample-results.ts';
import { axeObjections, missingBrowser, openFile, startBrowser, type OpenPage } from './browser.ts';

const narrow = { viewport: { width: 360, height: 740 } };

describe.skipIf(missingBrowser !== undefined)('the report in a browser', () => {
  let browser: Browser;
  const folder = mkdtempSync(path.join(tmpdir(), 'call mute report-'));

  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(results: Results, options: BrowserContextOptions = {}): Promise<OpenPage> {
    const file = path.join(folder, 'index.html');
    writeFileSync(file, renderHtml(results));
    return openFile(browser, file, options);
  }

  test('shows the verdict, the figures and every case', async () => {
    const results = variedResults();
    const { page, troubles, close } = await open(results);
    expect(await page.title()).toBe('sample: non-conformant (call: mute)');
    expect(await page.locator('h1').innerText()).toBe('sample does not conform');
    expect(await page.locator('.figures .number').allInnerTexts()).toEqual(['29.4 %', '52.9 %']);
    const ids = await page.locator('.case').evaluateAll((cases) => cases.map(({ id }) => id));
    expect(ids.toSorted()).toEqual(results.cases.map(({ id }) => id).toSorted());
    expect(troubles).toEqual([]);
    await close();
  });

  describe('the filters', () => {
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

    test('give way to a link', async () => {
      const { page, close } = await open(variedResults());
      await page.getByRole('searchbox').fill('nothing has this');
      await page.getByRole('link', { name: 'failed.rule', exact: true }).click();
      // The filters follow the change of the address, which a browser tells of after the click.
      await page.locator('[id="failed.rule"]').waitFor({ state: 'visible' });
      await close();
    });
  });

  test('opens by keyboard, by link and all at once', async () => {
    const { page, troubles, close } = await open(variedResults());
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the results');
    const requirement = page.locator('[id="passed.rule"]');
    const isOpen = (): Promise<boolean> => requirement.evaluate((element) => element.hasAttribute('open'));
    await requirement.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await isOpen()).toBe(true);
    await page.getByRole('button', { name: 'Close all' }).click();
    expect(await isOpen()).toBe(false);
    await page.evaluate("location.hash = '#passed.rule/one@app'");
    expect(await page.locator('[id="passed.rule/one@app"] > .opened').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.locator('details.case:not([open])').count()).toBe(0);
    expect(troubles).toEqual([]);
    await close();
  });

  test('copies a curl line, or selects it where the clipboard is closed', async () => {
    const { page, troubles, close } = await open(variedResults());
    const button = page.getByRole('button', { name: 'Copy the curl line' }).locator('visible=true').first();
    await button.click();
    await expect.poll(() => button.innerText()).toMatch(/Copied|Selected/);
    expect(troubles).toEqual([]);
    await close();
  });

  test('can be read without JavaScript', async () => {
    const { page, troubles, close } = await open(variedResults(), { javaScriptEnabled: false });
    expect(await page.locator('#filters').isVisible()).toBe(false);
    expect(await page.getByText('does what failed.rule says').first().isVisible()).toBe(true);
    await page.locator('[id="passed.rule"] > summary').click();
    expect(await page.getByText('does what passed.rule says').first().isVisible()).toBe(true);
    expect(troubles).toEqual([]);
    await close();
  });

  test('prints what did not pass, folded or not', async () => {
    const { page, close } = await open(variedResults());
    await page.getByRole('button', { name: 'Close all' }).click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('does what failed.rule says').first().isVisible()).toBe(true);
    expect(await page.getByText('does what passed.rule says').first().isVisible()).toBe(false);
    expect(await page.locator('#filters').isVisible()).toBe(false);
    await close();
  });

  test.each([
    ['varied', variedResults()],
    ['one long word everywhere', hostileResults('x'.repeat(3000))],
  ])('fits 360 pixels: %s', async (_name, results) => {
    const { page, close } = await open(results, narrow);
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await close();
  });

  test.each([
    ['light', { colorScheme: 'light' as const }],
    ['dark', { colorScheme: 'dark' as const }],
    ['narrow', narrow],
    ['forced colours', { forcedColors: 'active' as const }],
  ])('has nothing that axe objects to: %s', async (_name, options) => {
    for (const results of [variedResults(), hostileResults('<b>bold</b>')]) {
      const { page, close } = await open(results, options);
      await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
      expect(await axeObjections(page)).toEqual([]);
      await close();
    }
  });

  const run = 'globalThis.ran = true';
  const markup = [
    `<script>${run}</script>`,
    `</script><script>${run}</script>`,
    `</style><script>${run}</script><style>`,
    `"><img src=x onerror="${run}">`,
    `'><svg onload='${run}'>`,
    `" autofocus onfocus="${run}" x="`,
    `--><script>${run}</script><!--`,
    `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
    '<base href="http://example.com/"><meta http-equiv="refresh" content="0;url=http://example.com/">',
    '\u2028\u0000\u202e\ud800</textarea></title><plaintext>',
  ].join(' ');
  test.each([
    ['markup', markup],
    ['a script link', `javascript:${run}`],
    ['a data link', `data:text/html,<script>${run}</script>`],
    ['a link that ends its attribute', `http://example.com/"onmouseover="${run}`],
  ])('%s in every field does nothing', async (_name, text) => {
    const { page, troubles, close } = await open(hostileResults(text));
    await page.getByRole('button', { name: 'Open all' }).click();
    await page.locator('a').first().focus();
    expect(await page.evaluate("'ran' in globalThis")).toBe(false);
    const foreign =
      'img, iframe, object, embed, base, [onerror], [onload], [onfocus], [onmouseover], [style], [srcdoc]';
    expect(await page.locator(foreign).count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('meta[http-equiv]').count()).toBe(1);
    const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.filter((link) => !/^(https?:\/\/|#)/.test(link))).toEqual([]);
    expect(await page.locator('.case').count()).toBe(27);
    expect(troubles).toEqual([]);
    await close();
  });

  test.each(['plain', ']]></failure><script>', '\u0000\ud800\uffff&#0;&nbsp;'])(
    'reads JUnit files with %j in them',
    async (text) => {
      const { page, close } = await open(variedResults());
      const count = (xml: string): Promise<unknown> => {
        const document = `new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml')`;
        const found = `parsed.querySelector('parsererror')?.textContent ?? parsed.querySelectorAll('testcase').length`;
        return page.evaluate(`(parsed => ${found})(${document})`);
      };
      expect(await count(renderJunit(hostileResults(text)))).toBe(27);
      await close();
    },
  );
});
