/** A failing case in the page of `vitest --ui`, in a real browser: what it shows, and running one test again. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { missingBrowser, startBrowser } from '../testing/browser/browser.ts';
import { freePort } from '../testing/free-port.ts';
import { type StartedVitest, VitestProject } from '../testing/vitest-project.ts';
import { type Installations, installVitest, vitestVersions } from './vitest-versions.ts';

const test = `
import { conformance } from 'call-mute-conformance/vitest';
conformance({ fault: 'location-relative', requirement: ['location.absolute', 'location.present'], strict: false });
conformance({ fault: 'location-other-call', requirement: 'location.call', reportDir: 'reports' });
`;

describe.skipIf(missingBrowser !== undefined)('vitest --ui', { timeout: 120_000 }, () => {
  let browser: Browser;
  let installations: Installations;
  beforeAll(async () => {
    [browser, installations] = [await startBrowser(), await installVitest()];
  }, 300_000);
  afterAll(() => browser.close());

  describe.each(vitestVersions)('of vitest $vitest', (version) => {
    let project: VitestProject;
    let vitest: StartedVitest;
    let page: Page;
    beforeAll(async () => {
      const { installation, folder } = installations.of(version);
      project = new VitestProject({ 'a.test.js': test }, installation, folder);
      const port = await freePort();
      vitest = project.start(['--ui', '--watch', '--open=false', `--api.port=${port}`, '--reporter=verbose'], {}, true);
      const isDone = () => expect(vitest.output()).toMatch(/Tests .*failed/);
      await vi.waitFor(isDone, { timeout: 60_000 });
      const [url = ''] = /http:\/\/localhost:\S+/.exec(vitest.output()) ?? [];
      page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
      await page.goto(url);
    });
    afterAll(async () => {
      await vitest.stop();
      project.remove();
    });

    const entry = (name: string) =>
      page.getByTestId('explorer-item').filter({ has: page.getByText(name, { exact: true }) });

    /** Opens a test. The list is drawn anew while vitest works, so that a click may meet what is gone the next moment. */
    const open = (name: string, shown: Locator) =>
      vi.waitFor(
        async () => {
          await entry(name).dispatchEvent('click', undefined, { timeout: 2_000 });
          await shown.waitFor({ timeout: 2_000 });
        },
        { timeout: 60_000, interval: 100 },
      );

    it('shows of a case that fails the promise, where to look, how it differs, and its row', async () => {
      const report = page.getByTestId('report');
      await open(
        'location.call names this call in Location',
        report.getByText('location.call (must, example): Location names'),
      );
      const text = await report.innerText();
      expect(text).toMatch(/ConformanceFailure: .*\nhint: .*\nsource: .*\ncurl: curl/);
      expect(text).toContain('dist/suites/location-header.js');
      expect(text).not.toContain('dist/tools');
      expect(await report.getByTestId('diff').innerText()).toMatch(
        /Expected: .*the call in Location[^]*Received: .*it is/,
      );
      expect(await page.locator('body').innerText()).toContain('"verdict": "failed"');
    });

    it('shows of one that only warns the annotation', async () => {
      await open(
        'location.absolute gives an absolute URL',
        page.getByText(/^warned: Location is an absolute URL/).first(),
      );
    });

    it('runs one test again, and asks the target for nothing else', async () => {
      const item = entry('location.call names this call in Location');
      const before = (JSON.parse(project.read('reports/results.json')) as { run: { id: string } }).run.id;
      await item.getByTestId('btn-run-test').dispatchEvent('click');
      const again = () =>
        JSON.parse(project.read('reports/results.json')) as { run: { id: string }; cases: { id: string }[] };
      await expect.poll(() => again().run.id, { timeout: 30_000 }).not.toBe(before);
      expect(again().cases.map(({ id }) => id)).toEqual(['location.call/names-this-call-in-location']);
    });
  });
});
