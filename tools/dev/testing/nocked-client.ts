import nock from 'nock';
import { afterEach, beforeEach } from 'vitest';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../../engine/http/http-client.ts';
import type { SendOptions } from '../../engine/http/send-options.ts';
import { Semaphore } from '../../engine/http/semaphore.ts';
import { ThrottleBudget } from '../../engine/http/throttle.ts';
import { createTrafficStatistics, type TrafficStatistics } from '../../engine/http/traffic.ts';
import { transmit } from '../../engine/http/transport.ts';
import type { Exchange } from '../../engine/results/results.ts';
import { defaultMaxBodyBytes } from '../../engine/target/target.ts';

/** Where the clients of {@link useNockedClients} send to. */
export const origin = 'http://target.example';
export const token = 'tok-0123456789';

/** The answer of a target that is silent. */
export const never = new Promise<nock.ReplyFnResult>(() => undefined);

/** Clients whose target nock plays, with a clock that only waiting moves on, and what was seen of them in a test. */
export interface NockedClients {
  clock: number;
  readonly waits: readonly number[];
  readonly exchanges: readonly Exchange[];
  readonly statistics: TrafficStatistics;
  /** A client, closed after the test. */
  open(options?: Partial<HttpClientOptions>): HttpClient;
  /** A mute of which the exchange is kept. */
  request(options?: Partial<SendOptions>): SendOptions;
}

/** Each file calls it once; every test begins anew. */
export function useNockedClients(): NockedClients {
  let waits: number[] = [];
  let exchanges: Exchange[] = [];
  let statistics = createTrafficStatistics();
  let opened: HttpClient[] = [];
  const clients: NockedClients = {
    clock: 0,
    get waits() {
      return waits;
    },
    get exchanges() {
      return exchanges;
    },
    get statistics() {
      return statistics;
    },
    open(options = {}) {
      const client = createHttpClient({
        baseUrl: `${origin}/beta`,
        token,
        requestTimeoutMs: 15_000,
        maxBodyBytes: defaultMaxBodyBytes,
        semaphore: new Semaphore(4),
        startedAt: 1_000,
        now: () => clients.clock,
        wait: async (ms) => {
          waits.push(ms);
          clients.clock += ms;
        },
        transmit,
        signal: new AbortController().signal,
        statistics,
        ...options,
      });
      opened.push(client);
      return client;
    },
    request: (options = {}) => ({
      step: 'mute',
      method: 'POST',
      path: '/communications/calls/c1/mute',
      clientRequestId: 'a5b7c1d2-0000-4000-8000-000000000001',
      throttle: new ThrottleBudget(30_000),
      record: (sent) => exchanges.push(sent.exchange),
      ...options,
    }),
  };
  beforeEach(() => {
    clients.clock = 1_000;
    waits = [];
    exchanges = [];
    statistics = createTrafficStatistics();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((client) => client.close()));
    nock.cleanAll();
  });
  return clients;
}
