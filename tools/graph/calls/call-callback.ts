import type { Delivery } from '../../engine/callback/delivery.ts';
import { CouldNotRun, NotApplicable } from '../../engine/target/could-not-run.ts';
import type { CallSession } from './call-session.ts';
import type { KnownCall } from './known-call.ts';
import { isRosterUpdate } from './roster-view.ts';

/** The callback of a call: what comes there is waited for, and so is silence. */
export class CallCallback {
  readonly #call: KnownCall;
  readonly #session: CallSession;

  constructor(call: KnownCall) {
    this.#call = call;
    this.#session = call.session;
  }

  /** @throws NotApplicable where the target file says that no notifications come: neither they nor silence say anything */
  refuseWithoutCallbacks(): void {
    if (this.#session.target.callbacks !== 'none') return;
    throw new NotApplicable('capability', 'the target file says callbacks: none, so no notification can be judged');
  }

  /**
   * The first roster update since the last request.
   * @returns undefined when none comes within the notification timeout
   * @throws CouldNotRun when none comes and none had to: the call was, or may have been, muted before
   */
  async rosterUpdate(): Promise<Delivery | undefined> {
    this.refuseWithoutCallbacks();
    const since = this.#call.lastRequestAt;
    const found = await this.#arrives(
      (delivery) => delivery.receivedAt >= since && isRosterUpdate(delivery),
      leftOf(this.#call, this.#updateMs(true)),
    );
    if (found === undefined) this.#refuseToJudge(this.#call.inconclusiveBecause);
    return found;
  }

  /**
   * The first delivery since the last request that reports the own participant so.
   * @returns undefined when none comes within the notification timeout
   * @throws CouldNotRun when none comes and none had to, or the own participant cannot be told
   */
  async ownReported(isMuted: boolean): Promise<Delivery | undefined> {
    this.refuseWithoutCallbacks();
    const found = await this.ownDelivery(isMuted);
    if (found !== undefined) return found;
    if (this.#call.state.mutedBefore !== !isMuted) this.#refuseToJudge(this.#call.inconclusiveBecause);
    this.#refuseToJudge(this.#call.ownIdentifiable ? undefined : this.#call.ownUnidentifiableReason);
    return undefined;
  }

  /** @throws CouldNotRun when there is a reason for silence that is not the target's */
  #refuseToJudge(reason: string | undefined): void {
    const excuse = this.#call.provided.reasonForSilence() ?? reason;
    if (excuse !== undefined) throw new CouldNotRun(excuse);
  }

  /** The same, where it is no matter why none comes. */
  async ownDelivery(isMuted: boolean): Promise<Delivery | undefined> {
    if (this.#session.target.callbacks === 'none') return undefined;
    const since = this.#call.lastRequestAt;
    const answeredAt = this.#call.state.answeredAt ?? since;
    const deadline = this.#session.clock.now() + leftOf(this.#call, this.#updateMs(isMuted));
    const isNew = ({ receivedAt }: Delivery) => receivedAt >= since;
    const reports = (delivery: Delivery) => isNew(delivery) && this.#call.reportsOwn(delivery, isMuted);
    // Where no update ever told who the own participant is, one is as good as the last.
    const isUnidentifiable = (delivery: Delivery) =>
      this.#session.ownIdentifiable === false &&
      isNew(delivery) &&
      isRosterUpdate(delivery) &&
      !this.#call.ownIdentifiable;
    let found = await this.#arrives(
      (delivery) => reports(delivery) || isUnidentifiable(delivery),
      deadline - this.#session.clock.now(),
    );
    if (found !== undefined && !reports(found)) {
      const left = deadline - this.#session.clock.now();
      found = await this.#arrives(reports, Math.min(left, this.#session.quietWindowMs()));
    }
    if (found !== undefined) {
      this.#session.noteOwnIdentifiable(true);
      this.#session.noteDelivery(found.receivedAt - answeredAt);
    } else if (!this.#call.ownIdentifiable) this.#session.noteOwnIdentifiable(false);
    return found;
  }

  /**
   * The first delivery since the last request that fulfils the condition, within the notification timeout.
   * @param after the call whose last request it follows, where that is another one: the time runs from its answer
   * @throws CouldNotRun when none comes, and it is not certain that the call knows its callback
   */
  async arrives(condition: (delivery: Delivery) => boolean, after?: KnownCall): Promise<Delivery | undefined> {
    this.refuseWithoutCallbacks();
    const since = (after ?? this.#call).lastRequestAt;
    const found = await this.#arrives(
      (delivery) => delivery.receivedAt >= since && condition(delivery),
      after === undefined ? this.#call.noticeMs : leftOf(after, this.#call.noticeMs),
    );
    if (found === undefined) this.#refuseToJudge(undefined);
    return found;
  }

  /** The same for an update: what changes nothing is announced at once or never, as far as is known (fact 63). */
  #updateMs(isMuted: boolean): number {
    return this.#call.state.mutedBefore === isMuted
      ? Math.min(this.#call.noticeMs, this.#session.quietWindowMs())
      : this.#call.noticeMs;
  }

  #arrives(condition: (delivery: Delivery) => boolean, timeoutMs: number): Promise<Delivery | undefined> {
    return this.#call.mailbox.waitFor(condition, timeoutMs, this.#session.signal);
  }

  /**
   * Waits until the quiet window after the last request is over, whatever comes.
   * @param from when the window begins, where that is later than the answer to that request
   */
  async quietWindow(from = 0): Promise<void> {
    const { clock, signal } = this.#session;
    const start = Math.max(this.#call.state.answeredAt ?? this.#call.lastRequestAt, from);
    for (;;) {
      const left = start + this.#session.quietWindowMs() - clock.now();
      if (left <= 0) return;
      await clock.sleep(left, signal);
    }
  }

  /**
   * Waits through the quiet window after the last request.
   * @param after the call whose request begins the silence, where that is another one
   * @param from when the window begins, where that is later than the answer to that request
   * @returns the delivery that breaks the silence as soon as there is one, undefined when all stays quiet
   */
  async breaksSilence(
    offends: (delivery: Delivery) => boolean,
    after: KnownCall = this.#call,
    from = 0,
  ): Promise<Delivery | undefined> {
    this.refuseWithoutCallbacks();
    const since = after.lastRequestAt;
    const start = Math.max(after.state.answeredAt ?? since, from);
    const offending = (delivery: Delivery) => delivery.receivedAt >= since && offends(delivery);
    for (;;) {
      // The window grows while other cases see slower deliveries.
      const left = start + this.#session.quietWindowMs() - this.#session.clock.now();
      if (left <= 0) return this.#call.mailbox.deliveries.find(offending);
      const found = await this.#call.mailbox.waitFor(offending, left, this.#session.signal);
      if (found !== undefined) return found;
    }
  }
}

/** What is left of a time that runs from the answer to the last request: who waits twice does not wait longer. */
function leftOf({ session, state }: KnownCall, ms: number): number {
  const now = session.clock.now();
  return Math.max(0, (state.answeredAt ?? now) + ms - now);
}
