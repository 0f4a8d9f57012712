import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

/** Debian's chromium, unless the environment names another. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why the tests of this folder cannot run here; undefined when they can. */
export const missingBrowser: string | undefined = existsSync(executablePath)
  ? undefined
  : `there is no browser at ${executablePath}: apt-get install chromium, or name one in CHROMIUM`;

if (missingBrowser !== undefined) process.stderr.write(`Skipped: ${missingBrowser}\n`);

/**
 * What a window of Debian's chromium starts beside the page, and what would ask the network. The list stands for the
 * one of Playwright, which chromium then does not look at.
 */
const unwantedFeatures = [
  // Two pages for what is typed into the address: half of what a window takes of the processor.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // A process in advance for each next page.
  'SpareRendererForSitePerProcess',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
];

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${unwantedFeatures.join(',')}`,
    ],
  });
}

export interface OpenPage {
  page: Page;
  /** Errors of the console, exceptions, dialogs, and requests that left the document. */
  troubles: string[];
  close: () => Promise<void>;
}

/** Opens a document from a file, as a reader does who got the report by mail, and notes whatever goes wrong. */
async function openFile(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') && !request.url().startsWith('data:'))
      troubles.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return { page, troubles, close: () => context.close() };
}

/** A browser, and the documents that it can open. */
export interface Documents {
  /** Puts a document where others lead to it by this name. */
  write(name: string, html: string): void;
  /** Opens one of them; `address` is what follows the name of the file. */
  open(name: string, options?: BrowserContextOptions, address?: string): Promise<OpenPage>;
}

/** Starts a browser for the tests of a file, and closes it after them. */
export function documentsInBrowser(): Documents {
  let browser: Browser;
  // With spaces, as folders of people have them.
  const folder = mkdtempSync(path.join(tmpdir(), 'call mute report-'));
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });
  return {
    write(name, html) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), html);
    },
    open: (name, options, address = '') => openFile(browser, `${path.join(folder, name)}${address}`, options),
  };
}

/** The rules of axe that look at colors, and at nothing else that a color scheme changes. */
const colorRules = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds wrong with the page as it stands, one line each.
 * @param about colors alone, where nothing else has changed since everything was looked at
 */
export async function axeObjections(page: Page, about: 'everything' | 'colors' = 'everything'): Promise<string[]> {
  // Through the debugger, which the policy of the page does not bind.
  await page.evaluate(axe.source);
  const options: axe.RunOptions = { resultTypes: ['violations'], ...(about === 'colors' && { runOnly: colorRules }) };
  const found = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as axe.AxeResults;
  return found.violations.map(({ id, impact, nodes }) => `${id} (${impact ?? 'unrated'}): ${nodes[0]?.html ?? ''}`);
}
