import { type CallbackReceiver, Delivery, type Mailbox } from '../callback/callback-receiver.ts';
import { rememberVerdict, type TokenVerdict } from '../callback/callback-token.ts';
import type { Clock } from '../target/clock.ts';
import { OpenMailbox } from '../callback/mailbox.ts';
import type { RecordedDelivery, RecordedMailbox, TargetRecording } from './cassette.ts';
import { textOf } from './content.ts';
import { pathOf } from './recorded-delivery.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** In vain is who waits until the mailbox has looked three turns of the event loop long, and then once more. */
const turnsOfATimeout = 6;

/** Less than a recording tells apart, and enough for what happens at a moment to come before what waits for it. */
const trifleMs = 0.001;

/** When a request leaves in the replay for the n-th time; undefined for one that the recording does not have. */
export type LeavesAt = (clientRequestId: string, sending: number) => number | undefined;

/** What deliveries of a recording have in common, and so do not say themselves. */
interface Common {
  readonly headers: readonly string[];
  /** Of their tokens, where nothing else is said. */
  readonly verdict: TokenVerdict | undefined;
}

/** A delivery whose time has not come yet. */
interface Expected {
  /** When the request left that it came after. */
  readonly since: number;
  readonly timeoutsBefore: number;
}

/**
 * The callback of one call in a replay: gets what was recorded, when it was. Who waited on it in vain waits in vain
 * again and who did not does not, even where a busy machine had stretched a timeout by what decided it.
 */
export class ReplayedCallback {
  readonly mailbox: OpenMailbox;
  readonly #clock: VirtualClock;
  readonly #recorded: RecordedMailbox | undefined;
  readonly #common: Common;
  readonly #leavesAt: LeavesAt;
  /** Of deliveries, those that come after a request that has not left yet. */
  readonly #later: Set<RecordedDelivery>;
  readonly #expected = new Set<Expected>();
  readonly #timeouts: number[] = [];
  /** What lets a timeout that was held back come. */
  readonly #held = new Set<() => void>();
  #closed = false;

  /** @param recorded undefined for a callback that the recording does not have: nothing comes to it */
  constructor(recorded: RecordedMailbox | undefined, common: Common, clock: VirtualClock, leavesAt: LeavesAt) {
    this.#recorded = recorded;
    this.#leavesAt = leavesAt;
    this.#later = new Set(recorded?.deliveries.filter(({ after }) => after !== undefined));
    this.#common = common;
    this.#clock = clock;
    const { url = 'http://callback.invalid/callbacks/none' } = recorded ?? {};
    const { path = pathOf(url) } = recorded ?? {};
    const ownClock: Clock = {
      now: () => clock.now(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      after: (ms, act) => this.#timeout(ms, act),
    };
    const closed = () => {
      this.#closed = true;
    };
    this.mailbox = new OpenMailbox(url, path, closed, ownClock);
  }

  /**
   * Lets a delivery come at its time.
   * @param since when the request left that it came after
   * @param come called when it has come; with false, when the mailbox was closed already
   */
  expect(recorded: RecordedDelivery, since: number, come: (inTime: boolean) => void): void {
    const expected = { since, timeoutsBefore: recorded.timeoutsBefore ?? 0 };
    this.#later.delete(recorded);
    this.#expected.add(expected);
    this.#clock.at(since + recorded.ms, () => {
      this.#expected.delete(expected);
      come(!this.#closed);
      if (!this.#closed) this.mailbox.receive(this.#deliveryOf(recorded));
      for (const letCome of this.#held) letCome();
      this.#held.clear();
    });
  }

  #deliveryOf(recorded: RecordedDelivery): Delivery {
    const { expectedPath, url } = this.mailbox;
    const { method = 'POST', path = expectedPath, bytes, truncated = false, bodyProblem } = recorded;
    const text = textOf(recorded.body);
    const delivery = new Delivery(
      {
        receivedAt: this.#clock.now(),
        method,
        path,
        atExpectedPath: path === expectedPath || path === pathOf(url),
        rawHeaders: [...this.#common.headers, ...recorded.rawHeaders],
      },
      {
        text,
        bytes: bytes ?? Buffer.byteLength(text),
        truncated,
        ...(bodyProblem !== undefined && { problem: bodyProblem }),
      },
    );
    const verdict = recorded.token ?? this.#common.verdict;
    if (verdict !== undefined) rememberVerdict(delivery, verdict);
    return delivery;
  }

  /** A timeout of somebody who waits; comes only after what had come before it in the recording. */
  #timeout(ms: number, act: () => void): () => void {
    let callOff: () => void = () => undefined;
    const plan = (inMs: number): void => {
      callOff = this.#clock.after(inMs, expire, { turns: turnsOfATimeout });
    };
    const letCome = () => plan(0);
    const expire = () => {
      const leaveInMs = this.#requestsLeaveInMs();
      if (leaveInMs > 0) return plan(leaveInMs);
      if (this.#mustStillCome()) {
        this.#held.add(letCome);
        return;
      }
      this.#timeouts.push(this.#clock.now());
      act();
    };
    // Never a trifle early, as timers of a machine may be: that would be one more wait than recorded.
    plan(ms + trifleMs);
    return () => {
      this.#held.delete(letCome);
      callOff();
    };
  }

  /** Until the requests leave that had left before the next timeout in the recording; what they bring may end the wait. */
  #requestsLeaveInMs(): number {
    const now = this.#clock.now();
    let latest = now;
    for (const { after = '', sending = 1, timeoutsBeforeRequest = 0 } of this.#later) {
      if (this.#timeouts.length < timeoutsBeforeRequest) continue;
      latest = Math.max(latest, (this.#leavesAt(after, sending) ?? now - trifleMs) + trifleMs);
    }
    return latest - now;
  }

  #mustStillCome(): boolean {
    for (const { since, timeoutsBefore } of this.#expected) {
      if (this.#timeouts.filter((at) => at >= since).length >= timeoutsBefore) return true;
    }
    return false;
  }

  /** What the recording says of the command that made the call for this callback. */
  get made(): Pick<RecordedMailbox, 'made' | 'notMade'> {
    return this.#recorded ?? {};
  }
}

/** Stands in for the listener: opens no port, and gives every callback what was recorded for it. */
export class ReplayedReceiver implements CallbackReceiver {
  readonly url = 'http://callback.invalid';
  readonly host = '';
  readonly port = 0;
  readonly discarded = 0;
  readonly strangers: number;
  readonly #recorded: ReadonlyMap<string, RecordedMailbox>;
  readonly #common: Common;
  readonly #clock: VirtualClock;
  readonly #leavesAt: LeavesAt;
  readonly #open = new Map<string, ReplayedCallback>();
  readonly #counts = new Map<string, number>();
  #received = 0;
  #late: number;

  constructor(
    { mailboxes, target, usualHeaders, strangers, lateDeliveries }: TargetRecording,
    clock: VirtualClock,
    leavesAt: LeavesAt,
  ) {
    this.#recorded = new Map(mailboxes.map((mailbox) => [keyOf(mailbox.case, mailbox.index), mailbox]));
    this.#common = { headers: usualHeaders, verdict: target.callbackTokens ? { verdict: 'valid' } : undefined };
    this.#clock = clock;
    this.#leavesAt = leavesAt;
    this.strangers = strangers;
    this.#late = lateDeliveries;
  }

  open({ owner = '' }: { readonly owner?: string } = {}): Mailbox {
    return this.#opened(owner);
  }

  openShared(_name: string, owner = ''): Mailbox {
    return this.#opened(owner);
  }

  #opened(owner: string): Mailbox {
    const index = this.#counts.get(owner) ?? 0;
    this.#counts.set(owner, index + 1);
    const key = keyOf(owner, index);
    const recorded = this.#recorded.get(key);
    const callback = new ReplayedCallback(recorded, this.#common, this.#clock, this.#leavesAt);
    this.#open.set(key, callback);
    for (const delivery of recorded?.deliveries ?? []) {
      if (delivery.after === undefined) this.#expect(callback, delivery, this.#clock.now());
    }
    return callback.mailbox;
  }

  /** Lets a delivery come to the callback that it was recorded for, if that is open. */
  deliver(owner: string, index: number, delivery: RecordedDelivery, since: number): void {
    const callback = this.#open.get(keyOf(owner, index));
    if (callback !== undefined) this.#expect(callback, delivery, since);
  }

  #expect(callback: ReplayedCallback, delivery: RecordedDelivery, since: number): void {
    callback.expect(delivery, since, (inTime) => {
      if (inTime) this.#received += 1;
      else this.#late += 1;
    });
  }

  /** The callback with a URL, for the command that was to make a call for it. */
  withUrl(url: string): ReplayedCallback | undefined {
    return [...this.#open.values()].find(({ mailbox }) => mailbox.url === url);
  }

  get received(): number {
    return this.#received + this.#late;
  }

  get lateDeliveries(): number {
    return this.#late;
  }

  async close(): Promise<void> {
    for (const { mailbox } of this.#open.values()) mailbox.close();
  }
}

function keyOf(owner: string, index: number): string {
  return `${index} ${owner}`;
}
