import type { BrowserContextOptions } from 'playwright-core';

import { renderHtml } from '../../../reports/html.ts';
import type { Results } from '../../../engine/results/results.ts';
import { documentsInBrowser, type OpenPage } from './browser.ts';

export const narrow = { viewport: { width: 360, height: 740 } };

/** Opens the report of results; `address` is what follows the name of the file. */
type OpensReport = (results: Results, options?: BrowserContextOptions, address?: string) => Promise<OpenPage>;

/** @returns opens reports in a browser, for the tests of a file */
export function openReports(): OpensReport {
  const documents = documentsInBrowser();
  return (results, options, address) => {
    documents.write('index.html', renderHtml(results));
    return documents.open('index.html', options, address);
  };
}
