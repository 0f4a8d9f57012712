import { describe, expect, test } from 'vitest';

import { renderJunit } from '../../../reports/junit.ts';
import { hostileResults, variedResults } from '../varied-results.ts';
import { missingBrowser } from './browser.ts';
import { openReports } from './report.ts';

describe.skipIf(missingBrowser !== undefined)('the report of hostile texts in a browser', () => {
  const open = openReports();

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

  test('reads JUnit files, whatever a target says', async () => {
    const { page, close } = await open(variedResults());
    const count = (xml: string): Promise<unknown> => {
      const document = `new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml')`;
      const found = `parsed.querySelector('parsererror')?.textContent ?? parsed.querySelectorAll('testcase').length`;
      return page.evaluate(`(parsed => ${found})(${document})`);
    };
    for (const text of ['plain', ']]></failure><script>', '\u0000\ud800\uffff&#0;&nbsp;']) {
      expect(await count(renderJunit(hostileResults(text))), JSON.stringify(text)).toBe(27);
    }
    await close();
  });
});
