/** The compiled command line in what takes complete runs, or runs that go wrong. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { loadResults } from '../engine/results/load-results.ts';
import { resultsProblem } from '../engine/results/results-schema.ts';
import type { Results } from '../engine/results/results.ts';
import { parseXml } from '../dev/testing/parsed-xml.ts';
import { type CliRun, runCli, startCli } from '../dev/testing/run-cli.ts';
import { runInProcess } from '../dev/testing/run-in-process.ts';

// A process for each command, on machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function run(...given: Parameters<typeof runCli>): Promise<CliRun> {
  const ended = await runCli(...given);
  folders.push(ended.folder);
  return ended;
}

/** In this process, where what ends so is not about that. */
async function runHere(words: readonly string[]): Promise<CliRun> {
  const folder = mkdtempSync(path.join(tmpdir(), 'command-line-'));
  folders.push(folder);
  return runInProcess(words, folder);
}

const here = ['--report-dir', 'reports'];
const few = [...here, '--requirement', 'status.success'];
const read = (ended: CliRun, name: string) => readFileSync(path.join(ended.folder, 'reports', name), 'utf8');

/** The counts of junit.xml against those of the cases. */
function expectSameCounts(junit: string, { cases }: Results): void {
  const { attributes } = parseXml(junit);
  const having = (...verdicts: string[]) => cases.filter(({ verdict }) => verdicts.includes(verdict)).length;
  expect(attributes).toMatchObject({
    tests: String(cases.length),
    failures: String(having('failed', 'unexpected-pass')),
    errors: String(having('could-not-run', 'indeterminate', 'harness-error')),
  });
}

describe('each exit code', () => {
  it('0: a whole run against a healthy target, whose reports are of a size that people can send and read', async () => {
    const ended = await run(here, {}, { LANG: 'C', NO_COLOR: '1' });
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout.trimEnd().split('\n').at(-1)).toMatch(
      /^conformant: divergence 0\.0 %, coverage 100\.0 %; \d+ passed, \d+ not-applicable; [\d.]+ m?s; reports$/,
    );
    expect(ended.stdout).toMatch(/^[\n -~]*$/);
    expect(Buffer.byteLength(read(ended, 'index.html'))).toBeLessThan(1_000_000);
    expect(read(ended, 'summary.md').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expectSameCounts(read(ended, 'junit.xml'), ended.results());
  });

  it('0: with the transcripts of everything, where that is wanted', async () => {
    const ended = await runHere([...few, '--formats', 'html', '--seed', '7', '--transcripts', 'all']);
    const sent = ended.results().cases.filter(({ verdict }) => verdict === 'passed');
    expect(sent.filter(({ exchanges, omitted }) => exchanges.length === 0 || omitted !== undefined)).toEqual([]);
    expect(read(ended, 'index.html')).not.toContain('--transcripts all');
  });

  it('1: a must failed; GitHub Actions is told, and standard output is JSON when that is wanted', async () => {
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary-of-the-job.md' };
    const words = [...few, '--fault', 'status-201', '--json', '--attach'];
    const ended = await run(words, { 'summary-of-the-job.md': '# Before\n' }, environment);
    expect(ended.exitCode).toBe(1);
    expect(JSON.parse(ended.stdout)).toEqual(ended.results());
    expectSameCounts(read(ended, 'junit.xml'), ended.results());
    expect(read(ended, 'junit.xml')).toContain('[[ATTACHMENT|reports/index.html]]');
    expect(ended.stderr).toMatch(/^::error title=emulator%3A status\.success/m);
    expect(readFileSync(path.join(ended.folder, 'summary-of-the-job.md'), 'utf8')).toMatch(
      /^# Before\n[^]*non-conformant/,
    );
  });

  it('1: under --bail, with most cases left', async () => {
    const ended = await runHere([...here, '--fault', 'status-201', '--bail', '--quiet']);
    expect(ended.exitCode).toBe(1);
    const { cases, run: about } = ended.results();
    expect(about).toMatchObject({ complete: false, traffic: { callsLeaked: 0 } });
    const left = cases.filter(({ reason }) => reason === 'the run was ended by the first failed must (--bail)');
    expect(left.length).toBeGreaterThan(cases.length / 4);
    expect(ended.stdout).toMatch(/^non-conformant \(not complete\): /);
  });

  it.each([
    ['3: an internal error that nobody catches', true, 3, /: internal error, please report it: a slip/],
    ['0: the same among the cases, which all have their verdict', false, 0, /^$/],
  ])('%s', async (_name, inMainThread, exitCode, stderr) => {
    const slip = `import { isMainThread } from 'node:worker_threads';
      const timer = setInterval(() => {
        if (isMainThread !== ${inMainThread} || process.listenerCount('uncaughtException') === 0) return;
        clearInterval(timer);
        throw new Error('a slip');
      }, 5);
      timer.unref();`;
    const ended = await run([...few, '--quiet'], { 'slip.mjs': slip }, { NODE_OPTIONS: '--import ./slip.mjs' });
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stderr).toMatch(stderr);
  });

  it('3: nothing applied', async () => {
    const ended = await runHere([...here, '--api-version', 'v1.0', '--case', 'status.success/*@app']);
    expect(ended.exitCode).toBe(3);
    expect(ended.results().run.exitReasons).toEqual(['nothing of level must or should was judged']);
  });

  it('130: interrupted, with the reports of what had ended', async () => {
    const started = startCli([...here, '--quiet']);
    folders.push(started.folder);
    const log = path.join(started.folder, 'reports', 'events.jsonl');
    await expect.poll(() => existsSync(log), { timeout: 15_000, interval: 20 }).toBe(true);
    started.process.kill('SIGINT');
    const ended = await started.ended;
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toBe('\nInterrupted: deleting calls and writing what there is. Again to stop at once.\n');
    const results = ended.results();
    expect(resultsProblem('results', results)).toBeUndefined();
    expect(results.run).toMatchObject({ complete: false, partial: true, exitCode: 130 });
    expectSameCounts(read(ended, 'junit.xml'), results);
  });
});

describe('a run that does not come to its end', () => {
  it('is told by its log when the process was killed', async () => {
    const started = startCli(here);
    folders.push(started.folder);
    const log = path.join(started.folder, 'reports', 'events.jsonl');
    await expect.poll(() => existsSync(log), { timeout: 15_000, interval: 20 }).toBe(true);
    started.process.kill('SIGKILL');
    await started.ended;
    const results = loadResults(log);
    expect(results.run).toMatchObject({ complete: false, partial: true, exitCode: 3 });
    expect(results.cases.length).toBeGreaterThan(300);
    const again = await runHere(['report', log, '--out', 'reports', '--formats', 'junit,json']);
    expect(again.exitCode).toBe(0);
    expect(again.results()).toEqual(results);
    expectSameCounts(read(again, 'junit.xml'), results);
  });

  it('has every case put down to the suite when the worker dies', async () => {
    const preload = 'import { isMainThread } from "node:worker_threads"; if (!isMainThread) throw new Error("no");\n';
    const words = [...few, '--quiet'];
    const ended = await run(words, { 'preload.mjs': preload }, { NODE_OPTIONS: '--import ./preload.mjs' });
    expect(ended.exitCode).toBe(3);
    expect(ended.results().cases.map(({ verdict }) => verdict)).toEqual(['harness-error', 'harness-error']);
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('ends within --run-timeout when the worker hangs', async () => {
    // It takes no processor from the command, which has half a second for its reports then.
    const hang = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)';
    const preload = `import { isMainThread } from "node:worker_threads"; if (!isMainThread) ${hang};\n`;
    const words = [...few, '--quiet', '--run-timeout', '10s'];
    const ended = await run(words, { 'preload.mjs': preload }, { NODE_OPTIONS: '--import ./preload.mjs' });
    expect(ended.exitCode).toBe(3);
    const { cases, run: about } = ended.results();
    expect(cases[0]).toMatchObject({ verdict: 'could-not-run', reason: expect.stringMatching(/--run-timeout/) });
    expect(about.durationMs).toBeLessThan(10_000);
  });

  it('goes on when nobody reads what it prints', async () => {
    const started = startCli([...few, '--verbose']);
    folders.push(started.folder);
    started.process.stdout?.destroy();
    started.process.stderr?.destroy();
    const ended = await started.ended;
    expect(ended.exitCode).toBe(0);
    expect(ended.results().run.complete).toBe(true);
  });
});
