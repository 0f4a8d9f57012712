import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Deviation } from '../../../emulator/deviation.ts';
import { type EmulatorServer, startEmulatorServer } from '../../../emulator/start.ts';

/** What the emulator answered, on its way back. */
export interface GoodAnswer {
  readonly status: number;
  /** Names and values by turns. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** A request that has come in whole, to be answered in whatever way. */
export interface HostileExchange {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly authorization: string;
  readonly requestBody: Buffer;
  readonly response: ServerResponse;
  /** For what `response` is too well-behaved to send. */
  readonly socket: Socket;
  /** Asks the emulator, for what was asked for or for another path. */
  forward(path?: string): Promise<GoodAnswer>;
  /** Answers as the emulator does. */
  behave(): Promise<void>;
}

/** A way to answer, or not to. */
export type Misbehaviour = (exchange: HostileExchange) => void | Promise<void>;

/** Which requests are answered in that way; all others are answered as the emulator does. */
export type Place = 'mute' | 'everything' | 'create' | ((exchange: HostileExchange) => boolean);

export interface HostileTarget {
  readonly origin: string;
  readonly baseUrl: string;
  readonly emulator: EmulatorServer;
  /** How many requests have come. */
  readonly requests: number;
  /** Behaves from now on as another target does, or not at all. */
  misbehave(place: Place, misbehaviour: Misbehaviour): void;
  /** Closes the listener and every connection, as a process that dies does; `revive` listens again at the same port. */
  die(): Promise<void>;
  revive(): Promise<void>;
  close(): Promise<void>;
}

function isAt(place: Place, exchange: HostileExchange): boolean {
  if (typeof place === 'function') return place(exchange);
  const path = exchange.path.replace(/\?.*$/, '');
  if (place === 'mute') return /\/(microsoft\.graph\.)?mute$/i.test(path);
  return place === 'everything' || (exchange.method === 'POST' && path.endsWith('/calls'));
}

function forward(url: string, incoming: IncomingMessage, body: Buffer, agent: http.Agent): Promise<GoodAnswer> {
  return new Promise((resolve, reject) => {
    const { method } = incoming;
    const request = http.request(url, { method, agent, setHost: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, rawHeaders: answer.rawHeaders, body: Buffer.concat(chunks) }),
      );
    });
    request.on('error', reject);
    for (const name of Object.keys(incoming.headersDistinct))
      request.setHeader(name, incoming.headersDistinct[name] ?? []);
    request.end(body);
  });
}

/** Headers that are made anew for each connection. */
const perConnection = /^(connection|keep-alive|transfer-encoding|content-length)$/i;

/** Sends an answer of the emulator, or what was made of it. */
export function relay(response: ServerResponse, { status, rawHeaders, body }: GoodAnswer): void {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!perConnection.test(name)) response.appendHeader(name, rawHeaders[index + 1] ?? '');
  }
  response.writeHead(status, { 'Content-Length': body.length });
  response.end(body);
}

/**
 * Starts a target that misbehaves at some place and is the reference emulator everywhere else.
 * @param token what the emulator takes; the run has to have the same
 * @param deviation of the emulator behind it
 */
export async function startHostileTarget(
  place: Place,
  misbehaviour: Misbehaviour,
  token: string,
  deviation?: Deviation,
): Promise<HostileTarget> {
  const emulator = await startEmulatorServer({ token, ...(deviation && { deviation }) });
  const agent = new http.Agent({ keepAlive: true });
  let requests = 0;
  let at = place;
  let act = misbehaviour;

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    requests += 1;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    request.on('end', () => {
      const requestBody = Buffer.concat(chunks);
      const exchange: HostileExchange = {
        method: request.method ?? '',
        path: request.url ?? '',
        authorization: request.headers.authorization ?? '',
        requestBody,
        response,
        socket: request.socket,
        forward: (path = request.url ?? '') => forward(emulator.origin + path, request, requestBody, agent),
        behave: async () => relay(response, await exchange.forward()),
      };
      const answering = isAt(at, exchange) ? Promise.resolve(act(exchange)) : exchange.behave();
      answering.catch(() => request.socket.destroy());
    });
  };

  let server = http.createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, listener);
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.on('connection', (socket) => socket.on('error', () => undefined));
      server.listen(port, '127.0.0.1', resolve);
    });
  const die = () =>
    new Promise<void>((resolve) => {
      if (!server.listening) return resolve();
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    baseUrl: `${origin}/beta`,
    emulator,
    get requests() {
      return requests;
    },
    misbehave(nextPlace, next) {
      at = nextPlace;
      act = next;
    },
    die,
    async revive() {
      server = http.createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, listener);
      await listen(port);
    },
    async close() {
      await die();
      agent.destroy();
      await emulator.close();
    },
  };
}
