import http from 'node:http';
import https from 'node:https';
import { performance } from 'node:perf_hooks';
import type { SessionIo } from '../../../engine/target/session-io.ts';
import { CallSession } from '../../../graph/calls/call-session.ts';
import { capabilityNames, type Capability, type Target } from '../../../engine/target/target.ts';
import { realIo } from '../../../engine/target/real-io.ts';

export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, or an empty object when it is none. */
  readonly json: Record<string, unknown>;
}

export interface ScriptedReply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ScriptedTarget {
  readonly origin: string;
  readonly baseUrl: string;
  readonly requests: readonly ScriptedRequest[];
  /** Method and path below the version, in order. */
  lines(): string[];
  /** Posts notifications to a callback and waits for the answer. */
  notify(callbackUri: string, ...items: readonly object[]): Promise<number>;
  close(): Promise<void>;
}

/** A target that answers what the test says: for what no real one does at will. */
export async function startScriptedTarget(
  handle: (request: ScriptedRequest, target: ScriptedTarget) => ScriptedReply | Promise<ScriptedReply>,
  tls?: { readonly key: string; readonly cert: string },
): Promise<ScriptedTarget> {
  const requests: ScriptedRequest[] = [];
  const listener: http.RequestListener = (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const text = Buffer.concat(chunks).toString();
      const request = { method, path, headers, text, json: asJson(text) };
      requests.push(request);
      void Promise.resolve(handle(request, target)).then(({ status, json, text: body, headers: more }) => {
        outgoing.writeHead(status, { ...(json !== undefined && { 'Content-Type': 'application/json' }), ...more });
        outgoing.end(json === undefined ? body : JSON.stringify(json));
      });
    });
  };
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const target: ScriptedTarget = {
    origin,
    baseUrl: `${origin}/v1.0`,
    requests,
    lines: () => requests.map(({ method, path }) => `${method} ${path.replace('/v1.0/communications/', '')}`),
    notify: (callbackUri, ...items) =>
      new Promise((resolve, reject) => {
        const post = http.request(callbackUri, { method: 'POST', headers: { 'Content-Type': 'application/json' } });
        post.on('response', (answer) => {
          answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
        });
        post.on('error', reject);
        post.end(JSON.stringify({ '@odata.type': '#microsoft.graph.commsNotifications', value: items }));
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return target;
}

function asJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** A notification about participants. */
export function rosterItem(callId: string, ...participants: readonly object[]): object {
  return {
    '@odata.type': '#microsoft.graph.commsNotification',
    changeType: 'updated',
    resourceUrl: `/communications/calls/${callId}/participants`,
    resourceData: participants.map((participant) => ({
      '@odata.type': '#microsoft.graph.participant',
      isInLobby: false,
      ...participant,
    })),
  };
}

/** A notification about a call. */
export function callItem(callId: string, members: object): object {
  return {
    '@odata.type': '#microsoft.graph.commsNotification',
    changeType: 'updated',
    resourceUrl: `/communications/calls/${callId}`,
    resourceData: { '@odata.type': '#microsoft.graph.call', ...members },
  };
}

export type TargetOverrides = Partial<Omit<Target, 'capabilities' | 'timeouts'>> & {
  readonly capabilities?: Partial<Record<Capability, boolean>>;
  readonly timeouts?: Partial<Target['timeouts']>;
};

/** A target as a file might describe it, with short timeouts. */
export function targetAt(
  baseUrl: string,
  { capabilities = {}, timeouts = {}, ...overrides }: TargetOverrides = {},
): Target {
  return {
    name: 'scripted',
    baseUrl,
    apiVersion: 'v1.0',
    token: 'token-of-the-test',
    headers: {},
    secrets: ['token-of-the-test'],
    capabilities: {
      ...(Object.fromEntries(capabilityNames.map((name) => [name, false])) as Record<Capability, boolean>),
      ...capabilities,
    },
    calls: {},
    callback: { host: '127.0.0.1', port: 0, tls: false },
    timeouts: { requestMs: 3_000, notificationMs: 600, quietMs: 40, throttleMs: 5_000, ...timeouts },
    maxBodyBytes: 1024 * 1024,
    tls: { insecure: false },
    notes: [],
    ...overrides,
  };
}

export function openSession(
  target: Target,
  signal = new AbortController().signal,
  io: SessionIo = realIo,
): Promise<CallSession> {
  const startedAt = performance.now();
  return CallSession.open(target, {
    seed: 1,
    concurrency: 16,
    keepCalls: false,
    signal,
    startedAt,
    io,
  });
}
