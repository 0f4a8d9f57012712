import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MirrorSink {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Where the peers have notifications sent: whatever is posted to a path is read back by GET of the same path, as an
 * array of what came. A peer without a listener of its own can look at callbacks so.
 */
export async function startMirrorSink(): Promise<MirrorSink> {
  const received = new Map<string, unknown[]>();
  const server = http.createServer((incoming, outgoing) => {
    const { method } = incoming;
    const url = (incoming.url ?? '/').replace(/\/+$/, '');
    if (method === 'GET') {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(received.get(url) ?? []));
      return;
    }
    let text = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    incoming.on('end', () => {
      received.set(url, [...(received.get(url) ?? []), parsed(text)]);
      outgoing.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
