import { setMaxListeners } from 'node:events';
import type { Unreachable } from '../results/outcome.ts';
import type { Traffic } from '../results/results.ts';
import type { CallbackReceiver } from '../callback/callback-receiver.ts';
import { ClientCredentials } from '../http/client-credentials.ts';
import type { Clock } from './clock.ts';
import { closingNotes } from './closing-notes.ts';
import { CouldNotRun, Interrupted } from './could-not-run.ts';
import { Disappearance } from './disappearance.ts';
import { createHttpClient, type HttpClient } from '../http/http-client.ts';
import { KnownSecrets } from '../http/known-secrets.ts';
import type { SessionIo } from './session-io.ts';
import { createSideFetch } from '../http/side-fetch.ts';
import { Semaphore } from '../http/semaphore.ts';
import { createTrafficStatistics, type TrafficStatistics } from '../http/traffic.ts';
import { type Target, namesOf } from './target.ts';

export interface SessionOptions {
  readonly seed: number;
  /** Requests in flight at most. */
  readonly concurrency: number;
  readonly keepCalls: boolean;
  /** Aborted when the run is interrupted or out of time. */
  readonly signal: AbortSignal;
  /** The origin of all times in the results, in milliseconds of the clock. */
  readonly startedAt: number;
  readonly callbackTls?: { readonly key: string; readonly cert: string };
  /** Nothing that others have shown keeps a case from asking for itself, and none shares anything with another. */
  readonly everyCaseAsks?: boolean;
  /** The world, unless the run is recorded or replayed. */
  readonly io: SessionIo;
}

/** How long the calls of an interrupted run may take to be deleted. */
const releaseMs = 5_000;

/** Of that, how long their creation may take, so that they are known and can be. */
const finishMs = 2_000;

/** A signal that is aborted so many milliseconds after another. */
function abortedAfter(signal: AbortSignal, ms: number): AbortSignal {
  const later = new AbortController();
  signal.addEventListener('abort', () => setTimeout(() => later.abort(), ms).unref(), { once: true });
  return later.signal;
}

/** What a session consists of. */
export interface SessionParts {
  readonly target: Target;
  readonly options: SessionOptions;
  readonly client: HttpClient;
  readonly semaphore: Semaphore;
  readonly receiver: CallbackReceiver;
  readonly statistics: TrafficStatistics;
  readonly credentials: ClientCredentials | undefined;
  readonly secrets: KnownSecrets;
}

/** Everything that the cases of a run share on one target: client, callback receiver, and what the run has learnt. */
export class TargetSession {
  /** What no report may contain, tokens that were fetched among it. */
  readonly secrets: KnownSecrets;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly io: SessionIo;
  readonly client: HttpClient;
  /** What limits the requests in flight. */
  readonly semaphore: Semaphore;
  readonly receiver: CallbackReceiver;
  readonly statistics: TrafficStatistics;
  readonly keepCalls: boolean;
  readonly startedAt: number;
  /** Nothing that others have shown keeps a case from asking for itself, and none shares anything with another. */
  readonly everyCaseAsks: boolean;
  readonly disappearance = new Disappearance();
  /** Requests that were reset, torn or left hanging, in words. */
  readonly unansweredExamples: string[] = [];
  unreachable: Unreachable | undefined;
  /** Aborted two seconds after the run is: until then calls can still be created whose creation is under way. */
  readonly finishSignal: AbortSignal;
  /** Aborted five seconds after the run is: until then calls are still deleted. */
  readonly releaseSignal: AbortSignal;
  readonly notes: string[];
  readonly #releases = new Set<Promise<unknown>>();
  readonly #credentials: ClientCredentials | undefined;
  #target: Target;
  #slowestDeliveryMs = 0;
  #callsCreated = 0;
  #possibleLeftovers = 0;
  #callsEnded = 0;

  /** For `open`, which has what a session consists of. */
  constructor({ target, options, client, semaphore, receiver, statistics, credentials, secrets }: SessionParts) {
    this.#target = target;
    this.#credentials = credentials;
    this.secrets = secrets;
    this.seed = options.seed;
    this.signal = options.signal;
    this.keepCalls = options.keepCalls;
    this.startedAt = options.startedAt;
    this.everyCaseAsks = options.everyCaseAsks ?? false;
    this.io = options.io;
    this.client = client;
    this.semaphore = semaphore;
    this.receiver = receiver;
    this.statistics = statistics;
    this.notes = [...target.notes];
    // Every case that waits listens to it.
    this.finishSignal = abortedAfter(options.signal, finishMs);
    this.releaseSignal = abortedAfter(options.signal, releaseMs);
    setMaxListeners(0, options.signal, this.finishSignal, this.releaseSignal);
  }

  /** Opens the callback listener and the client. @throws ConfigurationError when the listener cannot be opened */
  static async open<Session extends TargetSession>(
    this: new (parts: SessionParts) => Session,
    target: Target,
    options: SessionOptions,
  ): Promise<Session> {
    const statistics = createTrafficStatistics();
    const { callback, timeouts, oauth } = target;
    const { io } = options;
    const { clock } = io;
    const secrets = new KnownSecrets(target.secrets, namesOf(target));
    let learn = (token: string): void => secrets.add(token);
    const credentials =
      oauth &&
      new ClientCredentials(oauth, {
        fetch: createSideFetch(target, process.env),
        now: () => clock.now(),
        signal: options.signal,
        onToken: (token) => learn(token),
      });
    const receiver = await io.startReceiver({
      host: callback.host,
      port: callback.port,
      ...(callback.publicUrl !== undefined && { publicUrl: callback.publicUrl }),
      ...(callback.tls && options.callbackTls && { tls: options.callbackTls }),
      startedAt: options.startedAt,
      now: () => clock.now(),
    });
    const semaphore = new Semaphore(options.concurrency);
    const client = createHttpClient({
      baseUrl: target.baseUrl,
      token: credentials === undefined ? target.token : () => credentials.token(),
      headers: target.headers,
      requestTimeoutMs: timeouts.requestMs,
      maxBodyBytes: target.maxBodyBytes,
      semaphore,
      ...(target.requestsPerSecond !== undefined && { rate: { perSecond: target.requestsPerSecond } }),
      tls: target.tls,
      ...(target.proxy !== undefined && { proxy: target.proxy }),
      startedAt: options.startedAt,
      now: () => clock.now(),
      wait: (ms, signal) => clock.sleep(ms, signal),
      transmit: io.transmit,
      signal: options.signal,
      statistics,
    });
    const session = new this({ target, options, client, semaphore, receiver, statistics, credentials, secrets });
    learn = (token) => {
      secrets.add(token);
      io.noteToken(token);
      session.useToken(token);
    };
    return session;
  }

  /** The target as it was given, with the token that is used at present. */
  get target(): Target {
    return this.#target;
  }

  /** From now on it is sent with every request. */
  protected useToken(token: string): void {
    this.#target = { ...this.#target, token };
  }

  /** Fetches a token where the target file says how. @throws NoToken, Interrupted */
  async authenticate(): Promise<void> {
    await this.#credentials?.token();
  }

  get clock(): Clock {
    return this.io.clock;
  }

  /**
   * How long nothing must come before silence is believed, in milliseconds: the configured window, and at least four
   * times the slowest delivery seen in this run.
   */
  quietWindowMs(): number {
    return Math.max(this.target.timeouts.quietMs, 4 * this.#slowestDeliveryMs);
  }

  /** Remembers how long after the answer a mute's update came; one that came before the answer counts as at once. */
  noteDelivery(ms: number): void {
    this.#slowestDeliveryMs = Math.max(this.#slowestDeliveryMs, ms);
  }

  noteUnanswered(example: string): void {
    if (this.unansweredExamples.length < 10) this.unansweredExamples.push(example);
  }

  noteCreated(): void {
    this.#callsCreated += 1;
  }

  /** A request to create a call left, and nobody can tell whether there is one now, or what it is called. */
  notePossibleLeftover(): void {
    this.#possibleLeftovers += 1;
  }

  noteEnded(): void {
    this.#callsEnded += 1;
  }

  /** Whether something was asked of the target that has to come to a callback. */
  protected get expectsNotifications(): boolean {
    return false;
  }

  /** Lets a release go on in the background. */
  track(release: Promise<unknown>): void {
    const tracked = release.catch(() => undefined).finally(() => this.#releases.delete(tracked));
    this.#releases.add(tracked);
  }

  /** Why the target cannot be reached or provisioned at all, in a sentence. */
  get whyUnreachable(): string | undefined {
    if (this.unreachable === undefined) return undefined;
    const { request, problem, advice } = this.unreachable;
    return `${request}: ${problem}. ${advice}`;
  }

  /** Releases what cases share, which no case needs any more, and waits for that and all else that is released. */
  async releaseAll(): Promise<void> {
    await this.released();
  }

  /** Waits for the releases that go on in the background. */
  async released(): Promise<void> {
    await Promise.all(this.#releases);
  }

  /** @throws CouldNotRun, Interrupted when no more requests should be sent */
  refuseIfGivenUp(): void {
    if (this.signal.aborted) throw new Interrupted('the run was interrupted');
    const reason = this.whyUnreachable ?? this.statistics.givenUp;
    if (reason !== undefined) throw new CouldNotRun(reason);
  }

  traffic(): Traffic {
    const { requests, unanswered, throttled, throttleWaitMs } = this.statistics;
    return {
      requests,
      unanswered,
      throttled,
      throttleWaitMs: Math.round(throttleWaitMs),
      notifications: this.receiver.received,
      strangers: this.receiver.strangers,
      callsCreated: this.#callsCreated,
      callsLeaked: this.#callsCreated - this.#callsEnded,
    };
  }

  /** Waits until all calls are deleted, at most five seconds when the run was interrupted, and closes everything. */
  async finish(): Promise<void> {
    await this.releaseAll();
    const { received, strangers, discarded, url } = this.receiver;
    const isSilent = this.target.callbacks === 'none';
    const silentCallback = this.expectsNotifications && received + strangers === 0 && !isSilent ? url : undefined;
    const unexpected = isSilent ? received : 0;
    const { requests: lastRequests } = this.disappearance;
    const possibleLeftovers = this.#possibleLeftovers;
    this.notes.push(...closingNotes({ silentCallback, unexpected, lastRequests, possibleLeftovers, discarded }));
    await Promise.allSettled([this.client.close(), this.receiver.close()]);
  }
}
