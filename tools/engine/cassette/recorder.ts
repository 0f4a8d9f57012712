import type { Redactor } from '../http/redaction.ts';
import type { CallbackReceiver, Delivery, ReceiverOptions } from '../callback/callback-receiver.ts';
import type { AnnouncedRequest, SessionIo } from '../target/session-io.ts';
import { realIo } from '../target/real-io.ts';
import type { Target } from '../target/target.ts';
import type { Transmission, WireRequest } from '../http/transport.ts';
import type { RecordedMailbox, TargetRecording } from './cassette.ts';
import { type HeardDelivery, pathOf, recordedDelivery, usualHeaders, withoutUsual } from './recorded-delivery.ts';
import { recordedExchange, type SeenExchange } from './recorded-exchange.ts';
import { RecordedCallback } from './recorded-callback.ts';
import { describeTarget } from './recorded-target.ts';
import { clientRequestIdOf, RequestLog } from './request-log.ts';
import { TokenVerdicts } from '../callback/token-verdicts.ts';
import { UsedTokens } from './used-tokens.ts';

/** What a recording keeps of bodies at most, in bytes, so that a target cannot fill the memory with it. */
const defaultLimitBytes = 64 * 1024 * 1024;

interface OpenedCallback {
  readonly label: string;
  readonly index: number;
  readonly callback: RecordedCallback;
  readonly heard: HeardDelivery[];
  made?: { id: string; participantId?: string };
  notMade?: string;
}

/** Listens to everything that a session does with the world, and changes nothing of it. */
export class Recorder implements SessionIo {
  readonly isReplay = false;
  readonly clock = realIo.clock;
  readonly #target: Target;
  #startedAt = 0;
  readonly #log = new RequestLog();
  readonly #tokens: UsedTokens;
  readonly #verdicts: TokenVerdicts;
  readonly #exchanges: SeenExchange[] = [];
  readonly #callbacks: OpenedCallback[] = [];
  #receiver: CallbackReceiver | undefined;
  #bytesLeft: number;

  constructor(target: Target, limitBytes = defaultLimitBytes) {
    this.#target = target;
    this.#tokens = new UsedTokens(target);
    this.#verdicts = new TokenVerdicts(target);
    this.#bytesLeft = limitBytes;
  }

  noteToken(token: string): void {
    this.#tokens.add(token);
  }

  announce(request: AnnouncedRequest): Promise<void> {
    this.#log.announce(request);
    return realIo.announce(request);
  }

  readonly transmit = (request: WireRequest): Transmission => {
    const sent = this.#log.sent(clientRequestIdOf(request), this.clock.now());
    const transmission = realIo.transmit(request);
    if (sent === undefined) return transmission;
    let aborted = false;
    void transmission.outcome.then((outcome) => {
      // What the end of the run cut short says nothing of the target.
      if (aborted || !this.#fits('answer' in outcome ? outcome.answer.body.length : 0)) return;
      this.#exchanges.push({ request, sent, endedAt: this.clock.now(), outcome });
    });
    const abort = () => {
      aborted = true;
      transmission.abort();
    };
    return { outcome: transmission.outcome, abort };
  };

  #fits(bytes: number): boolean {
    this.#bytesLeft -= bytes;
    return this.#bytesLeft >= 0;
  }

  readonly startReceiver = async (options: ReceiverOptions): Promise<CallbackReceiver> => {
    const receiver = await realIo.startReceiver(options);
    this.#receiver = receiver;
    this.#startedAt = options.startedAt;
    const open = (label: string, mailbox: ReturnType<CallbackReceiver['open']>) => {
      const index = this.#callbacks.filter((other) => other.label === label).length;
      const heard: HeardDelivery[] = [];
      const callback = new RecordedCallback(mailbox, this.clock, (delivery) => {
        if (this.#fits(delivery.size)) heard.push(this.#heard(label, callback, delivery));
      });
      this.#callbacks.push({ label, index, callback, heard });
      return callback;
    };
    return {
      url: receiver.url,
      host: receiver.host,
      port: receiver.port,
      open: (named = {}) => open(named.owner ?? '', receiver.open(named)),
      openShared: (name, owner = '') => open(owner, receiver.openShared(name)),
      get received() {
        return receiver.received;
      },
      get strangers() {
        return receiver.strangers;
      },
      get lateDeliveries() {
        return receiver.lateDeliveries;
      },
      get discarded() {
        return receiver.discarded;
      },
      close: () => receiver.close(),
    };
  };

  #heard(label: string, callback: RecordedCallback, delivery: Delivery): HeardDelivery {
    const after = this.#log.last(label, delivery.receivedAt);
    const since = after?.at ?? callback.openedAt;
    const timeouts = callback.timeoutsAround(since);
    return {
      delivery,
      after,
      since,
      timeoutsBefore: timeouts.since,
      timeoutsBeforeRequest: timeouts.before,
      expectedPath: callback.expectedPath,
      token: this.#verdicts.of(delivery),
    };
  }

  readonly runCallCommand: SessionIo['runCallCommand'] = async (line, command) => {
    const opened = this.#callbacks.find(({ callback }) => callback.url === command.callbackUri);
    try {
      const { id, participantId } = await realIo.runCallCommand(line, command);
      if (opened) opened.made = { id, ...(participantId !== undefined && { participantId }) };
      return { id, participantId };
    } catch (error) {
      if (opened) opened.notMade = error instanceof Error ? error.message : String(error);
      throw error;
    }
  };

  /** The recording, without secrets; to be asked for when the session is closed. */
  async tape(redactor: Redactor): Promise<TargetRecording> {
    const clean = this.#tokens.cleaner(redactor);
    const configured = Object.keys(this.#target.headers);
    const mailboxes = await Promise.all(
      this.#callbacks.map(async ({ label, index, callback, heard, made, notMade }): Promise<RecordedMailbox> => ({
        case: label,
        index,
        url: clean(callback.url),
        ...(pathOf(callback.url) !== callback.expectedPath && { path: clean(callback.expectedPath) }),
        ...(made && { made }),
        ...(notMade !== undefined && { notMade: clean(notMade) }),
        deliveries: await Promise.all(heard.map((one) => recordedDelivery(one, clean))),
      })),
    );
    const usual = usualHeaders(mailboxes.flatMap(({ deliveries }) => deliveries));
    const target = describeTarget(this.#target, this.#tokens, redactor);
    const whole = this.#bytesLeft >= 0;
    return {
      target: whole ? target : { ...target, notes: [...target.notes, 'the recording grew too large, and is cut'] },
      usualHeaders: usual,
      exchanges: this.#exchanges
        .toSorted((one, other) => one.sent.at - other.sent.at)
        .map((seen) => recordedExchange(seen, this.#startedAt, this.#tokens, configured, clean)),
      unsent: this.#log.unsent,
      mailboxes: mailboxes.map((mailbox) => ({
        ...mailbox,
        deliveries: mailbox.deliveries.map((delivery) => withoutUsual(delivery, usual)),
      })),
      lateDeliveries: this.#receiver?.lateDeliveries ?? 0,
      strangers: this.#receiver?.strangers ?? 0,
    };
  }
}
