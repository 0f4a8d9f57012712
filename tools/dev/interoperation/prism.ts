import { type ChildProcess, spawn } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const fragment = fileURLToPath(new URL('../../../specs/call-mute.openapi.yaml', import.meta.url));

export interface Peer {
  /** A service root with the version beta. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

/**
 * Starts Prism over the fragment as it is: `mock` answers from its examples, `proxy` passes on to `upstream` and
 * compares both directions with the schemas. Prism serves paths without the base path of `servers`, so that a front
 * takes the version off.
 */
export async function startPrism(mode: 'mock'): Promise<Peer>;
export async function startPrism(mode: 'proxy', upstream: string): Promise<Peer>;
export async function startPrism(mode: 'mock' | 'proxy', upstream?: string): Promise<Peer> {
  const prism = path.join(import.meta.dirname, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
  const words = [prism, mode, '--port', '0', '--cors=false', fragment, ...(upstream === undefined ? [] : [upstream])];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CI: '1' },
  });
  const origin = await listeningOrigin(child);
  const front = await startFront(Number(new URL(origin).port));
  return {
    baseUrl: `http://127.0.0.1:${front.port}/beta`,
    close: async () => {
      await front.close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
    },
  };
}

/** Prism says where it listens once it has read the fragment; its output is read on, lest the pipe fill up. */
function listeningOrigin({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length > 100_000) return;
      text += chunk;
      const [, origin] = /Prism is listening on (http:\/\/\S+)/.exec(text) ?? [];
      if (origin !== undefined) resolve(origin);
    });
    stdout?.once('close', () => reject(new Error(`Prism ended: ${text}`)));
  });
}

/** A proxy before the port that takes the version off the path, and passes on everything else as it is. */
async function startFront(to: number): Promise<{ port: number; close(): Promise<void> }> {
  const agent = new http.Agent({ keepAlive: true });
  const front = http.createServer((incoming, outgoing) => {
    const { method, url = '', headers } = incoming;
    const target = url.replace(/^\/beta(?=\/)/, '');
    const onward = http.request({ host: '127.0.0.1', port: to, method, path: target, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.once('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    port: (front.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        front.close(() => resolve());
        front.closeAllConnections();
      }),
  };
}
