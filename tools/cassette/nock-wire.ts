import http, { type IncomingMessage } from 'node:http';
import type { Scope } from 'nock';
import type { Transmission, WireRequest } from '../target/transport.ts';
import { nock } from './prompt-nock.ts';

type Outcome = Awaited<Transmission['outcome']>;

/** Names what is to be answered; no target ever sees it. */
const carriedHeader = 'x-cassette-exchange';

/**
 * The class that nock puts in the place of http.ClientRequest. What stands there is a proxy of @mswjs/interceptors
 * around it, which makes a URL and an agent for every request, of which nothing is used here.
 */
const inner = http.ClientRequest.prototype.constructor as typeof http.ClientRequest;
const NockRequest = inner.name === 'OverriddenClientRequest' ? inner : http.ClientRequest;

/**
 * Requests that nock answers with what was recorded. They are made as Node makes them, of http.ClientRequest, which
 * nock takes the place of: so headers come as they were recorded, in their order and as often, any status is possible,
 * and an exchange costs a ninth of what it does through http.request, where nock 14 makes two more requests and a
 * response of the fetch API of it.
 */
export class NockWire {
  readonly #origin: string;
  readonly #scope: Scope;
  readonly #methods = new Set<string>();
  readonly #carried = new Map<string, Outcome>();
  #count = 0;

  constructor(origin: string) {
    this.#origin = origin;
    this.#scope = nock(origin).persist();
  }

  /** From now on nothing leaves this thread: every request that nock does not know fails. */
  static forbidNetwork(): void {
    nock.disableNetConnect();
  }

  /**
   * Sends a request to nock, which answers it with that outcome.
   * @returns what came of it
   */
  carry(request: Pick<WireRequest, 'method' | 'path' | 'headers'>, outcome: Outcome): Promise<Outcome> {
    this.#intercept(request.method);
    this.#count += 1;
    const name = String(this.#count);
    this.#carried.set(name, outcome);
    const { protocol, hostname, port } = new URL(this.#origin);
    const options = {
      method: request.method,
      path: request.path,
      headers: { ...Object.fromEntries(request.headers), [carriedHeader]: name },
      // By this nock knows https from http.
      proto: protocol.slice(0, -1),
      hostname,
      port: port || (protocol === 'https:' ? 443 : 80),
    };
    return new Promise((resolve) => {
      const sent = new NockRequest(options);
      sent.once('error', (error) => {
        resolve('failure' in outcome ? { failure: { ...outcome.failure, error } } : { failure: failureOf(error) });
      });
      sent.once('response', (message: IncomingMessage) => {
        const chunks: Buffer[] = [];
        message.on('data', (chunk: Buffer) => chunks.push(chunk));
        message.once('end', () => {
          const { statusCode = 0, rawHeaders } = message;
          resolve({ answer: { status: statusCode, rawHeaders, body: Buffer.concat(chunks) } });
        });
      });
      // Without the body: nock would read it as JSON, which it is not always.
      sent.end();
    });
  }

  #intercept(method: string): void {
    if (this.#methods.has(method)) return;
    this.#methods.add(method);
    const carried = this.#carried;
    this.#scope
      .intercept(() => true, method)
      .reply(async function () {
        const name = String(this.req.getHeader(carriedHeader));
        const outcome = carried.get(name);
        carried.delete(name);
        if (outcome === undefined) throw new Error('nothing was recorded for this request');
        if ('failure' in outcome) throw outcome.failure.error;
        const { status, rawHeaders, body } = outcome.answer;
        return [status, body, [...rawHeaders]];
      });
  }
}

function failureOf(error: unknown) {
  return { error, answerBegun: false, reusedConnection: false };
}
