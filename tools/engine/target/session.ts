import { setMaxListeners } from 'node:events';
import type { Unreachable } from '../results/outcome.ts';
import type { Traffic } from '../results/results.ts';
import type { AppLook } from '../../graph/app-path.ts';
import type { CallUnderTest } from '../../graph/call.ts';
import type { CallbackReceiver, Mailbox } from '../callback/callback-receiver.ts';
import type { Answer } from '../../graph/mute-answer.ts';
import { ClientCredentials } from '../http/client-credentials.ts';
import type { Clock } from './clock.ts';
import { closingNotes } from './closing-notes.ts';
import { CouldNotRun, Interrupted } from './could-not-run.ts';
import { CallLocks } from '../../graph/call-locks.ts';
import { Disappearance } from '../../graph/disappearance.ts';
import { createHttpClient, type HttpClient } from '../http/http-client.ts';
import { KnownSecrets } from '../http/known-secrets.ts';
import type { Outside } from './outside.ts';
import { CallKnowledge } from '../../graph/readiness.ts';
import type { SharedCall } from '../../graph/shared-call.ts';
import { createSideFetch } from '../http/side-fetch.ts';
import { Slots } from '../http/slots.ts';
import { createTrafficStatistics, type TrafficStatistics } from '../http/traffic.ts';
import type { CallKind, Target } from './target.ts';

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
  /** The world, unless the run is recorded or replayed. */
  readonly outside: Outside;
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

/** Everything that the cases of a run share on one target: client, callback receiver, and what the run has learnt. */
export class TargetSession {
  /** What no report may contain, tokens that were fetched among it. */
  readonly secrets: KnownSecrets;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly outside: Outside;
  readonly client: HttpClient;
  /** What limits the requests in flight. */
  readonly slots: Slots;
  readonly receiver: CallbackReceiver;
  readonly statistics: TrafficStatistics;
  readonly keepCalls: boolean;
  readonly startedAt: number;
  readonly locks = new CallLocks();
  /** Commands that make calls run a few at a time: each is a process. */
  readonly commands = new Slots(4);
  /** By id: the calls that the target file names. */
  readonly sharedCalls = new Map<string, SharedCall>();
  readonly knowledge: Readonly<Record<CallKind, CallKnowledge>> = {
    group: new CallKnowledge(),
    meeting: new CallKnowledge(),
    peerToPeer: new CallKnowledge(),
  };
  /** Whether updates tell the application's own participant from others, as far as was seen by now. */
  ownIsTold: boolean | undefined;
  /** Valid mutes that were answered 200, and those of these answers whose body is not JSON, in words. */
  successes = 0;
  readonly notJson: string[] = [];
  /** Calls made for this run to whose callback anything came. */
  callsHeard = 0;
  /** Those of them whose own participant some update reported: only these can be reported muted too early. */
  callsReported = 0;
  /** Callbacks that told of a mute before there was one: roster.unsolicited. */
  readonly unsolicited: string[] = [];
  /** The callbacks of the calls that are there. */
  readonly mailboxes = new Set<Mailbox>();
  readonly disappearance = new Disappearance();
  /** Requests that were reset, torn or left hanging, in words. */
  readonly unansweredExamples: string[] = [];
  unreachable: Unreachable | undefined;
  /** What was found at the deprecated path, where nobody declared it: looked at once. */
  appLook: Promise<AppLook> | undefined;
  /** Aborted two seconds after the run is: until then calls whose creation is under way still come about. */
  readonly finishSignal: AbortSignal;
  /** Aborted five seconds after the run is: until then calls are still deleted. */
  readonly releaseSignal: AbortSignal;
  readonly notes: string[];
  readonly #releases = new Set<Promise<unknown>>();
  readonly #credentials: ClientCredentials | undefined;
  #target: Target;
  #slowestDeliveryMs = 0;
  #callsCreated = 0;
  #doubtfulCalls = 0;
  #muted = false;
  #callsEnded = 0;
  readonly #mutesByMeeting = new Map<string, number>();

  private constructor(
    target: Target,
    options: SessionOptions,
    opened: { readonly client: HttpClient; readonly slots: Slots; readonly receiver: CallbackReceiver },
    statistics: TrafficStatistics,
    credentials: { readonly source: ClientCredentials | undefined; readonly secrets: KnownSecrets },
  ) {
    this.#target = target;
    this.#credentials = credentials.source;
    this.secrets = credentials.secrets;
    this.seed = options.seed;
    this.signal = options.signal;
    this.keepCalls = options.keepCalls;
    this.startedAt = options.startedAt;
    this.outside = options.outside;
    this.client = opened.client;
    this.slots = opened.slots;
    this.receiver = opened.receiver;
    this.statistics = statistics;
    this.notes = [...target.notes];
    // Every case that waits listens to it.
    this.finishSignal = abortedAfter(options.signal, finishMs);
    this.releaseSignal = abortedAfter(options.signal, releaseMs);
    setMaxListeners(0, options.signal, this.finishSignal, this.releaseSignal);
  }

  /** Opens the callback listener and the client. @throws ConfigurationError when the listener cannot be opened */
  static async open(target: Target, options: SessionOptions): Promise<TargetSession> {
    const statistics = createTrafficStatistics();
    const { callback, timeouts, oauth } = target;
    const { outside } = options;
    const { clock } = outside;
    const secrets = new KnownSecrets(target.secrets);
    let learn = (token: string): void => secrets.add(token);
    const credentials =
      oauth &&
      new ClientCredentials(oauth, {
        fetch: createSideFetch(target, process.env),
        now: () => clock.now(),
        signal: options.signal,
        onToken: (token) => learn(token),
      });
    const receiver = await outside.startReceiver({
      host: callback.host,
      port: callback.port,
      ...(callback.publicUrl !== undefined && { publicUrl: callback.publicUrl }),
      ...(callback.tls && options.callbackTls && { tls: options.callbackTls }),
      startedAt: options.startedAt,
      now: () => clock.now(),
    });
    const slots = new Slots(options.concurrency);
    const client = createHttpClient({
      baseUrl: target.baseUrl,
      token: credentials === undefined ? target.token : () => credentials.token(),
      headers: target.headers,
      requestTimeoutMs: timeouts.requestMs,
      maxBodyBytes: target.maxBodyBytes,
      slots,
      ...(target.requestsPerSecond !== undefined && { rate: { perSecond: target.requestsPerSecond } }),
      tls: target.tls,
      ...(target.proxy !== undefined && { proxy: target.proxy }),
      startedAt: options.startedAt,
      now: () => clock.now(),
      wait: (ms, signal) => clock.sleep(ms, signal),
      transmit: outside.transmit,
      signal: options.signal,
      statistics,
    });
    const session = new TargetSession(target, options, { client, slots, receiver }, statistics, {
      source: credentials,
      secrets,
    });
    learn = (token) => {
      secrets.add(token);
      outside.noteToken(token);
      session.#target = { ...session.#target, token };
    };
    return session;
  }

  /** The target as it was given, with the token that is used at present. */
  get target(): Target {
    return this.#target;
  }

  /** Fetches a token where the target file says how. @throws NoToken, Interrupted */
  async authenticate(): Promise<void> {
    await this.#credentials?.token();
  }

  get clock(): Clock {
    return this.outside.clock;
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
  noteDoubtfulCall(): void {
    this.#doubtfulCalls += 1;
  }

  noteEnded(): void {
    this.#callsEnded += 1;
  }

  noteMute(meeting: string | undefined, at: number): void {
    this.#muted = true;
    if (meeting !== undefined && !this.#mutesByMeeting.has(meeting)) this.#mutesByMeeting.set(meeting, at);
  }

  /** Looks whether the body of an answer 200 to a valid mute is JSON. */
  noteSuccess({ request, jsonProblem }: Answer): void {
    this.successes += 1;
    if (jsonProblem !== undefined) this.notJson.push(`${request}: ${jsonProblem}`);
  }

  /** Looks, when a call is let go of, whether its callback told of a mute before one was sent. */
  noteRelease(call: CallUnderTest): void {
    // A call that is kept may have been muted before this run.
    if (!call.provided.isOwn) return;
    const { deliveries } = call.mailbox;
    if (deliveries.length > 0) this.callsHeard += 1;
    if (deliveries.some((delivery) => call.ownEntryIn(delivery) !== undefined)) this.callsReported += 1;
    if (call.provided.joinedMuted === true) return;
    const ofMeeting = call.meeting === undefined ? undefined : this.#mutesByMeeting.get(call.meeting);
    const firstMuteAt = Math.min(call.firstMuteAt ?? Infinity, ofMeeting ?? Infinity);
    const early = deliveries.find((delivery) => delivery.receivedAt < firstMuteAt && call.reportsOwn(delivery, true));
    if (early !== undefined) {
      this.unsolicited.push(
        `${call.scope.caseId}: call ${call.id} was reported muted ${firstMuteAt === Infinity ? 'without any mute' : 'before its mute was sent'}`,
      );
    }
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
    await this.released();
    const { received, strangers, discarded, url } = this.receiver;
    const isSilent = this.target.callbacks === 'none';
    const silentCallback = this.#muted && received + strangers === 0 && !isSilent ? url : undefined;
    const unexpected = isSilent ? received : 0;
    const { requests: lastRequests } = this.disappearance;
    const doubtfulCalls = this.#doubtfulCalls;
    this.notes.push(...closingNotes({ silentCallback, unexpected, lastRequests, doubtfulCalls, discarded }));
    await Promise.allSettled([this.client.close(), this.receiver.close()]);
  }
}
