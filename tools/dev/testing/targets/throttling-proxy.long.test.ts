import { afterEach, expect, it } from 'vitest';
import { embeddedTarget } from '../../../api/run/embedded-target.ts';
import { startEmulatorServer } from '../../../emulator/start.ts';
import { runSuites } from '../run-suites.ts';
import { startThrottlingProxy } from './throttling-proxy.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const timeouts = { requestMs: 10_000, notificationMs: 10_000, quietMs: 60, throttleMs: 30_000 };

async function throttled(
  every: Parameters<typeof startThrottlingProxy>[1],
  refusals?: Parameters<typeof startThrottlingProxy>[2],
) {
  const emulator = await startEmulatorServer();
  const proxy = await startThrottlingProxy(emulator.origin, every, refusals);
  open.push(proxy, emulator);
  const callback = { host: '127.0.0.1', port: 0, tls: false };
  const target = embeddedTarget(emulator, 'beta', timeouts, callback);
  return { emulator, proxy, target: { ...target, baseUrl: `${proxy.origin}/beta` } };
}

it(
  'waits out every fifteenth request, while calls are made and while they are muted',
  { timeout: 60_000 },
  async () => {
    const { emulator, proxy, target } = await throttled(15, [
      { status: 429, retryAfter: '1' },
      { status: 503, retryAfter: '0' },
    ]);
    const chosen =
      /^(status\.success|status\.ended-call|group\.|roster\.(self-muted|delivered|not-on-refusal)|auth\.missing)/;
    const run = await runSuites(target, (id) => chosen.test(id));
    expect(run.records.filter(({ outcome }) => !['satisfied', 'not-applicable'].includes(outcome.kind))).toEqual([]);
    const { throttled: waits, throttleWaitMs, callsCreated, callsLeaked } = run.session.traffic();
    expect(waits).toBe(proxy.refused);
    expect(waits).toBeGreaterThan(5);
    expect(throttleWaitMs).toBeGreaterThanOrEqual(1_000);
    expect(callsLeaked).toBe(0);
    expect(callsCreated).toBeGreaterThan(20);
    expect(emulator.liveCalls()).toBe(0);
  },
);

it('gives a case no more time than its budget, and says what the target answered', async () => {
  const { target } = await throttled((path) => path.endsWith('/mute'), [{ status: 429, retryAfter: '3600' }]);
  const run = await runSuites(target, (id) => /^status\.success\/.*[^p]$/.test(id));
  const [record] = run.records;
  expect(record?.outcome.kind).toBe('violated');
  expect(JSON.stringify(record?.outcome)).toContain('429');
  expect(run.session.traffic().throttled).toBe(0);
});
