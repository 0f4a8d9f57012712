import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

import { renderHtml } from '../../../reports/html.ts';
import type { Results } from '../../../engine/results/results.ts';
import { openFile, type OpenPage, startBrowser } from './browser.ts';

export const narrow = { viewport: { width: 360, height: 740 } };

/** Opens the report of results; `address` is what follows the name of the file. */
type OpensReport = (results: Results, options?: BrowserContextOptions, address?: string) => Promise<OpenPage>;

/** Starts a browser for the tests of a file, and closes it after them. @returns opens reports in it */
export function openReports(): OpensReport {
  let browser: Browser;
  const folder = mkdtempSync(path.join(tmpdir(), 'call mute report-'));
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  return async (results, options = {}, address = '') => {
    const file = path.join(folder, 'index.html');
    writeFileSync(file, renderHtml(results));
    return openFile(browser, `${file}${address}`, options);
  };
}
