import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Results } from '../engine/results/results.ts';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { report, type ReportOptions } from './report.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const failing = sampleResults([sampleCase('status.success/x', 'failed')]);
const passing = sampleResults([sampleCase('status.success/x', 'passed')]);
const part = sampleResults([sampleCase('status.success/x', 'passed')], { run: { partial: true } });

/** Renders results as `report` does, and tells what it printed. */
async function rendered(results: Results, options: ReportOptions, earlier: Results = passing): Promise<string> {
  writeFileSync(path.join(folder, 'results.json'), JSON.stringify(results));
  writeFileSync(path.join(folder, 'earlier.json'), JSON.stringify(earlier));
  let printed = '';
  await report(['results.json'], options, {
    environment: {},
    workingDirectory: folder,
    stdout: { write: (text) => (printed += text) },
    stderr: { write: () => undefined },
  });
  return printed;
}

const read = (...names: string[]) => readFileSync(path.join(folder, ...names), 'utf8');

it('names each file that it has written', async () => {
  const printed = await rendered(failing, { formats: ['md', 'badge', 'json'], out: 'again' });
  expect(readdirSync(path.join(folder, 'again')).toSorted()).toEqual(['badge.json', 'results.json', 'summary.md']);
  expect(printed.split('\n').toSorted()).toEqual([
    '',
    ...['badge.json', 'results.json', 'summary.md'].map((name) => path.join(folder, 'again', name)),
  ]);
});

it('says so when there is nothing to write', async () => {
  expect(await rendered(part, { formats: ['badge'] })).toBe('Nothing to write for sample: the run is partial.\n');
});

it('tells what is new against an earlier run, and what is fixed', async () => {
  await rendered(failing, { formats: ['md'], baseline: 'earlier.json' });
  expect(read('summary.md')).toMatch(/`status\.success\/x` .*\*\*new\*\*/);
  await rendered(passing, { formats: ['md'], baseline: 'earlier.json' }, failing);
  expect(read('summary.md')).toMatch(/`status\.success\/x` .*\*\*fixed\*\*/);
});

it('names the page in junit.xml when that is wanted, and where there is one', async () => {
  await rendered(failing, { formats: ['junit', 'html'], out: 'again' });
  expect(read('again', 'junit.xml')).not.toContain('ATTACHMENT');
  await rendered(failing, { formats: ['junit', 'html'], out: 'again', attach: true });
  expect(read('again', 'junit.xml')).toContain('[[ATTACHMENT|again/index.html]]');
  await rendered(failing, { formats: ['junit'], out: 'again', attach: true });
  expect(read('again', 'junit.xml')).not.toContain('ATTACHMENT');
  const elsewhere = mkdtempSync(path.join(tmpdir(), 'report-elsewhere-'));
  await rendered(failing, { formats: ['junit', 'html'], out: elsewhere, attach: true });
  expect(readFileSync(path.join(elsewhere, 'junit.xml'), 'utf8')).toContain(`[[ATTACHMENT|${elsewhere}/index.html]]`);
  rmSync(elsewhere, { recursive: true });
});
