/** Several targets, shards, runs one after another: what more than one run has to do with each other. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findFault } from '../emulator/find-deviation.ts';
import { startEmulatorServer } from '../emulator/start.ts';
import { readKnownIssues } from '../engine/results/known-issues-file.ts';
import { loadResults } from '../engine/results/load-results.ts';
import type { Results } from '../engine/results/results.ts';
import { startCli } from '../dev/testing/run-cli.ts';
import { runInProcess } from '../dev/testing/run-in-process.ts';

// A process for each command, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'several-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const emulators = [await startEmulatorServer(), await startEmulatorServer()];
afterAll(() => Promise.all(emulators.map((emulator) => emulator.close())));

/** In a process of its own. */
const apart = (...words: string[]) => startCli(words, {}, {}, folder).ended;
const run = (...words: string[]) => runInProcess(words, folder);
const results = (...names: string[]) => loadResults(path.join(folder, ...names, 'results.json'));
const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};

/** What does not depend on when and in how many parts a run took place. */
function essence({ cases, summary, requirements, run: { complete, partial, exitCode } }: Results) {
  return { cases: cases.map(({ id, verdict }) => [id, verdict]), summary, requirements, complete, partial, exitCode };
}

describe('several targets in one run', () => {
  it('have a folder each, a line each in the table, and the worst exit code', async () => {
    for (const [index, { token, baseUrl }] of emulators.entries()) {
      write(`targets/${index}.yaml`, `name: good-${index}\nbaseUrl: ${baseUrl('beta')}\ntoken: ${token}\n`);
    }
    write('elsewhere.yaml', 'name: gone\nbaseUrl: http://127.0.0.1:1/beta\n');
    const files = ['--target', 'targets/*.yaml', 'elsewhere.yaml'];
    const ended = await run(...files, '--requirement', 'status.success', '--formats', 'md,html');
    expect(ended.exitCode).toBe(4);
    const exitCodes = ['good-0', 'good-1', 'gone'].map((name) => results('reports', name).run.exitCode);
    expect(exitCodes).toEqual([0, 0, 4]);
    expect(existsSync(path.join(folder, 'reports', 'gone', 'summary.md'))).toBe(true);
    const overview = readFileSync(path.join(folder, 'reports', 'index.html'), 'utf8');
    expect(overview).toContain('href="good-1/index.html#status.success"');
    expect(existsSync(path.join(folder, 'reports', 'good-1', 'index.html'))).toBe(true);
    const table = ended.stdout.slice(ended.stdout.indexOf('\ntarget '));
    expect(table).toMatch(/\ngood-0 +incomplete[^\n]* 0\ngood-1 +incomplete[^\n]* 0\ngone +incomplete[^\n]* 4\n$/);
    expect(emulators.map((emulator) => emulator.liveCalls())).toEqual([0, 0]);
  });
});

describe('shards of a run, each in a process of its own', () => {
  it.each([
    [['location-header', 'status-codes'], 'status-201', 2],
    // Nearly all of these share calls, those of a shard among themselves.
    [['content-type', 'request-body', 'client-context', 'error-bodies'], 'client-context-lower-cased', 3],
    [['authentication'], 'other-scheme-accepted', 2],
  ])('of %j are together what the run is in one piece, and so with what is rerun', async (suites, fault, count) => {
    const some = ['--suite', ...suites, '--fault', fault, '--seed', '3', '--quiet', '--formats', 'md'];
    const parts = Array.from({ length: count }, (_, index) => `${index + 1}`);
    const [whole] = await Promise.all([
      run(...some, '--report-dir', 'whole'),
      ...parts.map((part) => apart(...some, '--shard', `${part}/${count}`, '--report-dir', `part-${part}`)),
    ]);
    const files = parts.map((part) => `part-${part}/results.json`);
    const merged = await run('merge', ...files, '--out', 'merged', '--quiet');
    expect([whole.exitCode, merged.exitCode]).toEqual([1, 1]);
    expect(essence(results('merged'))).toEqual(essence(results('whole')));
    expect(existsSync(path.join(folder, 'merged', 'junit.xml'))).toBe(true);
    const twice = await run('merge', files[0] ?? '', files[0] ?? '');
    expect(twice).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/overlap/) });

    const again = await run('--rerun', 'merged/results.json', '--seed', '4', '--quiet', '--report-dir', 'again');
    expect(again.exitCode).toBe(0);
    const ofShards = await run('merge', ...files, 'again/results.json', '--out', 'of-shards', '--quiet');
    const ofWhole = await run('merge', 'merged/results.json', 'again/results.json', '--out', 'merged', '--quiet');
    expect([ofShards.exitCode, ofWhole.exitCode]).toEqual([0, 0]);
    expect(essence(results('of-shards'))).toEqual(essence(results('merged')));
    expect(results('merged').summary.must.failed).toBe(0);
    expect(results('merged').run.shard).toBeUndefined();
    expect(JSON.stringify(results('merged').run.notes)).toMatch(
      /have the verdicts of the rerun again\/results\.json \(seed 4\)/,
    );
  });
});

describe('one run after another', () => {
  it('writes what is known to fail, tolerates it, and notices when it is mended', async () => {
    const some = ['--requirement', 'status.success', '--requirement', 'status.unknown-call', '--quiet'];
    const known = ['--known-issues', 'known.yaml'];
    const fault = ['--fault', 'status-201'];
    const [failing, written] = [
      await run(...some, ...fault),
      await run(...some, ...fault, ...known, '--update-known-issues'),
    ];
    expect([failing.exitCode, written.exitCode]).toEqual([1, 0]);
    const list = readFileSync(path.join(folder, 'known.yaml'), 'utf8');
    expect(readKnownIssues(list, 'known.yaml')).toMatchObject([
      { match: 'status.success', kind: 'failing', reason: 'TODO' },
    ]);
    const [strict, mended] = [await run(...some, ...fault, ...known, '--strict'), await run(...some, ...known)];
    expect(strict).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/no reason yet/) });
    expect(mended.exitCode).toBe(1);
    expect(results('reports', 'emulator').run.exitReasons?.join()).toMatch(
      /known issues, line 3 \(status\.success\).*delete the entry/,
    );
  });

  it('takes up what did not pass, and compares the two', async () => {
    const some = ['--requirement', 'status.success', '--requirement', 'status.unknown-call', '--quiet'];
    await run(...some, '--fault', 'status-202-on-app', '--report-dir', 'one');
    const again = await run('--rerun', 'one/results.json', '--quiet', '--report-dir', 'two');
    expect(again.exitCode).toBe(0);
    expect(results('two').cases.map(({ id }) => id)).toEqual([expect.stringMatching(/^status\.success\/.*@app$/)]);
    expect(results('two').run).toMatchObject({ partial: true, filters: { rerun: ['one/results.json'] } });
    const merged = await run('merge', 'one/results.json', 'two/results.json', '--out', 'mended', '--quiet');
    expect(merged.exitCode).toBe(0);
    expect(results('mended').run).toMatchObject({ complete: true, filters: results('one').run.filters });
    expect(results('mended').cases.map(({ verdict }) => verdict)).toEqual(results('one').cases.map(() => 'passed'));
    const worse = await run('compare', 'two/results.json', 'one/results.json', '--gate', '--out', 'comparison');
    expect(worse.exitCode).toBe(1);
    expect(worse.stdout).toMatch(/worse than the first in a must: status\.success/);
    expect(existsSync(path.join(folder, 'comparison', 'comparison.html'))).toBe(true);
    const nothing = await run('--rerun', 'two/results.json', '--report-dir', 'three');
    expect(nothing).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^There is nothing to rerun: .*two/) });
    expect(existsSync(path.join(folder, 'three'))).toBe(false);
    expect(await run('merge', 'two/results.json')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/reran/),
    });
  });

  it('reruns the target of the results, not the embedded emulator', async () => {
    const emulator = await startEmulatorServer({ acceptAnyToken: true, deviation: findFault('status-202-on-app') });
    const words = ['--requirement', 'status.success', '--base-url', emulator.baseUrl('beta'), '--quiet'];
    expect(await run(...words, '--report-dir', 'there')).toMatchObject({ exitCode: 1 });
    expect(await run('--rerun', 'there/results.json', '--quiet', '--report-dir', 'again')).toMatchObject({
      exitCode: 1,
    });
    expect(results('again').target).toEqual(results('there').target);
    await emulator.close();
    const gone = await run('--rerun', 'there/results.json', '--quiet', '--report-dir', 'gone');
    expect(gone.exitCode).toBe(4);
  });
});
