import http from 'node:http';
import https from 'node:https';
import type { OutgoingNotification } from './notification.ts';

/** What an unresponsive callback can hold up the next notification of its call; a busy machine must not lose any. */
const timeoutMilliseconds = 30_000;
const maxConnections = 256;

/** Posts notifications to callbacks over connections that are kept. */
export class CallbackClient {
  readonly #plain = new http.Agent({ keepAlive: true, maxSockets: maxConnections });
  // Callbacks of a test receiver on loopback use a certificate that nobody has signed.
  readonly #secure = new https.Agent({ keepAlive: true, maxSockets: maxConnections, rejectUnauthorized: false });

  /** Sends one notification; whatever becomes of it, the promise resolves, and within the time limit. */
  async send(delivery: OutgoingNotification): Promise<void> {
    const content = delivery.raw ?? JSON.stringify(delivery.body);
    // A kept connection may have been closed at the other end just now: then nobody has read the notification. The
    // others that are kept are as old, so the second attempt has a connection of its own.
    if ((await this.#attempt(delivery, content)) === 'stale') await this.#attempt(delivery, content, 'fresh');
  }

  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  #attempt(
    { url, method, headers }: OutgoingNotification,
    content: string | Uint8Array,
    connection: 'kept' | 'fresh' = 'kept',
  ): Promise<'done' | 'stale'> {
    return new Promise((resolve) => {
      try {
        const target = new URL(url);
        const [client, agent] = target.protocol === 'https:' ? [https, this.#secure] : [http, this.#plain];
        const outgoing = client.request(target, {
          method,
          agent: connection === 'kept' ? agent : false,
          rejectUnauthorized: false,
          // Given as a list, so that a name may occur twice; Node adds no Host to a list.
          headers: [['Host', target.host], ...headers, ['Content-Length', String(Buffer.byteLength(content))]].flat(),
        });
        const deadline = setTimeout(() => outgoing.destroy(), timeoutMilliseconds);
        deadline.unref();
        const settle = (result: 'done' | 'stale'): void => {
          clearTimeout(deadline);
          resolve(result);
        };
        outgoing.on('response', (response) => {
          response.on('error', () => settle('done'));
          response.on('close', () => settle('done'));
          response.resume();
        });
        outgoing.on('error', ({ code }: NodeJS.ErrnoException) => {
          const closed = code === 'ECONNRESET' || code === 'EPIPE';
          settle(closed && outgoing.reusedSocket ? 'stale' : 'done');
        });
        outgoing.on('close', () => settle('done'));
        outgoing.end(content);
      } catch {
        // A deviation may ask for what cannot be sent; the service is not to fall over because of that.
        resolve('done');
      }
    });
  }
}
