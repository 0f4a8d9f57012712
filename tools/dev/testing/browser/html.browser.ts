import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import type { Results } from '../../../engine/results/results.ts';
import { sampleCase, sampleResults } from '../sample-results.ts';
import { failingResults, hostileResults, variedResults, withSampleCauses } from '../varied-results.ts';
import { axeObjections, missingBrowser } from './browser.ts';
import { narrow, openReports } from './report.ts';

describe.skipIf(missingBrowser !== undefined)('the report in a browser', () => {
  const open = openReports();

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

  describe('from failure to failure', () => {
    const position = (page: Page): Promise<string> => page.locator('#position').innerText();
    const current = (page: Page): Promise<string | null> => page.locator('.current').getAttribute('id');
    const failed = ['failed.rule/one', 'unexpected-pass.rule/one', 'location.operation/names-the-operation'];

    test('by key and by button, round and round, with the address of each', async () => {
      const { page, troubles, close } = await open(variedResults());
      const order = await page.locator('.case.failed').evaluateAll((all) => all.map(({ id }) => id));
      const list = order.filter((id) => failed.includes(id));
      expect(list.toSorted()).toEqual(failed.toSorted());
      expect(await position(page)).toBe('3 to go through');
      for (const [key, index] of [
        ['n', 0],
        ['j', 1],
        ['p', 0],
        ['k', 2],
        ['n', 0],
      ] as const) {
        await page.keyboard.press(key);
        expect(await current(page)).toBe(list[index]);
        expect(await position(page)).toBe(`${String(index + 1)} of 3`);
        expect(new URL(page.url()).hash).toBe(`#${String(list[index])}`);
      }
      expect(await page.evaluate('document.activeElement.parentElement.id')).toBe(list[0]);
      await page.getByRole('button', { name: 'Next failure' }).click();
      expect(await current(page)).toBe(list[1]);
      await page.getByRole('button', { name: 'Previous failure' }).click();
      expect(await current(page)).toBe(list[0]);
      expect(troubles).toEqual([]);
      await close();
    });

    test('goes on from the case that a link opened, and through what the filters leave', async () => {
      const { page, close } = await open(variedResults(), {}, '#unexpected-pass.rule/one');
      expect(await position(page)).toMatch(/^[1-3] of 3$/);
      expect(await page.locator('[id="unexpected-pass.rule/one"]').isVisible()).toBe(true);
      await page.getByRole('checkbox', { name: /^warned/ }).check();
      expect(await position(page)).toBe('1 to go through');
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Next failure' }).click();
      expect(await current(page)).toBe('warned.rule/one');
      await close();
    });

    test('letters are letters where one types, and where the keys are turned off', async () => {
      const { page, close } = await open(variedResults());
      await page.getByRole('searchbox').fill('');
      await page.getByRole('searchbox').pressSequentially('n');
      expect(await page.getByRole('searchbox').inputValue()).toBe('n');
      expect(await page.locator('.current').count()).toBe(0);
      await page.getByRole('checkbox', { name: /keys/ }).uncheck();
      await page.keyboard.press('n');
      expect(await page.locator('.current').count()).toBe(0);
      await close();
    });

    test('is not offered where nothing is wrong', async () => {
      const { page, troubles, close } = await open(sampleResults([sampleCase('a.b/c', 'passed')]));
      await page.keyboard.press('n');
      expect(await page.getByRole('button', { name: 'Next failure' }).count()).toBe(0);
      expect(troubles).toEqual([]);
      await close();
    });
  });

  test('the causes stand first, and lead to their examples', async () => {
    const { page, troubles, close } = await open(withSampleCauses(failingResults(40)));
    expect(await page.locator('main h2').first().innerText()).toBe('What is wrong, the most important first');
    const cause = page.locator('.cause').first();
    await cause.getByRole('link', { name: 'suite-0.rule-0/case-0' }).click();
    await page.locator('[id="suite-0.rule-0/case-0"]').waitFor({ state: 'visible' });
    expect(await axeObjections(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await close();
  });

  test('each case has a link to itself', async () => {
    const { page, close } = await open(variedResults());
    const entry = page.locator('[id="failed.rule/one"]');
    await page.locator('[id="failed.rule"]').evaluate((element) => element.setAttribute('open', ''));
    await entry.getByRole('link', { name: 'Link to this case' }).first().click();
    expect(new URL(page.url()).hash).toBe('#failed.rule/one');
    expect(await entry.locator('.comparison').first().isVisible()).toBe(true);
    await close();
  });

  describe('a case as an issue', () => {
    const issue = async (results: Results, clipboard: 'open' | 'closed'): Promise<string> => {
      const options = { permissions: ['clipboard-read', 'clipboard-write'] };
      const { page, troubles, close } = await open(results, options, '#failed.rule/one');
      if (clipboard === 'closed') await page.evaluate('navigator.clipboard.writeText = () => Promise.reject()');
      const button = page.locator('[id="failed.rule/one"] .actions button').first();
      expect(await button.innerText()).toBe('Copy as issue');
      await button.click();
      await expect.poll(() => button.innerText()).toBe(clipboard === 'open' ? 'Copied' : 'Selected');
      const text =
        clipboard === 'open'
          ? await page.evaluate('navigator.clipboard.readText()')
          : await page.evaluate('getSelection().toString()');
      expect(troubles).toEqual([]);
      await close();
      return String(text);
    };

    test('is Markdown with all that a vendor needs', async () => {
      const text = await issue(variedResults(), 'open');
      expect(text.split('\n').filter(Boolean)).toEqual([
        '## failed.rule: does what failed.rule says',
        'sample does not conform (http://localhost:8080/beta · call-mute/2024-04). Case `failed.rule/one`: **failed**.',
        'Promised (must): What failed.rule promises. [call: mute, section Response](https://learn.microsoft.com/graph/api/call-mute)',
        'Expected:',
        '```text',
        'status 200',
        '```',
        'Actual:',
        '```text',
        'status 201',
        '```',
        '- Hint: the status line of the mute reply',
        '- Request: “mute”, logged by client-request-id 3f0a8c8e-6d5e-5a3c-9b7e-2d4f6a8b0c1d',
        'Request:',
        '```sh',
        expect.stringMatching(/^curl -i -X POST/),
        '```',
        'Reply:',
        '```http',
        'HTTP 200',
        'content-type: application/json',
        expect.stringMatching(/^location: http/),
        'set-cookie: a=1',
        'set-cookie: b=2',
        '{',
        expect.stringContaining('@odata.type'),
        expect.stringContaining('"id"'),
        expect.stringContaining('"status"'),
        expect.stringContaining('"clientContext"'),
        '}',
        '```',
        "Repeat it: `call-mute-conformance --case 'failed.rule/one' --seed 42`",
      ]);
    });

    test('keeps what a target sent within its fences, and is selected where the clipboard is closed', async () => {
      const text = 'a\n````\n# not a title';
      const results = sampleResults([sampleCase('failed.rule/one', 'failed', { actual: text })]);
      expect(await issue(results, 'closed')).toContain('`````text\na\n````\n# not a title\n`````');
    });
  });

  test('opens two thousand failures in less than a second', async () => {
    const { page, troubles, close } = await open(failingResults(2000));
    const session = await page.context().newCDPSession(page);
    // Of the processor, for other work on this machine is not the page's.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.reload();
    const { metrics } = await session.send('Performance.getMetrics');
    expect(metrics.find(({ name }) => name === 'TaskDuration')?.value).toBeLessThan(0.9);
    expect(await page.locator('#shown').innerText()).toBe('100 of 100 requirements, 2000 of 2000 cases');
    await page.keyboard.press('n');
    expect(await page.locator('#position').innerText()).toBe('1 of 1000');
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

  test('prints which requirements do not hold, without the cases', async () => {
    const { page, close } = await open(variedResults());
    await page.getByRole('button', { name: 'Open all' }).click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('[id="failed.rule"] > summary').isVisible()).toBe(true);
    expect(await page.getByText('does what failed.rule says').first().isVisible()).toBe(false);
    expect(await page.locator('[id="passed.rule"]').isVisible()).toBe(false);
    expect(await page.locator('#filters').isVisible()).toBe(false);
    await close();
  });

  test('prints five hundred failures on less than ten pages', async () => {
    const { page, close } = await open(withSampleCauses(failingResults(500)));
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeLessThan(10);
    await close();
  });

  test.each([
    ['varied', variedResults()],
    ['with causes', withSampleCauses(variedResults())],
    ['one long word everywhere', hostileResults('x'.repeat(3000))],
  ])('fits 360 pixels: %s', async (_name, results) => {
    const { page, close } = await open(results, narrow);
    await page.getByText('More filters').click();
    await page.getByRole('button', { name: 'Open all' }).click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await close();
  });

  test.each([
    ['varied, with causes', withSampleCauses(variedResults())],
    ['hostile', hostileResults('<b>bold</b>')],
  ])('has nothing that axe objects to: %s', async (_name, results) => {
    const { page, close } = await open(results, { colorScheme: 'light' });
    await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
    expect(await axeObjections(page), 'light').toEqual([]);
    // These change nothing but colors.
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeObjections(page, 'colors'), 'dark').toEqual([]);
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    expect(await axeObjections(page, 'colors'), 'forced colors').toEqual([]);
    await page.emulateMedia({ forcedColors: 'none' });
    await page.setViewportSize(narrow.viewport);
    expect(await axeObjections(page), 'narrow').toEqual([]);
    await close();
  });
});
