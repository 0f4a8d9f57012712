import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import nock from 'nock';
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  startCallbackReceiver,
  type CallbackReceiver,
  type ReceiverOptions,
} from '../../engine/callback/callback-receiver.ts';

const receivers: CallbackReceiver[] = [];

// Everything here stays on loopback, and is about real connections.
beforeAll(() => nock.restore());
afterAll(() => nock.activate());
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
});

/** A receiver on loopback, closed after the test. */
export async function start(options: Partial<ReceiverOptions> = {}): Promise<CallbackReceiver> {
  const receiver = await startCallbackReceiver({
    host: '127.0.0.1',
    port: 0,
    startedAt: 0,
    now: () => performance.now(),
    ...options,
  });
  receivers.push(receiver);
  return receiver;
}

interface Reply {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Posts to a receiver. */
export function send(url: string, options: https.RequestOptions = {}, body: string | Buffer = ''): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const outgoing = request(url, { method: 'POST', agent: false, ...options }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Writes bytes to the listener as they are. @returns what came back until it ended the connection */
export function sendRaw(receiver: CallbackReceiver, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(receiver.port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

/** A condition of the receiver that has no event of its own. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
