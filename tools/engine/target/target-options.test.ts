import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { afterEach, describe, expect, it } from 'vitest';
import { embeddedTarget } from '../../api/run/embedded-target.ts';
import { type EmulatorServerOptions, startEmulatorServer } from '../../emulator/start.ts';
import { selfSignedIdentity } from '../../emulator/tls-identity.ts';
import { runSuites } from '../../dev/testing/run-suites.ts';
import { openSession, startScriptedTarget, targetAt } from '../../dev/testing/targets/scripted-target.ts';
import { CallScope } from '../../graph/calls/call-scope.ts';
import type { Target } from './target.ts';

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const timeouts = { requestMs: 10_000, notificationMs: 10_000, quietMs: 40, throttleMs: 5_000 };

async function emulated(options: EmulatorServerOptions = {}, callback: Partial<Target['callback']> = {}) {
  const emulator = await startEmulatorServer(options);
  open.push(emulator);
  const target = embeddedTarget(emulator, 'beta', timeouts, { host: '127.0.0.1', port: 0, tls: false });
  return { emulator, target: { ...target, callback: { ...target.callback, ...callback } } };
}

/** Cases that need the callback, on one path. */
const notified = (id: string) => /^roster\.(callback|self-muted|authenticated)\/.*[^p]$/.test(id);

describe('callbacks', () => {
  it('go over https where the target file says so', async () => {
    const { target } = await emulated({}, { tls: true });
    const run = await runSuites(target, notified, await selfSignedIdentity());
    expect(run.ids('satisfied')).toHaveLength(4);
    expect(run.session.receiver.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  });

  it('go by another name where the target reaches the listener under one', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => free.close(resolve));
    // A gateway that adds a path of its own, and takes it away again.
    const paths: string[] = [];
    const gateway = http.createServer((incoming, outgoing) => {
      const { method, url = '', rawHeaders } = incoming;
      paths.push(url);
      const path = url.replace(/^\/hooks/, '');
      const forward = http.request({ host: '127.0.0.1', port, method, path, headers: rawHeaders }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502);
        answer.pipe(outgoing);
      });
      forward.on('error', () => outgoing.destroy());
      incoming.pipe(forward);
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    open.push({
      close: () =>
        new Promise((resolve) => {
          gateway.close(resolve);
          gateway.closeAllConnections();
        }),
    });
    const at = gateway.address();
    const publicUrl = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}/hooks`;
    const { target } = await emulated({}, { port, publicUrl });
    const run = await runSuites(target, notified);
    expect(run.ids('satisfied')).toHaveLength(4);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.every((path) => path.startsWith('/hooks/callbacks/'))).toBe(true);
  });

  it('are verified with the keys of a URL', async () => {
    const { emulator, target } = await emulated();
    const keys = { url: emulator.jwksUrl };
    const run = await runSuites({ ...target, callback: { ...target.callback, jwks: keys } }, notified);
    expect(run.ids('satisfied')).toHaveLength(4);
    const strange = { ...target.callback, jwks: keys, audience: 'somebody else' };
    const other = await runSuites({ ...target, callback: strange }, notified);
    expect(other.ids('violated')).toEqual(['roster.authenticated/signs-the-update-with-a-token-for-the-application']);
    expect(JSON.stringify(other.records)).not.toMatch(/eyJ[\w-]{20}/);
  });
});

describe('a token without the call permissions', () => {
  const id = 'auth.no-permission-check/mutes-for-a-token-without-the-call-permissions';

  it('mutes, creates nothing, and is in no report', async () => {
    const { emulator, target } = await emulated();
    const run = await runSuites(target, (one) => one === id);
    expect(run.outcome(id).kind).toBe('satisfied');
    expect(JSON.stringify(run.records)).not.toContain(emulator.unprivilegedToken);
    const session = await openSession({ ...target, token: emulator.unprivilegedToken });
    open.push({ close: () => session.finish() });
    const scope = new CallScope(session, 'case', '/communications', 'case');
    const body = { json: { callbackUri: 'http://127.0.0.1:9', targets: [{}, {}] } };
    const answer = await scope.send({ step: 'create', method: 'POST', path: '/communications/calls', body });
    expect(answer.status).toBe(403);
  });

  it('is not missed where none is given', async () => {
    const { target } = await emulated();
    const { unprivilegedToken: _none, ...without } = target;
    const run = await runSuites(without, (one) => one === id);
    expect(run.outcome(id)).toMatchObject({ kind: 'not-applicable', because: 'capability' });
  });
});

describe('headers of the target file', () => {
  it('go with every request, and the secret ones into no report', async () => {
    const target = await startScriptedTarget(({ headers, path }) => {
      const echoed = { error: { code: String(headers['x-gateway-key']), message: String(headers['x-tenant']) } };
      return path.endsWith('/calls')
        ? { status: 201, json: { id: randomUUID(), state: 'established' } }
        : { status: 400, json: echoed };
    });
    open.push(target);
    const run = await runSuites(
      targetAt(target.baseUrl, {
        headers: { 'X-Gateway-Key': 'k3y of the gateway', 'X-Tenant': 'contoso' },
        secrets: ['k3y of the gateway'],
        timeouts: { notificationMs: 100 },
      }),
      (id) => /^status\.success\/.*[^p]$/.test(id),
    );
    expect(target.requests.length).toBeGreaterThanOrEqual(3);
    for (const { headers } of target.requests) {
      expect(headers).toMatchObject({ 'x-gateway-key': 'k3y of the gateway', 'x-tenant': 'contoso' });
    }
    const told = JSON.stringify(run.records);
    expect(told).toContain('contoso');
    expect(told).not.toContain('k3y of the gateway');
  });
});

describe('rate', () => {
  it('is a ceiling', async () => {
    const times: number[] = [];
    const target = await startScriptedTarget(() => {
      times.push(performance.now());
      return { status: 200 };
    });
    open.push(target);
    const session = await openSession(targetAt(target.baseUrl, { requestsPerSecond: 50 }));
    open.push({ close: () => session.finish() });
    const scope = new CallScope(session, 'case', '/communications', 'case');
    const amount = 11;
    await Promise.all(Array.from({ length: amount }, () => scope.send({ step: 'get', method: 'GET', path: '/x' })));
    const elapsed = (times.at(-1) ?? 0) - (times[0] ?? 0);
    // The first may have been held up on its way, the last not have come too early.
    expect(times).toHaveLength(amount);
    expect(elapsed).toBeGreaterThan(0.5 * 20 * (amount - 1));
  });
});
