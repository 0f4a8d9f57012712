import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../../engine/http/http-client.ts';
import type { SendOptions } from '../../engine/http/send-options.ts';
import { Semaphore } from '../../engine/http/semaphore.ts';
import { ThrottleBudget } from '../../engine/http/throttle.ts';
import { createTrafficStatistics } from '../../engine/http/traffic.ts';
import { transmit } from '../../engine/http/transport.ts';

/** What to end after the test. */
export const closers: (() => void)[] = [];

/**
 * Lets the tests of this file have real connections, all on loopback: what nock plays is too well-behaved. Each file
 * calls it, because a worker loads this module once for all files that it takes.
 */
export function useRealConnections(): void {
  const warned = vi.spyOn(console, 'warn');
  beforeAll(() => nock.restore());
  afterAll(() => {
    nock.activate();
    warned.mockRestore();
  });
  afterEach(() => {
    for (const close of closers.splice(0)) close();
    // superagent complains there when it is called back twice.
    expect(warned).not.toHaveBeenCalled();
  });
}

/** Lets a server listen on loopback until the test is over. @returns its address and port */
export async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that gets every request head, and the connection to do with as it likes. */
export async function rawServer(onRequest: (socket: Socket, head: string, count: number) => void): Promise<string> {
  let count = 0;
  const server = net.createServer((socket) => {
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      for (let end = received.indexOf('\r\n\r\n'); end !== -1; end = received.indexOf('\r\n\r\n')) {
        const head = received.slice(0, end);
        received = received.slice(end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0));
        count += 1;
        onRequest(socket, head, count);
      }
    });
  });
  return `http://${await listen(server)}/beta`;
}

/** A client with real connections, closed after the test. */
export function open(
  baseUrl: string,
  options: Partial<HttpClientOptions> = {},
): HttpClient & Pick<HttpClientOptions, 'statistics'> {
  const statistics = createTrafficStatistics();
  const client = createHttpClient({
    baseUrl,
    token: 'tok-0123456789',
    requestTimeoutMs: 15_000,
    maxBodyBytes: 100_000,
    semaphore: new Semaphore(16),
    startedAt: 0,
    now: () => performance.now(),
    wait: async () => undefined,
    transmit,
    signal: new AbortController().signal,
    statistics,
    ...options,
  });
  closers.push(() => void client.close());
  return { ...client, statistics };
}

/** A mute that is sent once. */
export function request(options: Partial<SendOptions> = {}): SendOptions {
  return {
    step: 'mute',
    method: 'POST',
    path: '/communications/calls/c1/mute',
    body: { json: {} },
    clientRequestId: 'a5b7c1d2-0000-4000-8000-000000000001',
    throttle: new ThrottleBudget(0),
    record: () => undefined,
    ...options,
  };
}

/** A whole answer with that body. */
export const reply = (body: string, headers = '') =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
