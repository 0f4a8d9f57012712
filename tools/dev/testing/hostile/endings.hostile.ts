import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Results } from '../../../engine/results/results.ts';
import { expectBounded, expectCleanOutput, readResults } from './artefacts.ts';
import { behaving, run } from './behaving-target.ts';
import { emptyFolder, patientTimeouts, runCommand, type EndedCommand, type RunningCommand } from './command-line.ts';
import { expectLeaksCounted, noteRun, runAgainst } from './hostile-run.ts';
import type { HostileTarget } from './proxy.ts';

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
  requests = 200,
): Promise<{ ended: EndedCommand; secondsAfter: number }> {
  let running: RunningCommand | undefined;
  let signalledAt = 0;
  const timer = afterRequests(target, requests, () => {
    signalledAt = performance.now();
    for (const [index, signal] of signals.entries()) setTimeout(() => running?.kill(signal), index * 100);
  });
  const ended = await run(target, ['--report-dir', folder], {
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
    const timer = afterRequests(target, 400, () => {
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
    const target = await behaving('mute');
    const folder = emptyFolder();
    const { ended, secondsAfter } = await signalled(target, folder, ['SIGINT'], untilAllHang);
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
    const { ended, secondsAfter } = await signalled(target, folder, ['SIGINT', 'SIGINT'], untilAllHang);
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
