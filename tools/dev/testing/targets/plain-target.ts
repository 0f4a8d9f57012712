import { isUtf8 } from 'node:buffer';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

type Json = Record<string, unknown>;
type Kind = 'group' | 'meeting' | 'peerToPeer';

export interface PlainTargetOptions {
  /** Where the calls that are there from the start notify; nowhere by default. */
  readonly callbackBase?: string;
  /** Serves …/unmute; false by default. */
  readonly unmute?: boolean;
  /** The own participants are muted from the start; false by default. */
  readonly startsMuted?: boolean;
  /** Names the own participant neither by id nor as an application; false by default. */
  readonly anonymous?: boolean;
}

export interface PlainTarget {
  readonly origin: string;
  readonly baseUrl: string;
  readonly token: string;
  /** Every request line, in order. */
  readonly requests: readonly string[];
  /** Calls that are there now. */
  readonly calls: ReadonlyMap<string, PlainCall>;
  close(): Promise<void>;
}

interface PlainCall {
  readonly kind: Kind;
  readonly callbackUri: string | undefined;
  /** Whether it was there from the start. */
  readonly isKept: boolean;
  muted: boolean;
}

/** The ids of the calls that are there from the start; no GUIDs, and nothing that a path takes as it is. */
export const keptCalls: Readonly<Record<Kind, string>> = {
  group: 'room 42/äöü',
  meeting: 'standup!1',
  peerToPeer: 'dial-7',
};

/** The own participant of a call. */
export function ownParticipant(callId: string): string {
  return `me@${callId}`;
}

const limit = 256 * 1024;

/**
 * A target as different from the reference emulator as the documentation allows: node:http alone, v1.0 alone, calls
 * that are there from the start with opaque ids, no create, no reads, no /app. Answers are chunked, packed where that
 * is taken, carry OData parameters in their Content-Type and end their connection. Operations complete later; rosters
 * are a delta of one entity, come beside unrelated ones, and before the operation's end. A call is made by
 * `POST /rooms` with kind and callbackUri, which is nothing of Graph's.
 */
export async function startPlainTarget(options: PlainTargetOptions = {}): Promise<PlainTarget> {
  const token = 'plain-token-of-the-tests';
  const requests: string[] = [];
  const calls = new Map<string, PlainCall>();
  const callbacks = new http.Agent({ keepAlive: true });
  let count = 0;
  for (const kind of ['group', 'meeting', 'peerToPeer'] as const) {
    const id = keptCalls[kind];
    const uri = options.callbackBase && `${options.callbackBase}/callbacks/shared/${encodeURIComponent(id)}`;
    calls.set(id, { kind, callbackUri: uri, isKept: true, muted: options.startsMuted ?? false });
  }

  const server = http.createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    void readText(request).then((text) => handle(request, response, text));
  });

  function handle(request: IncomingMessage, response: ServerResponse, text: string | undefined): void {
    const { method, url = '' } = request;
    const reply = (status: number, body?: Json, headers: Record<string, string> = {}) =>
      send(request, response, status, body, headers);
    const refuse = (status: number, code: string, message: string, headers?: Record<string, string>) =>
      reply(
        status,
        { error: { code, message, innerError: { date: '2024-04-05T10:00:00', 'request-id': requestId(request) } } },
        headers,
      );

    if (method === 'POST' && url === '/rooms') return reply(201, makeRoom(text ?? ''));
    const [, id, action] =
      /^\/v1\.0\/communications\/calls\/([^/]+)(?:\/(mute|unmute|microsoft\.graph\.mute))?$/.exec(url) ?? [];
    const callId = id === undefined ? undefined : decodeURIComponent(id);
    const call = callId === undefined ? undefined : calls.get(callId);
    if (!/^Bearer \S+$/i.test(request.headers.authorization ?? '')) {
      return refuse(401, 'unauthenticated', 'A bearer token is needed.', { 'WWW-Authenticate': 'Bearer' });
    }
    if (request.headers.authorization?.slice('Bearer '.length) !== token) {
      return refuse(401, 'unauthenticated', 'This is not the token.', {
        'WWW-Authenticate': 'Bearer error="invalid_token"',
      });
    }
    if (callId === undefined) return refuse(404, 'notFound', 'There is no such resource.');
    if (call === undefined) return refuse(404, 'callNotFound', 'There is no such call.');
    if (action === undefined) {
      if (method !== 'DELETE' || call.isKept)
        return refuse(405, 'methodNotAllowed', 'That is not offered.', { Allow: 'POST' });
      calls.delete(callId);
      return reply(204);
    }
    if (action === 'unmute' && options.unmute !== true) return refuse(404, 'notFound', 'There is no such action.');
    if (method !== 'POST') return refuse(405, 'methodNotAllowed', 'Use POST.', { Allow: 'POST' });
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
      return refuse(415, 'unsupportedMediaType', 'Use application/json.');
    }
    if (text === undefined) return refuse(413, 'tooLarge', 'That is too much.');
    const problem = problemOf(text);
    if (problem !== undefined) return refuse(400, 'badRequest', problem);
    if (call.kind === 'peerToPeer') return refuse(400, 'groupCallsOnly', 'Only group calls can be muted.');
    const { clientContext = null } = (text === '' ? {} : JSON.parse(text)) as { clientContext?: unknown };
    count += 1;
    const operation = {
      '@odata.type': '#microsoft.graph.muteParticipantOperation',
      id: `op_${count}`,
      clientContext,
    };
    const location = `${origin}/v1.0/communications/calls/${encodeURIComponent(callId)}/operations/${operation.id}`;
    reply(
      200,
      { '@odata.context': `${origin}/v1.0/$metadata#muteParticipantOperation`, ...operation, status: 'running' },
      { Location: location },
    );
    const isMuted = action !== 'unmute';
    const announced = call.muted !== isMuted;
    call.muted = isMuted;
    notify(call, [
      ...(announced ? rosterItems(callId, isMuted) : []),
      item('deleted', `/communications/calls/${encodeURIComponent(callId)}/operations/${operation.id}`, {
        ...operation,
        status: 'completed',
      }),
    ]);
  }

  function makeRoom(text: string): Json {
    const { kind, callbackUri } = JSON.parse(text) as { kind: Kind; callbackUri: string };
    count += 1;
    const id = `room-${count}`;
    calls.set(id, { kind, callbackUri, isKept: false, muted: false });
    return { id, participantId: ownParticipant(id) };
  }

  function rosterItems(callId: string, isMuted: boolean): Json[] {
    const resource = `/communications/calls/${encodeURIComponent(callId)}/participants`;
    const identity = { user: { id: 'carla', displayName: 'Carla' } };
    const other = {
      '@odata.type': '#microsoft.graph.participant',
      info: { identity },
      id: 'carla',
      isMuted: true,
      isInLobby: false,
    };
    const own = { ...other, id: options.anonymous ? 'nobody knows' : ownParticipant(callId), isMuted };
    return [item('updated', resource, { ...other, isMuted: false }), item('updated', resource, own)];
  }

  function item(changeType: string, resourceUrl: string, resourceData: Json): Json {
    return { '@odata.type': '#microsoft.graph.commsNotification', changeType, resourceUrl, resourceData };
  }

  function notify({ callbackUri }: PlainCall, items: Json[]): void {
    if (callbackUri === undefined) return;
    const post = http.request(callbackUri, {
      method: 'POST',
      agent: callbacks,
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
    });
    // Nobody waits for what cannot be delivered.
    post.on('error', () => undefined);
    post.on('response', (answer) => answer.resume());
    post.end(JSON.stringify({ '@odata.type': '#microsoft.graph.commsNotifications', value: items }));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    origin,
    baseUrl: `${origin}/v1.0`,
    token,
    requests,
    calls,
    close: () =>
      new Promise((resolve) => {
        callbacks.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What is wrong with the body of a mute; an empty one is as good as an empty object. */
function problemOf(text: string): string | undefined {
  if (text === '') return undefined;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'That is not JSON.';
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'That is not a JSON object.';
  const { clientContext } = body as Json;
  if (clientContext === undefined || clientContext === null) return undefined;
  if (typeof clientContext !== 'string') return 'clientContext is not a string.';
  return clientContext.length > 256 ? 'clientContext is longer than 256 characters.' : undefined;
}

/** A body that is not UTF-8 becomes a text that is not JSON either: RFC 8259, section 8.1. */
function textOf(body: Buffer): string {
  return isUtf8(body) ? body.toString() : '\uFFFD';
}

/** The body of a request, or undefined when it is too large. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
  }
  return bytes > limit ? undefined : textOf(Buffer.concat(chunks));
}

function requestId(request: IncomingMessage): string {
  const { 'client-request-id': id } = request.headers;
  return typeof id === 'string' ? id : 'none';
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  body: Json | undefined,
  headers: Record<string, string>,
): void {
  const packed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    Connection: 'close',
    'OData-Version': '4.0',
    'request-id': requestId(request),
    'client-request-id': requestId(request),
    ...(bytes && {
      'Content-Type':
        'application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8',
      'Transfer-Encoding': 'chunked',
      ...(packed && { 'Content-Encoding': 'gzip' }),
    }),
    ...headers,
  });
  if (bytes === undefined) return void response.end();
  const whole = packed ? gzipSync(bytes) : bytes;
  response.write(whole.subarray(0, 10));
  response.end(whole.subarray(10));
}
