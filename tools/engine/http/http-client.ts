import type { Exchange } from '../results/results.ts';
import { setMaxListeners } from 'node:events';
import { type MemoryReservation, MemoryBudget, budgetBytes } from './memory-budget.ts';
import { type ClientTls, Connections } from './connections.ts';
import { CouldNotRun, Interrupted } from '../target/could-not-run.ts';
import { recordedHeaders } from './exchange-record.ts';
import { HttpAnswer } from './http-answer.ts';
import { type OutgoingRequest, prepareRequest } from './outgoing-request.ts';
import { Rate } from './rate.ts';
import type { SendOptions } from './send-options.ts';
import type { Semaphore } from './semaphore.ts';
import { runThrottleMs, ThrottleBudget, ThrottleRelief, throttleWaitMs } from './throttle.ts';
import { countAnswer, countFault, type TrafficStatistics } from './traffic.ts';
import type { transmit, WireFailure } from './transport.ts';
import { describeFault, TransportFault } from './transport-fault.ts';

/** Methods that may be sent again when nobody knows whether they were carried out: RFC 9110, section 9.2.2. */
const idempotentMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** How long calls are still deleted on a target that was given up, in milliseconds. */
const clearingUpMs = 5_000;

export interface HttpClientOptions {
  /** Service root with the version. */
  readonly baseUrl: string;
  /** The bearer token, or what fetches it; without one no Authorization is sent. */
  readonly token: string | undefined | (() => Promise<string>);
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For a whole exchange, from when the request leaves. */
  readonly requestTimeoutMs: number;
  /** Of a body, unpacked. */
  readonly maxBodyBytes: number;
  readonly semaphore: Semaphore;
  readonly rate?: { readonly perSecond: number };
  readonly tls?: ClientTls;
  /** URL of the proxy, if requests to this target take one: see proxyFor. */
  readonly proxy?: string;
  /** The origin of the times in records, on the clock of now(). */
  readonly startedAt: number;
  now(): number;
  /** @throws Interrupted when the signal is aborted */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Sends one request. */
  readonly transmit: typeof transmit;
  /** Aborted when the run is: requests under way end at once, later ones are refused. */
  readonly signal: AbortSignal;
  readonly statistics: TrafficStatistics;
}

export interface HttpClient {
  /**
   * Sends a request, once a slot is free, and waits out 429 and 503 with a sane Retry-After as long as the budgets
   * last; when they do not, that answer is returned. Nothing else is sent again, no redirect is followed.
   * @returns the answer, whatever its status
   * @throws TransportFault when there is no whole answer
   * @throws Interrupted when the signal is aborted
   * @throws CouldNotRun when the target was given up
   * @throws TypeError for a path that is none, or a header that cannot be sent: a mistake of the caller
   */
  send(request: SendOptions): Promise<HttpAnswer>;
  /** Reserves what one case holds of the memory for all bodies. */
  reserveMemory(): MemoryReservation;
  /** Closes all connections. */
  close(): Promise<void>;
}

/** Opens a client that talks to one target and to nobody else. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { semaphore, signal: runSignal, statistics } = options;
  const base = new URL(options.baseUrl);
  const connections = new Connections(base, options.tls ?? {}, options.proxy);
  const rate = options.rate && new Rate(options.rate.perSecond);
  const budget = new MemoryBudget(Math.max(budgetBytes, options.maxBodyBytes));
  const runThrottle = new ThrottleBudget(runThrottleMs);
  const relief = new ThrottleRelief();
  const underWay = new Map<() => void, AbortSignal>();
  const signals = new Set<AbortSignal>();

  /** One listener for each signal, not one for each of a run's requests. */
  function heed(signal: AbortSignal): void {
    if (signals.has(signal)) return;
    signals.add(signal);
    setMaxListeners(0, signal);
    signal.addEventListener('abort', abortAll);
  }

  function abortAll(): void {
    for (const [abort, signal] of underWay) if (signal.aborted) abort();
  }

  async function wait(ms: number, signal: AbortSignal): Promise<void> {
    if (ms > 0) await options.wait(ms, signal);
    refuseIfOver(signal);
  }

  function refuseIfOver(signal: AbortSignal): void {
    if (signal.aborted) throw new Interrupted('the run was interrupted');
    const { givenUp, givenUpAt } = statistics;
    const isClearingUp = signal !== runSignal && options.now() < givenUpAt + clearingUpMs;
    if (givenUp !== undefined && !isClearingUp) throw new CouldNotRun(givenUp);
  }

  async function exchange(request: OutgoingRequest, sending: SendOptions): Promise<HttpAnswer> {
    const { signal = runSignal } = sending;
    const goOn = sending.time?.waits();
    const release = await semaphore.acquire(sending.isUrgent);
    try {
      refuseIfOver(signal);
      if (rate) await wait(rate.reserve(options.now()), signal);
      goOn?.();
      return await transmitRecorded(request, sending, sending.finish ?? signal);
    } finally {
      goOn?.();
      release();
    }
  }

  async function transmitRecorded(
    request: OutgoingRequest,
    { record, memory: account, time }: SendOptions,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    statistics.requests += 1;
    const answered = time?.sends();
    const sentAt = options.now();
    const { outcome, abort } = options.transmit({
      ...request.wire,
      agent: connections.agent,
      timeoutMs: options.requestTimeoutMs,
      maxBodyBytes: options.maxBodyBytes,
      ...(account && { hold: account.begin() }),
    });
    heed(signal);
    underWay.set(abort, signal);
    const result = await outcome;
    underWay.delete(abort);
    answered?.();

    const answeredAt = options.now();
    const times = { sentAtMs: sentAt - options.startedAt, ms: answeredAt - sentAt };
    if ('answer' in result) {
      countAnswer(statistics);
      // What is recorded later is to hold these alone, not the body.
      const { status, rawHeaders } = result.answer;
      const headers = recordedHeaders(rawHeaders);
      const answer = new HttpAnswer(result.answer, headers, { sentAt, answeredAt }, (body) =>
        request.answered(times, { status, headers }, body),
      );
      record(answer.record);
      return answer;
    }
    if (signal.aborted) {
      record({ exchange: request.failed(times, 'the run was interrupted'), sentAt, answeredAt });
      throw new Interrupted('the run was interrupted');
    }
    throw failed(result.failure, request, times, (exchange) => record({ exchange, sentAt, answeredAt }));
  }

  function failed(
    failure: WireFailure,
    request: OutgoingRequest,
    times: { sentAtMs: number; ms: number },
    record: (exchange: Exchange) => void,
  ): Error {
    if (isUnsendable(failure.error)) return new TypeError(`the request cannot be sent: ${failure.error.message}`);
    const description = describeFault(failure.error, {
      host: base.host,
      timeoutMs: options.requestTimeoutMs,
      maxBodyBytes: options.maxBodyBytes,
      answerBegun: failure.answerBegun,
      ...(failure.length && { length: failure.length }),
    });
    const onIdleConnection = failure.reusedConnection && description.kind === 'reset';
    const exchange = request.failed(times, description.message);
    record(exchange);
    if (onIdleConnection) {
      statistics.lostOnIdleConnection += 1;
      connections.disableReuse();
    } else {
      countFault(statistics, description.kind, options.now());
    }
    return new TransportFault(description, exchange, onIdleConnection);
  }

  async function exchangeKnown(request: OutgoingRequest, options: SendOptions): Promise<HttpAnswer> {
    try {
      return await exchange(request, options);
    } catch (error) {
      const repeatable = error instanceof TransportFault && error.onIdleConnection;
      if (!repeatable || !idempotentMethods.has(options.method)) throw error;
      return exchange(request, options);
    }
  }

  return {
    async send(request) {
      const signal = request.signal ?? runSignal;
      refuseIfOver(signal);
      const token = typeof options.token === 'function' ? await options.token() : options.token;
      const outgoing = prepareRequest(request, base, token, options.headers ?? {});
      for (let repeats = 0; ; repeats += 1) {
        const answer = await exchangeKnown(outgoing, request);
        const waitMs = throttleWaitMs(answer, repeats);
        const now = options.now();
        if (waitMs === undefined) {
          if (repeats > 0) relief.came();
          return answer;
        }
        if (relief.isUnlikely || !request.throttle.covers(waitMs, now) || !runThrottle.covers(waitMs, now)) {
          if (repeats > 0) relief.failedToCome();
          return answer;
        }
        request.throttle.spend(waitMs, now);
        statistics.throttleWaitMs += runThrottle.spend(waitMs, now);
        statistics.throttled += 1;
        await wait(waitMs, signal);
      }
    },
    reserveMemory: () => budget.reserve(),
    async close() {
      for (const signal of signals) signal.removeEventListener('abort', abortAll);
      connections.close();
    },
  };
}

/** A header value with a line break, say: refused by Node before anything is sent. */
function isUnsendable(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_');
}
