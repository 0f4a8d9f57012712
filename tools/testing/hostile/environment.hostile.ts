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
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Results } from '../../results/results.ts';
import { expectBounded, expectCleanOutput, readResults } from './artefacts.ts';
import {
  type CommandOptions,
  emptyFolder,
  type EndedCommand,
  patientTimeouts,
  runCommand,
  type RunningCommand,
} from './command-line.ts';
import { expectLeaksCounted, noteRun, runAgainst, token } from './hostile-run.ts';
import { type HostileTarget, type Place, startHostileTarget } from './proxy.ts';

const targets: HostileTarget[] = [];

afterEach(async () => {
  await Promise.all(targets.splice(0).map((target) => target.close()));
});

async function behaving(place: Place = () => false): Promise<HostileTarget> {
  const target = await startHostileTarget(place, () => undefined, token);
  targets.push(target);
  return target;
}

/** A run without the checks of reports, for where there may be none. */
function run(
  target: Pick<HostileTarget, 'baseUrl'>,
  words: readonly string[],
  options: CommandOptions = {},
): Promise<EndedCommand> {
  return runCommand(['--base-url', target.baseUrl, '--token-env', 'HOSTILE_TOKEN', ...patientTimeouts, ...words], {
    ...options,
    environment: { HOSTILE_TOKEN: token, ...options.environment },
  });
}

/** Calls once, as soon as so many requests have come to the target. */
function afterRequests(target: HostileTarget, requests: number, act: () => void): NodeJS.Timeout {
  const timer = setInterval(() => {
    if (target.requests < requests) return;
    clearInterval(timer);
    act();
  }, 5);
  return timer;
}

/** Requests that come to a target before as many mutes as may be in flight hang there, and no case begins. */
const untilAllHang = 30;

/** Sends signals to a run, one after another, once it is in the middle of its requests. */
async function signalled(
  target: HostileTarget,
  folder: string,
  signals: readonly NodeJS.Signals[],
  words: readonly string[] = [],
  requests = 200,
): Promise<{ ended: EndedCommand; secondsAfter: number }> {
  let running: RunningCommand | undefined;
  let signalledAt = 0;
  const timer = afterRequests(target, requests, () => {
    signalledAt = performance.now();
    for (const [index, signal] of signals.entries()) setTimeout(() => running?.kill(signal), index * 100);
  });
  const ended = await run(target, ['--report-dir', folder, ...words], {
    watch: (child) => {
      running = child;
    },
  });
  clearInterval(timer);
  return { ended, secondsAfter: (performance.now() - signalledAt) / 1000 };
}

describe('a target that dies', () => {
  test('midway, and does not come back', async ({ task }) => {
    const target = await behaving();
    const timer = afterRequests(target, 300, () => void target.die());
    const { ended, results } = await runAgainst(target);
    clearInterval(timer);
    noteRun(task, ended, reasons(results));
    expect(ended.exitCode).toBe(3);
    expect(reasons(results)).toMatch(/nothing listens at 127\.0\.0\.1/);
  });

  test('midway, and comes back a second later', async ({ task }) => {
    const target = await behaving();
    const timer = afterRequests(target, 1_000, () => {
      void target
        .die()
        .then(() => sleep(1_000))
        .then(() => target.revive());
    });
    const { ended, results } = await runAgainst(target);
    clearInterval(timer);
    noteRun(task, ended, reasons(results));
    // By then many cases have ended. A case that meets the gap may well hold at its second attempt; then that is what it says.
    const retried = results.cases.filter(({ firstAttempt }) => firstAttempt?.verdict === 'indeterminate');
    expect(retried.length).toBeGreaterThan(0);
    expect([0, 1, 3]).toContain(ended.exitCode);
    expect(ended.exitCode === 0).toBe(results.summary.verdict === 'conformant');
    expect(results.cases.filter(({ verdict }) => verdict === 'passed').length).toBeGreaterThan(50);
  });

  test('before the run', async ({ task }) => {
    const target = await behaving();
    await target.die();
    const { ended, results } = await runAgainst(target);
    noteRun(task, ended, results.run.unreachable?.problem ?? '');
    expect(ended.exitCode).toBe(4);
    expect(results.run.unreachable?.problem).toMatch(/nothing listens/);
  });
});

/** Why cases ended without a verdict, each reason once. */
function reasons({ cases }: Results): string {
  return [...new Set(cases.flatMap(({ reason, verdict }) => (verdict === 'not-applicable' ? [] : [reason ?? ''])))]
    .filter(Boolean)
    .join('; ');
}

describe('a signal', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`${signal}: the reports are written, the calls deleted`, async ({ task }) => {
      const target = await behaving();
      const folder = emptyFolder();
      const { ended, secondsAfter } = await signalled(target, folder, [signal]);
      noteRun(task, ended, `${secondsAfter.toFixed(1)} s after the signal`);
      expect(ended.exitCode).toBe(130);
      expectBounded(ended);
      expectCleanOutput(ended);
      expect(secondsAfter).toBeLessThan(10);
      const results = readResults(folder);
      expect(results.run).toMatchObject({ complete: false, partial: true, exitCode: 130 });
      expect(results.cases.some(({ reason }) => reason === 'the run was interrupted')).toBe(true);
      expect(target.emulator.liveCalls()).toBe(0);
      expect(results.run.traffic?.callsLeaked).toBe(0);
    });
  }

  test('SIGINT on a target that leaves everything hanging', async ({ task }) => {
    const target = await startHostileTarget('mute', () => undefined, token);
    targets.push(target);
    const folder = emptyFolder();
    const { ended, secondsAfter } = await signalled(
      target,
      folder,
      ['SIGINT'],
      ['--request-timeout', '30s'],
      untilAllHang,
    );
    noteRun(task, ended, `${secondsAfter.toFixed(1)} s after the signal`);
    expect(ended.exitCode).toBe(130);
    expect(secondsAfter).toBeLessThan(10);
    expect(readResults(folder).run.complete).toBe(false);
    expect(target.emulator.liveCalls()).toBe(0);
  });

  test('SIGINT twice: ends at once', async ({ task }) => {
    const target = await behaving('everything');
    target.misbehave('mute', () => undefined);
    const folder = emptyFolder();
    const { ended, secondsAfter } = await signalled(
      target,
      folder,
      ['SIGINT', 'SIGINT'],
      ['--request-timeout', '30s'],
      untilAllHang,
    );
    noteRun(task, ended, `${secondsAfter.toFixed(1)} s after the first`);
    expect(ended.exitCode).toBe(130);
    expect(secondsAfter).toBeLessThan(2);
    expectCleanOutput(ended);
  });

  test('SIGKILL: the log gives results', async ({ task }) => {
    const target = await behaving();
    const folder = emptyFolder();
    const { ended } = await signalled(target, folder, ['SIGKILL']);
    expect(ended.signal).toBe('SIGKILL');
    const out = path.join(folder, 'rebuilt');
    const words = ['--formats', 'json,junit,html,md', '--out', out];
    const report = await runCommand(['report', path.join(folder, 'events.jsonl'), ...words]);
    noteRun(task, ended, `report: exit ${String(report.exitCode)}`);
    expectCleanOutput(report);
    const results = readResults(out);
    expect(results.run.complete).toBe(false);
    expect(results.summary.verdict).not.toBe('conformant');
    expect(existsSync(path.join(out, 'junit.xml'))).toBe(true);
  });
});

describe('calls', () => {
  test('that are kept are counted as the target counts them', async ({ task }) => {
    const target = await behaving();
    const { ended, results } = await runAgainst(target, {
      words: ['--keep-calls', '--suite', 'status-codes'],
      timeouts: patientTimeouts,
    });
    noteRun(task, ended, `${results.run.traffic?.callsLeaked ?? 0} calls kept`);
    expect(target.emulator.liveCalls()).toBeGreaterThan(5);
    expectLeaksCounted(results, target);
  });

  test('that cannot be deleted are counted as the target counts them', async ({ task }) => {
    const target = await behaving();
    let deletes = 0;
    target.misbehave(
      ({ method }) => method === 'DELETE' && (deletes += 1) % 3 === 0,
      ({ response }) => void response.writeHead(500).end(),
    );
    const { ended, results } = await runAgainst(target);
    noteRun(task, ended, `${results.run.traffic?.callsLeaked ?? 0} calls leaked`);
    expect(target.emulator.liveCalls()).toBeGreaterThan(20);
    expectLeaksCounted(results, target);
  });

  test('are deleted when the run is out of time', async ({ task }) => {
    const target = await behaving();
    const { ended, results } = await runAgainst(target, { words: ['--run-timeout', '5s', '--repeat', '10'] });
    noteRun(task, ended, reasons(results).slice(0, 100));
    expect(ended.exitCode).toBe(3);
    // What is kept back of the time is meant for deleting calls and writing reports.
    expect(results.run.durationMs).toBeLessThan(7_000);
    expect(reasons(results)).toMatch(/did not end within 5s/);
    expect(target.emulator.liveCalls()).toBe(0);
  });
});

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
    for (const name of ['results.json', 'junit.xml', 'index.html', 'summary.md', 'events.jsonl']) {
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
    const words = ['--formats', 'json', '--out', path.join(folder, 'again')];
    const report = await runCommand(['report', path.join(folder, 'events.jsonl'), ...words]);
    expect(report.exitCode).toBe(0);
    expect(readResults(path.join(folder, 'again')).run.complete).toBe(true);
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
