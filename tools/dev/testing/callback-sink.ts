import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';

export interface ReceivedNotification {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface CallbackSink {
  /** A callbackUri; what is posted there is found again by this path. */
  url(path?: string): string;
  readonly received: readonly ReceivedNotification[];
  /** What arrived under the path, as soon as it satisfies the condition. */
  until(
    condition: (received: readonly ReceivedNotification[]) => boolean,
    path?: string,
  ): Promise<readonly ReceivedNotification[]>;
  close(): Promise<void>;
}

/** A callback for the tests of the emulator: keeps all that is posted to it and answers 202, or what `status` says. */
export async function startCallbackSink(
  options: { tls?: { key: string; cert: string }; status?: number } = {},
): Promise<CallbackSink> {
  const received: ReceivedNotification[] = [];
  const waiting = new Set<() => void>();
  const listener: http.RequestListener = (incoming, outgoing) => {
    let text = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (chunk: string) => (text += chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      received.push({ method, path, headers, body: text === '' ? undefined : JSON.parse(text) });
      outgoing.writeHead(options.status ?? 202).end();
      for (const check of waiting) check();
    });
  };
  const server = options.tls === undefined ? http.createServer(listener) : https.createServer(options.tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: (path = '/callback') => `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}${path}`,
    received,
    until: (condition, path = '/callback') =>
      new Promise((resolve) => {
        const check = (): void => {
          const ofPath = received.filter((notification) => notification.path === path);
          if (!condition(ofPath)) return;
          waiting.delete(check);
          resolve(ofPath);
        };
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
