/** Targets that are not there: exit 4, and reports of every case all the same. */
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { selfSignedIdentity } from '../emulator/tls-identity.ts';
import { resultsProblem } from '../engine/results/results-schema.ts';
import { parseXml } from '../dev/testing/parsed-xml.ts';
import { runInProcess } from '../dev/testing/run-in-process.ts';

// On machines that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const ends: (() => void)[] = [];
afterAll(() => ends.forEach((end) => end()));

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A port on which nothing listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const refuse: RequestListener = (_request, response) => {
  response.writeHead(403, { 'content-type': 'application/json' }).end('{"error":{"code":"Forbidden","message":"no"}}');
};

it.concurrent.each<[string, () => Promise<string>, RegExp, string[]]>([
  ['refuses the connection', async () => `http://127.0.0.1:${await closedPort()}/beta`, /ECONNREFUSED/, []],
  ['has no address', async () => 'http://no-such-host.invalid/beta', /(ENOTFOUND|EAI_AGAIN)/, []],
  [
    'has a certificate that nobody signed',
    async () => `https://127.0.0.1:${await portOf(createSecureServer(await selfSignedIdentity(), refuse))}/beta`,
    /no secure connection/,
    [],
  ],
  [
    'leaves everything without an answer',
    async () => `http://127.0.0.1:${await portOf(createServer(() => undefined))}/beta`,
    /there was no answer within 300 ms/,
    ['--request-timeout', '300ms'],
  ],
  ['creates no call', async () => `http://127.0.0.1:${await portOf(createServer(refuse))}/beta`, /403/, []],
  [
    'does not come up in time',
    async () => `http://127.0.0.1:${await closedPort()}/beta`,
    /there was no response within 600ms \(--wait\); the last problem: .*ECONNREFUSED/,
    ['--wait', '600ms'],
  ],
])('a target that %s', async (_name, baseUrl, problem, more) => {
  const words = [
    '--base-url',
    await baseUrl(),
    '--report-dir',
    'reports',
    '--suite',
    'location-header',
    '--suite',
    'transport',
    ...more,
  ];
  const folder = mkdtempSync(path.join(tmpdir(), 'unreachable-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const ended = await runInProcess(words, folder);
  expect(ended.exitCode).toBe(4);
  const results = ended.results();
  expect(resultsProblem('results', results)).toBeUndefined();
  expect(results.run).toMatchObject({
    exitCode: 4,
    complete: true,
    unreachable: { problem: expect.stringMatching(problem) },
  });
  expect(new Set(results.cases.map(({ verdict }) => verdict))).toEqual(new Set(['could-not-run']));
  expect(results.summary).toMatchObject({ verdict: 'incomplete', coverage: 0 });
  const junit = parseXml(readFileSync(path.join(ended.folder, 'reports', 'junit.xml'), 'utf8'));
  expect(junit.attributes).toMatchObject({ tests: String(results.cases.length), errors: String(results.cases.length) });
  expect(ended.stdout).toMatch(/cannot be reached or provisioned/);
  expect(ended.stdout).toMatch(/request .*(GET|POST) http/);
  expect(ended.stderr).not.toMatch(/\n\s+at /);
});
