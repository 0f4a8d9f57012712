import type { CallbackReceiver } from '../callback/callback-receiver.ts';
import { CouldNotRun, NotRecorded } from '../target/could-not-run.ts';
import type { AnnouncedRequest, SessionIo } from '../target/session-io.ts';
import type { Target } from '../target/target.ts';
import type { Transmission, WireRequest } from '../http/transport.ts';
import type { RecordedDelivery, RecordedExchange, TargetRecording } from './cassette.ts';
import { outcomeOf } from './recorded-exchange.ts';
import { differenceOf } from './recorded-request.ts';
import { ReplayedReceiver } from './replayed-callback.ts';
import { clientRequestIdOf, RequestLog, type Sending } from './request-log.ts';
import { UsedTokens } from './used-tokens.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A delivery, and whom it came to. */
interface Addressed {
  readonly owner: string;
  readonly index: number;
  readonly delivery: RecordedDelivery;
}

/**
 * Opens what plays a recording.
 * @param source names the cassette, for reasons
 */
export async function openReplay(tape: TargetRecording, target: Target, source: string): Promise<ReplayIo> {
  // Time stands still only for what is loaded already: this is what cases load when they need it.
  await import('fast-check');
  return new ReplayIo(tape, target, source);
}

/**
 * Takes the place of the world in a replay: answers what was answered, delivers what was delivered, in that order. What
 * it answers it has in memory, so nothing is sent; what could send is not even loaded.
 */
export class ReplayIo implements SessionIo {
  readonly isReplay = true;
  readonly clock = new VirtualClock();
  readonly #tokens: UsedTokens;
  readonly #source: string;
  readonly #receiver: ReplayedReceiver;
  readonly #log = new RequestLog();
  readonly #byCase = new Map<string, RecordedExchange[]>();
  readonly #byId = new Map<string, RecordedExchange[]>();
  readonly #before = new Map<RecordedExchange, RecordedExchange>();
  readonly #played = new Set<RecordedExchange>();
  readonly #deliveries = new Map<string, Addressed[]>();
  readonly #unsent: ReadonlySet<string>;
  /** When the last answer came. */
  readonly #endsAt: number;

  /**
   * @param target as it stands in for the recorded one
   * @param source names the cassette, for reasons
   */
  constructor(tape: TargetRecording, target: Target, source: string) {
    this.#tokens = new UsedTokens(target);
    this.#source = source;
    this.#receiver = new ReplayedReceiver(tape, this.clock, (clientRequestId, sending) => {
      const recorded = this.#byId.get(clientRequestId)?.[sending - 1];
      return recorded && this.#leavesAt(recorded);
    });
    this.#unsent = new Set(tape.unsent);
    this.#endsAt = tape.exchanges.reduce((latest, { sentAtMs, ms }) => Math.max(latest, sentAtMs + ms), 0);
    for (const exchange of tape.exchanges) {
      const ofCase = listIn(this.#byCase, exchange.case);
      const previous = ofCase.at(-1);
      if (previous !== undefined) this.#before.set(exchange, previous);
      ofCase.push(exchange);
      listIn(this.#byId, idOf(exchange)).push(exchange);
    }
    for (const { case: owner, index, deliveries } of tape.mailboxes) {
      for (const delivery of deliveries) {
        if (delivery.after === undefined) continue;
        listIn(this.#deliveries, keyOf(delivery.after, delivery.sending ?? 1)).push({ owner, index, delivery });
      }
    }
  }

  /** No token is fetched in a replay. */
  noteToken(): void {}

  /** Waits until the moment when the request left in the recording. */
  async announce(request: AnnouncedRequest): Promise<void> {
    this.#log.announce(request);
    const { label, step, clientRequestId, method } = request;
    const ofCase = this.#byCase.get(label);
    // What kept it from leaving keeps it again, once it is time.
    if (this.#unsent.has(clientRequestId)) return this.clock.sleep(this.#endsAt - this.clock.now());
    if (ofCase === undefined) {
      throw new CouldNotRun(`the cassette ${this.#source} has no recording of this case; record it again to get one`);
    }
    const [recorded] = this.#byId.get(clientRequestId) ?? [];
    if (recorded !== undefined) return this.clock.sleep(this.#leavesAt(recorded) - this.clock.now());
    const asksAgain = method === 'GET' && ofCase.some((exchange) => exchange.step === step);
    if (!asksAgain) {
      throw this.#missing(step, clientRequestId);
    }
  }

  /** @param difference what this version of the suite sends, where something else was recorded */
  #missing(step: string, clientRequestId: string, difference?: string): CouldNotRun {
    const request = `for the step “${step}” of this case (client-request-id ${clientRequestId}); record it again to get one`;
    if (difference === undefined) {
      return new NotRecorded(`the cassette ${this.#source} has no recording ${request}`);
    }
    return new CouldNotRun(
      `the cassette ${this.#source} has the recording of another request, since this version of the suite sends ${difference}, ${request}`,
    );
  }

  /** As long after the request before it as in the recording, so that everything that came between them comes there. */
  #leavesAt(recorded: RecordedExchange): number {
    const before = this.#before.get(recorded);
    const sendings = before === undefined ? [] : (this.#byId.get(idOf(before)) ?? []);
    const leftAt = before && this.#log.sentAt(before.case, idOf(before), sendings.indexOf(before) + 1);
    if (before === undefined || leftAt === undefined) return recorded.sentAtMs;
    return leftAt + recorded.sentAtMs - before.sentAtMs;
  }

  readonly transmit = (request: WireRequest): Transmission => {
    const sentAt = this.clock.now();
    const sent = this.#log.sent(clientRequestIdOf(request), sentAt);
    const recorded = sent && this.#recordingOf(sent, request);
    const difference = recorded === undefined ? undefined : differenceOf(recorded, request, this.#tokens);
    if (sent === undefined || recorded === undefined || difference !== undefined) {
      const problem =
        sent === undefined
          ? this.#missing(request.method, '')
          : this.#missing(sent.step, sent.clientRequestId, difference);
      return { outcome: Promise.reject(problem), abort: () => undefined };
    }
    this.#played.add(recorded);
    for (const { owner, index, delivery } of this.#deliveries.get(keyOf(sent.clientRequestId, sent.sending)) ?? []) {
      this.#receiver.deliver(owner, index, delivery, sentAt);
    }
    return this.#answer(recorded, sentAt);
  };

  /** What came of a request, when it came. */
  #answer(recorded: RecordedExchange, sentAt: number): Transmission {
    let abort: () => void = () => undefined;
    const outcome = new Promise<Awaited<Transmission['outcome']>>((resolve) => {
      const callOff = this.clock.at(sentAt + recorded.ms, () => resolve(outcomeOf(recorded)));
      abort = () => {
        callOff();
        resolve({ failure: { error: new Error('aborted'), answerBegun: false, reusedConnection: false } });
      };
    });
    return { outcome, abort: () => abort() };
  }

  /**
   * What was recorded for a request. Calls of one case that are asked for or deleted side by side may be so in another
   * order, and more often: each is answered as it was asked for, and with the last answer when there are no more.
   */
  #recordingOf({ label, clientRequestId, sending }: Sending, request: WireRequest): RecordedExchange | undefined {
    const sendings = this.#byId.get(clientRequestId) ?? [];
    const own = sendings[sending - 1] ?? sendings.at(-1);
    const isAboutCall = request.method === 'GET' || request.method === 'DELETE';
    if (!isAboutCall || own?.path === request.path) return own;
    const same = (this.#byCase.get(label) ?? []).filter(
      ({ method, path }) => method === request.method && path === request.path,
    );
    return same.find((exchange) => !this.#played.has(exchange)) ?? same.at(-1) ?? own;
  }

  readonly startReceiver = async (): Promise<CallbackReceiver> => this.#receiver;

  readonly runCallCommand: SessionIo['runCallCommand'] = async (_line, { callbackUri }) => {
    const { made, notMade } = this.#receiver.withUrl(callbackUri)?.made ?? {};
    if (made !== undefined) return { id: made.id, participantId: made.participantId };
    throw new CouldNotRun(notMade ?? `the cassette ${this.#source} has no recording of the call that a command made`);
  };
}

function idOf({ reqheaders }: RecordedExchange): string {
  return reqheaders['client-request-id'];
}

function keyOf(clientRequestId: string, sending: number): string {
  return `${sending} ${clientRequestId}`;
}

function listIn<T>(map: Map<string, T[]>, key: string): T[] {
  const there = map.get(key);
  if (there !== undefined) return there;
  const list: T[] = [];
  map.set(key, list);
  return list;
}
