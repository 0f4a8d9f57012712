import type { Delivery, Mailbox } from '../../engine/callback/callback-receiver.ts';
import { CouldNotRun, NotApplicable } from '../../engine/target/could-not-run.ts';
import type { CallKind } from '../../engine/target/target.ts';
import { hasEnded } from '../payloads/call-members.ts';
import { type CallNotice, callNoticesOf } from '../payloads/delivery-readings.ts';
import { concerns } from '../payloads/notification-items.ts';
import type { OwnClues } from '../payloads/own-participant.ts';
import type { CallScope } from './call-scope.ts';
import type { CallSession } from './call-session.ts';
import { type Change, type Changes, nextChanges } from './changes.ts';
import { type CallEvent, type CallState, nextState, unknownCall } from './call-state.ts';
import { inconclusiveBecause, ownUnidentifiableReason } from './inconclusive.ts';
import type { CallWishes, ProvidedCall } from './sources/provided.ts';
import { isRosterUpdate, RosterView } from './roster-view.ts';

/** A call of a case: what it is, what is known of it, and what can be seen of it at its callback. */
export class ObservedCall {
  readonly session: CallSession;
  readonly kind: CallKind;
  /** Calls with the same meeting share its roster, where the target says that it has shared meetings. */
  readonly meeting: string | undefined;
  /** Whether its callbackUri has nothing in it that could be written in another way. */
  readonly hasPlainCallback: boolean;
  /** What the case wants in the request that creates the call, beside what any has. */
  readonly createMembers: Readonly<Record<string, unknown>>;
  #scope: CallScope;
  #provided: ProvidedCall | undefined;
  #state = unknownCall;
  #changes: Changes = {};

  constructor(
    session: CallSession,
    scope: CallScope,
    kind: CallKind,
    meeting?: string,
    { hasPlainCallback = false, createMembers = {} }: CallWishes = {},
  ) {
    this.session = session;
    this.#scope = scope;
    this.kind = kind;
    this.meeting = meeting;
    this.hasPlainCallback = hasPlainCallback;
    this.createMembers = createMembers;
  }

  /** Whether it is a leg of a meeting, on a target that says that legs share a roster. */
  get isLeg(): boolean {
    return this.kind === 'meeting' && this.session.target.capabilities.sharedMeeting === true;
  }

  /** The case that has it. */
  get scope(): CallScope {
    return this.#scope;
  }

  /** Another case has it from now on. */
  protected useScope(scope: CallScope): void {
    this.#scope = scope;
  }

  /** Since when that case has it, in milliseconds of the session's clock; what came before is nothing of the case. */
  get takenAt(): number {
    return 0;
  }

  /** True once the call exists on the target, settled or not. */
  get exists(): boolean {
    return this.#provided !== undefined;
  }

  get provided(): ProvidedCall {
    if (this.#provided === undefined) throw new Error('a call was looked at before it was ready');
    return this.#provided;
  }

  get id(): string {
    return this.provided.id;
  }

  get mailbox(): Mailbox {
    return this.provided.mailbox;
  }

  /** What is known of it. */
  get state(): CallState {
    return this.#state;
  }

  /** The call exists on the target now, as its source says. */
  protected exist(provided: ProvidedCall): void {
    this.#provided = provided;
  }

  /** Takes note of what happens to the call, or is found out about it. */
  note(event: CallEvent): void {
    this.#changes = nextChanges(this.#changes, this.#state, event);
    this.#state = nextState(this.#state, event);
  }

  /** The last request that changed whether it is muted, as far as is certain. */
  get lastChange(): Change | undefined {
    return this.#changes.last;
  }

  /** When the last request that could change its state left, in milliseconds of the session's clock. */
  get lastRequestAt(): number {
    return this.#state.requestedAt ?? 0;
  }

  /** Lets a silence begin that no request on this call opened. */
  beginSilence(from: number): void {
    this.note({ type: 'silence', from, at: this.session.clock.now() });
  }

  /** By what the application's own participant is told: the id that the call names, else the application. */
  get own(): OwnClues {
    if (this.#state.participantId === undefined) {
      const named = this.#notices().find(({ myParticipantId }) => myParticipantId !== undefined);
      if (named) this.note({ type: 'reported', myParticipantId: named.myParticipantId });
    }
    return { participantId: this.#state.participantId, applicationId: this.session.target.applicationId };
  }

  get ownIsKnown(): boolean {
    return this.own.participantId !== undefined || this.own.applicationId !== undefined;
  }

  /** False when updates came since the last request, and none has an own participant that anybody could tell. */
  get ownIdentifiable(): boolean {
    return this.rosters.since(this.lastRequestAt).ownIdentifiable;
  }

  /** Why the own participant cannot be told, and what to do. */
  get ownUnidentifiableReason(): string {
    return ownUnidentifiableReason({ isOwn: this.provided.isOwn, target: this.session.target });
  }

  /** Why an update that reports the call muted says nothing; undefined when the call was not muted before. */
  get inconclusiveBecause(): string | undefined {
    const { id, state, ownIsKnown } = this;
    return inconclusiveBecause({ id, isOwn: this.provided.isOwn, ownIsKnown, state, target: this.session.target });
  }

  /** What notifications say of the call itself. */
  #notices(): CallNotice['members'][] {
    return this.mailbox.deliveries
      .flatMap(callNoticesOf)
      .flatMap(({ resource, members }) => (concerns(resource, this.id) ? [members] : []));
  }

  /** Whether a notification says that the call is over, though nobody deleted it. */
  get endedByItself(): boolean {
    return !this.#state.deleted && this.#notices().some(({ state }) => hasEnded(state));
  }

  /** What came to its callback, as far as it says who is in the call. */
  get rosters(): RosterView {
    return new RosterView(this.mailbox.deliveries, this.own);
  }

  /** Everything that came to this call's callback after the last request to mute or unmute left. */
  deliveries(since = this.lastRequestAt): Delivery[] {
    return this.mailbox.deliveries.filter(({ receivedAt }) => receivedAt >= since);
  }

  /** What came since then and is, or may be meant as, a roster update. */
  rosterDeliveries(since = this.lastRequestAt): Delivery[] {
    return this.rosters.since(since).updates;
  }

  /** Whether a delivery reports the application's own participant muted (or, with false, not muted). */
  reportsOwn(delivery: Delivery, isMuted: boolean): boolean {
    return this.rosters.reportsOwn(delivery, isMuted);
  }

  /** The same, for a delivery to another call: there the participant is told by its id alone. */
  reportsOwnById(delivery: Delivery, isMuted: boolean): boolean {
    return this.own.participantId !== undefined && this.reportsOwn(delivery, isMuted);
  }

  /** @throws NotApplicable where the target file says that no notifications come: neither they nor silence say anything */
  refuseWithoutCallbacks(): void {
    if (this.session.target.callbacks !== 'none') return;
    throw new NotApplicable('capability', 'the target file says callbacks: none, so no notification can be judged');
  }

  /**
   * The first roster update since the last request.
   * @returns undefined when none comes within the notification timeout
   * @throws CouldNotRun when none comes and none had to: the call was, or may have been, muted before
   */
  async rosterUpdate(): Promise<Delivery | undefined> {
    this.refuseWithoutCallbacks();
    const since = this.lastRequestAt;
    const found = await this.#arrives(
      (delivery) => delivery.receivedAt >= since && isRosterUpdate(delivery),
      this.#leftOf(this.#updateMs(true)),
    );
    if (found === undefined) this.#refuseToJudge(this.inconclusiveBecause);
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
    if (this.#state.mutedBefore !== !isMuted) this.#refuseToJudge(this.inconclusiveBecause);
    this.#refuseToJudge(this.ownIdentifiable ? undefined : this.ownUnidentifiableReason);
    return undefined;
  }

  /** @throws CouldNotRun when there is a reason for silence that is not the target's */
  #refuseToJudge(reason: string | undefined): void {
    const excuse = this.provided.reasonForSilence() ?? reason;
    if (excuse !== undefined) throw new CouldNotRun(excuse);
  }

  /** The same, where it is no matter why none comes. */
  async ownDelivery(isMuted: boolean): Promise<Delivery | undefined> {
    if (this.session.target.callbacks === 'none') return undefined;
    const since = this.lastRequestAt;
    const answeredAt = this.#state.answeredAt ?? since;
    const deadline = this.session.clock.now() + this.#leftOf(this.#updateMs(isMuted));
    const isNew = ({ receivedAt }: Delivery) => receivedAt >= since;
    const reports = (delivery: Delivery) => isNew(delivery) && this.reportsOwn(delivery, isMuted);
    // Where no update ever told who the own participant is, one is as good as the last.
    const isUnidentifiable = (delivery: Delivery) =>
      this.session.ownIdentifiable === false && isNew(delivery) && isRosterUpdate(delivery) && !this.ownIdentifiable;
    let found = await this.#arrives(
      (delivery) => reports(delivery) || isUnidentifiable(delivery),
      deadline - this.session.clock.now(),
    );
    if (found !== undefined && !reports(found)) {
      const left = deadline - this.session.clock.now();
      found = await this.#arrives(reports, Math.min(left, this.session.quietWindowMs()));
    }
    if (found !== undefined) {
      this.session.noteOwnIdentifiable(true);
      this.session.noteDelivery(found.receivedAt - answeredAt);
    } else if (!this.ownIdentifiable) this.session.noteOwnIdentifiable(false);
    return found;
  }

  /**
   * The first delivery since the last request that fulfils the condition, within the notification timeout.
   * @param after the call whose last request it follows, where that is another one: the time runs from its answer
   * @throws CouldNotRun when none comes, and it is not certain that the call knows its callback
   */
  async arrives(condition: (delivery: Delivery) => boolean, after?: ObservedCall): Promise<Delivery | undefined> {
    this.refuseWithoutCallbacks();
    const since = (after ?? this).lastRequestAt;
    const found = await this.#arrives(
      (delivery) => delivery.receivedAt >= since && condition(delivery),
      after === undefined ? this.noticeMs : after.#leftOf(this.noticeMs),
    );
    if (found === undefined) this.#refuseToJudge(undefined);
    return found;
  }

  /** How long a notification may take, in milliseconds: not long where none ever came. */
  get noticeMs(): number {
    const { notificationMs } = this.session.target.timeouts;
    return this.provided.isHeard ? notificationMs : Math.min(notificationMs, this.session.quietWindowMs());
  }

  /** The same for an update: what changes nothing is announced at once or never, as far as is known (fact 63). */
  #updateMs(isMuted: boolean): number {
    return this.#state.mutedBefore === isMuted ? Math.min(this.noticeMs, this.session.quietWindowMs()) : this.noticeMs;
  }

  /** What is left of a time that runs from the answer to the last request: who waits twice does not wait longer. */
  #leftOf(ms: number): number {
    const now = this.session.clock.now();
    return Math.max(0, (this.#state.answeredAt ?? now) + ms - now);
  }

  #arrives(condition: (delivery: Delivery) => boolean, timeoutMs: number): Promise<Delivery | undefined> {
    return this.mailbox.waitFor(condition, timeoutMs, this.session.signal);
  }

  /**
   * Waits until the quiet window after the last request is over, whatever comes.
   * @param from when the window begins, where that is later than the answer to that request
   */
  async quietWindow(from = 0): Promise<void> {
    const { clock, signal } = this.session;
    const start = Math.max(this.#state.answeredAt ?? this.lastRequestAt, from);
    for (;;) {
      const left = start + this.session.quietWindowMs() - clock.now();
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
    after: ObservedCall = this,
    from = 0,
  ): Promise<Delivery | undefined> {
    this.refuseWithoutCallbacks();
    const since = after.lastRequestAt;
    const start = Math.max(after.state.answeredAt ?? since, from);
    const offending = (delivery: Delivery) => delivery.receivedAt >= since && offends(delivery);
    for (;;) {
      // The window grows while other cases see slower deliveries.
      const left = start + this.session.quietWindowMs() - this.session.clock.now();
      if (left <= 0) return this.mailbox.deliveries.find(offending);
      const found = await this.mailbox.waitFor(offending, left, this.session.signal);
      if (found !== undefined) return found;
    }
  }
}
