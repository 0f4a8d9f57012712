import http from 'node:http';

export interface ThrottlingProxy {
  readonly origin: string;
  readonly passed: number;
  readonly refused: number;
  close(): Promise<void>;
}

/**
 * Stands before a target and refuses some requests.
 * @param every which are refused: 15 for the fifteenth, the thirtieth …, or those to the paths that are chosen
 * @param refusal status and Retry-After of the refusal; the order of several is that of the refusals, over and over
 */
export async function startThrottlingProxy(
  targetOrigin: string,
  every: number | ((path: string) => boolean),
  refusals: readonly { readonly status: number; readonly retryAfter: string }[] = [{ status: 429, retryAfter: '1' }],
): Promise<ThrottlingProxy> {
  const target = new URL(targetOrigin);
  const agent = new http.Agent({ keepAlive: true });
  let [count, refused] = [0, 0];
  const server = http.createServer((incoming, outgoing) => {
    count += 1;
    if (typeof every === 'number' ? count % every === 0 : every(incoming.url ?? '')) {
      const { status, retryAfter } = refusals[refused % refusals.length] ?? { status: 429, retryAfter: '1' };
      refused += 1;
      incoming.resume();
      outgoing.writeHead(status, { 'Retry-After': retryAfter, 'Content-Type': 'application/json' });
      outgoing.end(JSON.stringify({ error: { code: 'TooManyRequests', message: 'Too many requests.' } }));
      return;
    }
    const { method, url, rawHeaders } = incoming;
    const forward = http.request({
      agent,
      host: target.hostname,
      port: target.port,
      method,
      path: url,
      headers: rawHeaders,
    });
    forward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    forward.on('error', () => outgoing.destroy());
    incoming.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    get passed() {
      return count - refused;
    },
    get refused() {
      return refused;
    },
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
