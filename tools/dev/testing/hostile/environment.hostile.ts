import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectBounded, expectCleanOutput, readResults } from './artefacts.ts';
import { behaving, run } from './behaving-target.ts';
import { emptyFolder, patientTimeouts, type EndedCommand } from './command-line.ts';
import { noteRun, runAgainst } from './hostile-run.ts';

describe('the report folder', () => {
  const unwritable = async (folder: string): Promise<EndedCommand> => {
    const target = await behaving();
    return run(target, ['--report-dir', folder, '--suite', 'status-codes']);
  };

  test.each([
    ['below a device', '/dev/full/reports'],
    ['below a file', path.join(import.meta.dirname, 'proxy.ts', 'reports')],
    ['where nobody can make one', '/proc/call-mute-reports'],
  ])('%s', async (_, folder) => {
    const ended = await unwritable(folder);
    expectBounded(ended);
    expectCleanOutput(ended);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/cannot be written/);
  });

  test('that is full leaves no half of a file', async ({ skip, task }) => {
    const folder = emptyFolder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
    } catch {
      skip('a file system of its own cannot be mounted here');
    }
    try {
      const ended = await run(await behaving(), ['--report-dir', folder]);
      noteRun(task, ended, ended.stderr.split('\n').at(-2) ?? '');
      expectBounded(ended);
      expectCleanOutput(ended);
      expect(ended.exitCode).toBe(2);
      expect(ended.stderr).toMatch(/cannot be written.*ENOSPC/);
      const results = path.join(folder, 'results.json');
      if (existsSync(results)) expect(() => JSON.parse(readFileSync(results, 'utf8')) as unknown).not.toThrow();
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    } finally {
      execFileSync('umount', [folder]);
    }
  });

  test('with links out of it: what they lead to stays as it is', async () => {
    const folder = emptyFolder();
    const elsewhere = emptyFolder();
    for (const name of ['results.json', 'junit.xml', 'index.html', 'summary.md']) {
      writeFileSync(path.join(elsewhere, name), 'not to be touched');
      symlinkSync(path.join(elsewhere, name), path.join(folder, name));
    }
    const ended = await run(await behaving(), ['--report-dir', folder, '--suite', 'status-codes']);
    expect(ended.exitCode).toBe(0);
    for (const name of readdirSync(elsewhere)) {
      expect(readFileSync(path.join(elsewhere, name), 'utf8'), name).toBe('not to be touched');
      expect(readFileSync(path.join(folder, name), 'utf8').length, name).toBeGreaterThan(100);
    }
  });

  test('that is a link itself leads where the user wants it', async () => {
    const elsewhere = emptyFolder();
    const link = path.join(emptyFolder(), 'link');
    symlinkSync(elsewhere, link);
    const ended = await run(await behaving(), ['--report-dir', link, '--suite', 'status-codes']);
    expect(ended.exitCode).toBe(0);
    expect(readdirSync(elsewhere)).toContain('results.json');
  });

  test('of two runs at once holds the whole results of one of them', async () => {
    const folder = emptyFolder();
    const target = await behaving();
    const both = await Promise.all([
      run(target, ['--report-dir', folder, '--seed', '1']),
      run(target, ['--report-dir', folder, '--seed', '2']),
    ]);
    expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const results = readResults(folder);
    expect([1, 2]).toContain(results.run.seed);
    expect(results.summary.verdict).toBe('conformant');
    expect(results.run.complete).toBe(true);
    expect(readdirSync(folder)).not.toContain('events.jsonl');
    expect(target.emulator.liveCalls()).toBe(0);
  });
});

describe('standard output', () => {
  test('that is closed after the first line changes nothing else', async ({ task }) => {
    const target = await behaving();
    const folder = emptyFolder();
    const ended = await run(target, ['--report-dir', folder, '--verbose'], {
      watch: (running) => {
        if (running.stdout.includes('\n')) running.closeStdout();
      },
    });
    noteRun(task, ended, 'closed after the first line');
    expect(ended.exitCode).toBe(0);
    expectCleanOutput(ended);
    expect(readResults(folder).summary.verdict).toBe('conformant');
    expect(target.emulator.liveCalls()).toBe(0);
  });

  test.runIf(existsSync('/dev/full'))('that is full changes nothing else', async ({ task }) => {
    const folder = emptyFolder();
    const ended = await run(await behaving(), ['--report-dir', folder], { stdout: openSync('/dev/full', 'w') });
    noteRun(task, ended, '/dev/full');
    expectBounded(ended);
    expectCleanOutput(ended);
    expect(readResults(folder).summary.verdict).toBe('conformant');
  });
});

describe('the machine', () => {
  test('has taken the port of the callback already', async () => {
    const taken = net.createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const folder = emptyFolder();
    const ended = await run(await behaving(), ['--report-dir', folder, '--callback-listen', `127.0.0.1:${port}`]);
    taken.close();
    expectBounded(ended);
    expectCleanOutput(ended);
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toMatch(/cannot listen on 127\.0\.0\.1:\d+.*EADDRINUSE.*--callback-listen/);
  });

  test('sets its clock forth and back during the run', async ({ task }) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-clock-'));
    const jumps = path.join(folder, 'jumps.mjs');
    // Every look at the clock shows another time; what counts seconds by it would end at once, or never.
    writeFileSync(
      jumps,
      `const RealDate = Date;
let looks = 0;
const jumped = () => RealDate.prototype.getTime.call(new RealDate()) + ((looks += 1) % 2 === 0 ? -1 : 1) * 864e5 * (looks % 7);
globalThis.Date = class Date extends RealDate {
  constructor(...words) { if (words.length === 0) super(jumped()); else super(...words); }
  static now() { return jumped(); }
};
`,
    );
    const target = await behaving();
    const options = { nodeOptions: ['--import', jumps], timeouts: patientTimeouts };
    const { ended, results } = await runAgainst(target, options);
    noteRun(task, ended, results.summary.verdict);
    expect(ended.exitCode).toBe(0);
    expect(results.summary.verdict).toBe('conformant');
    expect(results.run.durationMs).toBeLessThan(60_000);
    expect(target.emulator.liveCalls()).toBe(0);
  });

  test('leads to a proxy whose address holds a password', async () => {
    const password = 'proxy-Pass/word+123456';
    const folder = emptyFolder();
    const ended = await run(await behaving(), ['--report-dir', folder], {
      environment: {
        HTTP_PROXY: `http://user:${encodeURIComponent(password)}@127.0.0.1:9`,
        http_proxy: `http://user:${encodeURIComponent(password)}@127.0.0.1:9`,
        NO_PROXY: 'elsewhere.example',
      },
    });
    expectBounded(ended);
    expectCleanOutput(ended);
    for (const text of [
      ended.stdout,
      ended.stderr,
      ...readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8')),
    ]) {
      expect(text).not.toContain(password);
      expect(text).not.toContain(encodeURIComponent(password));
    }
  });

  test('has an empty folder of that name already, and files of others in it', async () => {
    const folder = emptyFolder();
    mkdirSync(path.join(folder, 'results.json'));
    const ended = await run(await behaving(), ['--report-dir', folder, '--suite', 'status-codes']);
    expectCleanOutput(ended);
    expect(ended.exitCode).toBe(2);
  });
});
