/** Recording and replay of single exchanges with a server that does everything a server can do wrong. */
import { once } from 'node:events';
import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import net, { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import nock from 'nock';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createRedactor } from '../http/redaction.ts';
import { type Answered, CaseScope } from '../target/case-scope.ts';
import { CouldNotRun } from '../target/could-not-run.ts';
import type { SessionIo } from '../target/session-io.ts';
import { TargetSession } from '../target/session.ts';
import type { Target } from '../target/target.ts';
import { TransportFault } from '../http/transport-fault.ts';
import type { TargetRecording } from './cassette.ts';
import { ReplayIo } from './replay.ts';
import { replayedTarget } from './recorded-target.ts';
import { Recorder } from './recorder.ts';
import { packageRoot } from '../catalogue/package-root.ts';

const head = (status: string, ...headers: string[]) => `HTTP/1.1 ${[status, ...headers].join('\r\n')}\r\n\r\n`;
const closed = 'Connection: close';

/** What the server does with a request, by its path. */
const behaviours: Readonly<Record<string, (socket: Socket) => void>> = {
  '/plain': (socket) => socket.end(head('200 OK', 'Content-Type: application/json', closed) + '{"id":"1"}'),
  '/raw-headers': (socket) =>
    socket.end(head('200 OK', 'X-b: 1', 'x-B: 2', 'Location: /a', 'LOCATION: /b', 'X-Latin: é', 'X-Empty:', closed)),
  '/no-content': (socket) => socket.end(head('204 No Content', closed)),
  '/odd-status': (socket) => socket.end(head('799 What', closed) + 'odd'),
  '/redirect': (socket) => socket.end(head('302 Found', 'Location: /plain', closed)),
  '/packed': (socket) => {
    socket.write(head('200 OK', 'Content-Encoding: gzip', closed));
    socket.end(gzipSync('{"id": "spaced"}'));
  },
  '/binary': (socket) => {
    socket.write(head('200 OK', closed));
    socket.end(Buffer.from([0xff, 0x00, 0xc3, 0x28]));
  },
  '/secret': (socket) => socket.end(head('401 Unauthorized', closed) + '{"said":"Bearer the-token, a-header-secret"}'),
  '/reset': (socket) => socket.destroy(),
  '/torn': (socket) => socket.end(head('200 OK', 'Content-Length: 100') + 'half'),
  '/hanging': () => undefined,
  '/begun-and-hanging': (socket) => socket.write(head('200 OK', 'Content-Length: 100') + 'half'),
  '/too-large': (socket) => socket.end(head('200 OK', closed) + 'x'.repeat(5_000)),
  '/no-http': (socket) => socket.end('Good day\r\n\r\n'),
  '/huge-header': (socket) => socket.end(head('200 OK', `X-Huge: ${'x'.repeat(20_000)}`, closed)),
  '/wrongly-packed': (socket) => socket.end(head('200 OK', 'Content-Encoding: gzip', closed) + 'no gzip'),
};

let server: Server;
let origin = '';
beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      const path = /^\S+ (\S+)/.exec(String(data))?.[1] ?? '';
      behaviours[path]?.(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => server.close());

function targetAt(baseUrl: string): Target {
  return {
    name: 'scripted',
    baseUrl,
    apiVersion: 'beta',
    token: 'the-token',
    headers: { 'X-Key': 'a-header-secret' },
    secrets: ['the-token', 'a-header-secret'],
    capabilities: {
      app: false,
      operations: false,
      participants: false,
      unmute: false,
      tokenValidation: false,
      sharedMeeting: false,
      callbackAuth: false,
      deltaRoster: false,
    },
    calls: {},
    callback: { host: '127.0.0.1', port: 0, tls: false },
    timeouts: { requestMs: 1_500, notificationMs: 100, quietMs: 10, throttleMs: 1_000 },
    maxBodyBytes: 2_000,
    tls: { insecure: false },
    notes: [],
  };
}

function open(target: Target, io: SessionIo): Promise<TargetSession> {
  return TargetSession.open(target, {
    seed: 1,
    concurrency: 4,
    keepCalls: false,
    signal: new AbortController().signal,
    startedAt: io.clock.now(),
    io,
  });
}

/** Sends a request for each path, one case each, and says what came of it. */
async function ask(target: Target, io: SessionIo, paths: readonly string[]): Promise<Map<string, unknown>> {
  const session = await open(target, io);
  const seen = new Map<string, unknown>();
  await Promise.all(
    paths.map(async (path) => {
      const scope = new CaseScope(session, path, '/communications', path);
      seen.set(
        path,
        await scope.send({ step: 'ask', method: 'POST', path, body: { json: { path } } }).then(answered, failed),
      );
      scope.close();
    }),
  );
  await session.finish();
  seen.set('counts', session.traffic());
  return seen;
}

function answered({ http }: Answered) {
  return {
    status: http.status,
    rawHeaders: http.rawHeaders,
    text: http.text,
    json: jsonOf(http),
    ms: http.record.exchange.ms > 0,
  };
}

/** What the body says, or why it says nothing. */
function jsonOf(http: Answered['http']): unknown {
  try {
    return http.json();
  } catch (error) {
    return String(error);
  }
}

function failed(error: unknown) {
  if (error instanceof CouldNotRun) return error.message;
  if (!(error instanceof TransportFault)) throw error;
  const { kind, message, onIdleConnection, exchange } = error;
  return { kind, message, onIdleConnection, failure: exchange.failure };
}

/** Deletes what the paths name side by side, all for one case, and says what came of each. */
async function deleteAll(target: Target, io: SessionIo, paths: readonly string[]): Promise<Map<string, unknown>> {
  const session = await open(target, io);
  const scope = new CaseScope(session, 'deletes', '/communications', 'deletes');
  const asked = paths.map(async (path) => {
    const said = await scope
      .send({ step: 'delete call', method: 'DELETE', path })
      .then(({ http }) => http.status, failed);
    return [path, said] as const;
  });
  const seen = new Map(await Promise.all(asked));
  scope.close();
  await session.finish();
  return seen;
}

async function record(baseUrl: string, paths: readonly string[], asks = ask) {
  const target = targetAt(baseUrl);
  const recorder = new Recorder(target);
  const seen = await asks(target, recorder, paths);
  return { seen, tape: await recorder.tape(createRedactor([...target.secrets])) };
}

/** With what goes through a file. */
async function replay(tape: TargetRecording, paths: readonly string[], asks = ask) {
  const read = JSON.parse(JSON.stringify(tape)) as TargetRecording;
  const target = replayedTarget(read, 'replayed');
  return asks(target, new ReplayIo(read, target, 'run.json'), paths);
}

/** What was seen, without what a cassette leaves out. */
function kept(seen: Map<string, unknown>): Map<string, unknown> {
  return new Map(
    [...seen].map(([path, what]) => {
      if (typeof what !== 'object' || what === null || !('rawHeaders' in what)) return [path, what];
      const { rawHeaders } = what as { rawHeaders: string[] };
      const wire = ['connection', 'content-encoding', 'content-length'];
      return [
        path,
        { ...what, rawHeaders: rawHeaders.filter((_, at) => !wire.includes(rawHeaders[at & ~1]?.toLowerCase() ?? '')) },
      ];
    }),
  );
}

function sourceOf(file: string): string {
  return path.join(packageRoot, 'tools', file);
}

/** All source files that are loaded together with one: what it imports, and what that does. */
function loadedWith(file: string): ReadonlySet<string> {
  const loaded = new Set([sourceOf(file)]);
  for (const one of loaded) {
    for (const [, imported = ''] of readFileSync(one, 'utf8').matchAll(
      /^(?:import|export)(?! type\b)(?:[^;']* from)? '(\.[^']+)';/gm,
    )) {
      loaded.add(path.resolve(path.dirname(one), imported));
    }
  }
  return loaded;
}

describe('a replay of single exchanges', () => {
  it('answers what was answered, and fails as it failed', async () => {
    const paths = Object.keys(behaviours).filter((path) => path !== '/secret');
    const { seen, tape } = await record(origin, paths);
    expect(Object.fromEntries([...seen].map(([path, what]) => [path, (what as { kind?: string }).kind]))).toMatchObject(
      {
        '/reset': 'reset',
        '/torn': 'torn',
        '/hanging': 'timeout',
        '/begun-and-hanging': 'timeout',
        '/too-large': 'too-large',
        '/no-http': 'protocol',
        '/huge-header': 'protocol',
        '/wrongly-packed': 'protocol',
        '/plain': undefined,
      },
    );
    expect(await replay(tape, paths)).toEqual(kept(seen));
  });

  it('answers each call of a case as it was deleted, in whatever order they are', async () => {
    const { seen, tape } = await record(origin, ['/plain', '/no-content', '/secret'], deleteAll);
    expect(Object.fromEntries(seen)).toEqual({ '/plain': 200, '/no-content': 204, '/secret': 401 });
    expect(await replay(tape, ['/secret', '/plain', '/no-content'], deleteAll)).toEqual(seen);
  });

  it('fails as it failed where nothing listens', async () => {
    const { seen, tape } = await record('http://127.0.0.1:1', ['/plain']);
    expect(seen.get('/plain')).toMatchObject({ kind: 'refused' });
    expect(await replay(tape, ['/plain'])).toEqual(seen);
  });

  it('keeps headers in their order, case and number', async () => {
    const { tape } = await record(origin, ['/raw-headers']);
    expect(tape.exchanges[0]?.rawHeaders).toEqual([
      'X-b',
      '1',
      'x-B',
      '2',
      'Location',
      '/a',
      'LOCATION',
      '/b',
      'X-Latin',
      'Ã©',
      'X-Empty',
      '',
    ]);
  });

  it('has no secrets in it, and a token that is repeated is still the token', async () => {
    const { tape } = await record(origin, ['/secret']);
    expect(JSON.stringify(tape)).not.toMatch(/the-token|a-header-secret/);
    const target = replayedTarget(tape, 'replayed');
    const seen = await replay(tape, ['/secret']);
    expect((seen.get('/secret') as { text: string }).text).toBe(`{"said":"Bearer ${target.token}, [redacted]"}`);
  });

  it('says which case, step or request was not recorded', async () => {
    const { tape } = await record(origin, ['/plain']);
    const [exchange] = tape.exchanges;
    if (exchange === undefined) throw new Error('nothing was recorded');
    const seen = await replay(tape, ['/redirect']);
    expect(seen.get('/redirect')).toBe(
      'the cassette run.json has no recording of this case; record it again to get one',
    );
    const other = { ...exchange, reqheaders: { 'client-request-id': 'another' } };
    const missing = await replay({ ...tape, exchanges: [other] }, ['/plain']);
    expect(missing.get('/plain')).toBe(
      `the cassette run.json has no recording for the step “ask” of this case (client-request-id ${exchange.reqheaders['client-request-id']}); record it again to get one`,
    );
    const changed = await replay({ ...tape, exchanges: [{ ...exchange, method: 'PUT' }] }, ['/plain']);
    expect(changed.get('/plain')).toMatch(
      /has the recording of another request, since this version of the suite sends POST \/plain instead of PUT \/plain, for/,
    );
  });

  it('sends nothing, listens for nothing and looks no name up', async () => {
    const reached = {
      connect: vi.spyOn(net.Socket.prototype, 'connect'),
      listen: vi.spyOn(net.Server.prototype, 'listen'),
      lookup: vi.spyOn(dns, 'lookup'),
    };
    onTestFinished(() => {
      for (const way of Object.values(reached)) way.mockRestore();
    });
    const { seen, tape } = await record(origin, ['/plain', '/reset']);
    expect(reached.connect).toHaveBeenCalled();
    expect(reached.listen).toHaveBeenCalled();
    for (const way of Object.values(reached)) way.mockClear();
    expect(await replay(tape, ['/plain', '/reset'])).toEqual(kept(seen));
    for (const way of Object.values(reached)) expect(way).not.toHaveBeenCalled();
  });

  it('loads nothing that could send a request', () => {
    const transport = sourceOf('engine/http/transport.ts');
    for (const file of ['engine/cassette/replay.ts', 'api/run/worker-entry.ts'])
      expect(loadedWith(file)).not.toContain(transport);
    expect(loadedWith('engine/cassette/recorder.ts')).toContain(transport);
  });

  it('consists of definitions that nock itself can load', async () => {
    onTestFinished(() => nock.cleanAll());
    const { tape } = await record(origin, ['/plain', '/packed', '/no-content']);
    const elsewhere = tape.exchanges.map((exchange) => ({ ...exchange, scope: 'http://elsewhere.example' }));
    const scopes = nock.define(elsewhere as unknown as nock.Definition[]);
    const answers = await Promise.all(
      tape.exchanges.map(({ path, reqheaders }) =>
        fetch(`http://elsewhere.example${path}`, { method: 'POST', headers: reqheaders }).then(async (answer) => [
          path,
          answer.status,
          await answer.text(),
        ]),
      ),
    );
    expect(answers).toEqual(
      expect.arrayContaining([
        ['/plain', 200, '{"id":"1"}'],
        // Of a text that is JSON it makes one without spaces.
        ['/packed', 200, '{"id":"spaced"}'],
        ['/no-content', 204, ''],
      ]),
    );
    for (const scope of scopes) scope.done();
  });
});
