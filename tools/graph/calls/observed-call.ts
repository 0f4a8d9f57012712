import { sameId } from '../ids.ts';
import type { Delivery, Mailbox } from '../../engine/callback/callback-receiver.ts';
import { CouldNotRun, NotApplicable } from '../../engine/target/could-not-run.ts';
import { hasEnded } from '../payloads/call-members.ts';
import { type CallNotice, callNoticesOf, rosterEntriesOf } from '../payloads/delivery-readings.ts';
import { concerns, kindOfBody, rosterResources, tellsOf } from '../payloads/notification-items.ts';
import { ownEntry } from '../payloads/own-participant.ts';
import type { CallScope } from './call-scope.ts';
import type { CallKind } from '../../engine/target/target.ts';
import type { RosterEntry } from '../payloads/roster.ts';
import type { ProvidedCall } from './provided-call.ts';
import type { CallSession } from './call-session.ts';

/** What a case wants of a call that is created for it, beside what any call has. */
export interface CallWishes {
  /** A callbackUri with nothing in it that could be written in another way. */
  readonly hasPlainCallback?: boolean;
  /** Members of the body of the create request. */
  readonly createMembers?: Readonly<Record<string, unknown>>;
}

/** A call of a case: what it is, and what can be seen of it at its callback. */
export class ObservedCall {
  readonly session: CallSession;
  readonly scope: CallScope;
  readonly kind: CallKind;
  /** Calls with the same meeting share its roster, where the target says that it has shared meetings. */
  readonly meeting: string | undefined;
  /** Whether its callbackUri has nothing in it that could be written in another way. */
  readonly hasPlainCallback: boolean;
  /** What the case wants in the request that creates the call, beside what any has. */
  readonly createMembers: Readonly<Record<string, unknown>>;
  protected call: ProvidedCall | undefined;
  /** When the last request that could change the state left, and when it was answered. */
  protected sentAt: number | undefined;
  protected answeredAt: number | undefined;
  protected mutedFirstAt: number | undefined;
  /** Whether the own participant was muted before that request, as far as is known. */
  protected mutedBeforeRequest: boolean | undefined;

  constructor(
    session: CallSession,
    scope: CallScope,
    kind: CallKind,
    meeting?: string,
    { hasPlainCallback = false, createMembers = {} }: CallWishes = {},
  ) {
    this.session = session;
    this.scope = scope;
    this.kind = kind;
    this.meeting = meeting;
    this.hasPlainCallback = hasPlainCallback;
    this.createMembers = createMembers;
  }

  /** True once the call exists on the target, settled or not. */
  get exists(): boolean {
    return this.call !== undefined;
  }

  /** When the first request to mute it left, in milliseconds of the session's clock. */
  get firstMuteAt(): number | undefined {
    return this.mutedFirstAt;
  }

  get provided(): ProvidedCall {
    if (this.call === undefined) throw new Error('a call was looked at before it was ready');
    return this.call;
  }

  get id(): string {
    return this.provided.id;
  }

  get mailbox(): Mailbox {
    return this.provided.mailbox;
  }

  /** In milliseconds of the session's clock. */
  get lastRequestAt(): number {
    return this.sentAt ?? 0;
  }

  /** Lets a silence begin that no request on this call opened. */
  beginSilence(at: number): void {
    this.sentAt = at;
    this.answeredAt = this.session.clock.now();
    this.mutedBeforeRequest = this.provided.muted;
  }

  /** Whether the own participant was muted before the last request, or is now when there was none. */
  get mutedBefore(): boolean | undefined {
    return this.sentAt === undefined ? this.provided.muted : this.mutedBeforeRequest;
  }

  /** By what the application's own participant is told: the id that the call names, else the application. */
  get own(): { participantId: string | undefined; applicationId: string | undefined } {
    const { provided } = this;
    provided.participantId ??= this.#callNotices().find(({ myParticipantId }) => myParticipantId)?.myParticipantId;
    return { participantId: provided.participantId, applicationId: this.session.target.applicationId };
  }

  get ownIsKnown(): boolean {
    return this.own.participantId !== undefined || this.own.applicationId !== undefined;
  }

  /** Why the own participant cannot be told, and what to do, as far as it has not been done. */
  get ownUnknown(): string {
    const { applicationId } = this.session.target;
    const unknown =
      'the application’s own participant cannot be told: the call names no myParticipantId, and no participant';
    const byId = this.provided.isOwn
      ? 'let the command that makes the call print participantId'
      : 'give participantId beside the id of the call';
    return applicationId === undefined
      ? `${unknown} is the only one with the identity of an application; give applicationId in the target file, or ${byId}`
      : `${unknown} bears the applicationId ${applicationId} as application or applicationInstance; is that applicationId right? Otherwise ${byId}`;
  }

  /** What notifications said of the call itself. */
  #callNotices(): CallNotice['members'][] {
    return this.mailbox.deliveries
      .flatMap(callNoticesOf)
      .flatMap(({ resource, members }) => (concerns(resource, this.id) ? [members] : []));
  }

  /** Whether a notification said that the call is over, though nobody deleted it. */
  protected get endedByItself(): boolean {
    return !this.provided.ended && this.#callNotices().some(({ state }) => hasEnded(state));
  }

  /** Everything that came to this call's callback after the last request to mute or unmute left. */
  deliveries(since = this.lastRequestAt): Delivery[] {
    return this.mailbox.deliveries.filter(({ receivedAt }) => receivedAt >= since);
  }

  /**
   * What came since then and is, or may be meant as, a roster update: a body that nobody can read is not told from
   * one, so that the cases on method, media type and JSON have something to look at.
   */
  rosterDeliveries(since = this.lastRequestAt): Delivery[] {
    return this.deliveries(since).filter(isRosterDelivery);
  }

  /** The application's own participant as a delivery reports it, if it does. */
  ownEntryIn(delivery: Delivery): RosterEntry | undefined {
    return ownEntry(rosterEntriesOf(delivery), this.own);
  }

  /** Whether a delivery reports the application's own participant muted (or, with false, not muted). */
  reportsOwn(delivery: Delivery, isMuted: boolean): boolean {
    return this.ownEntryIn(delivery)?.isMuted === isMuted;
  }

  /** The same, for a delivery to another call: there the participant is told by its id alone. */
  reportsOwnById(delivery: Delivery, isMuted: boolean): boolean {
    return this.own.participantId !== undefined && this.reportsOwn(delivery, isMuted);
  }

  /** Whether the own participant was reported so by any delivery, or by one before this one. */
  wasReported(isMuted: boolean, before?: Delivery): boolean {
    const { deliveries } = this.mailbox;
    const earlier = before === undefined ? deliveries : deliveries.slice(0, deliveries.indexOf(before));
    return earlier.some((delivery) => this.reportsOwn(delivery, isMuted));
  }

  /** A roster update about this call that came to the callback of another one of this run since the last request. */
  get strayed(): Delivery | undefined {
    const since = this.lastRequestAt;
    const names = ({ receivedAt, json }: Delivery) =>
      receivedAt >= since &&
      rosterResources(json).some(({ callId }) => callId !== undefined && sameId(callId, this.id));
    return [...this.session.mailboxes]
      .filter((mailbox) => mailbox !== this.mailbox)
      .flatMap(({ deliveries }) => deliveries.filter(names))[0];
  }

  /** Why an update that reports the call muted says nothing; undefined when the call was not muted before. */
  get muteSaysNothing(): string | undefined {
    if (this.mutedBefore === false) return undefined;
    const created = 'let calls be made for each case (calls.…: {create: {}} or {command: …})';
    if (this.mutedBefore === undefined) {
      return `nobody knows whether the call ${this.id} was muted before: ${this.#muteStateUnknown}, or ${created}`;
    }
    if (this.provided.joinedMuted === true) {
      return `the application is muted from the start in the call ${this.id}, so that the request changed nothing: ${this.#unmuteFix}`;
    }
    return this.provided.isOwn
      ? 'this case had muted the call before, and what changes nothing need not be announced'
      : `the call ${this.id} was muted already, so that the request changed nothing: ${this.#unmuteFix}, or ${created}`;
  }

  get #unmuteFix(): string {
    return this.session.target.capabilities.unmute
      ? 'unmute is declared, and did not succeed: mend it'
      : 'declare unmute in the target file, if the target has it';
  }

  /** Why nobody knows whether a call that is kept is muted, and what to do, as far as it has not been done. */
  get #muteStateUnknown(): string {
    const { unmute, participants } = this.session.target.capabilities;
    if (unmute) return this.#unmuteFix;
    if (participants) {
      const tells = this.ownIsKnown
        ? 'does not list the application’s own participant with isMuted true or false: mend it, or the participantId or applicationId in the target file'
        : 'does not tell which participant is the application’s own: give participantId beside the id of the call, or applicationId, in the target file';
      return `GET …/participants, which is declared, ${tells}`;
    }
    return 'declare unmute or participants in the target file, if the target has one of them';
  }

  /** @throws NotApplicable where the target file says that no notifications come: neither they nor silence say anything */
  refuseWithoutCallbacks(): void {
    if (this.session.target.callbacks !== 'none') return;
    throw new NotApplicable(
      'capability',
      'the target file says callbacks: none, so that no notification can be judged',
    );
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
      (delivery) => delivery.receivedAt >= since && isRosterDelivery(delivery),
      this.#updateMs(true),
    );
    if (found === undefined) this.#refuseToJudge(this.muteSaysNothing);
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
    if (this.mutedBefore !== !isMuted) this.#refuseToJudge(this.muteSaysNothing);
    this.#refuseToJudge(this.ownCannotBeTold ? this.ownUnknown : undefined);
    return undefined;
  }

  /** @throws CouldNotRun when there is a reason for silence that is not the target's */
  #refuseToJudge(reason: string | undefined): void {
    const excuse = this.provided.doubt() ?? reason;
    if (excuse !== undefined) throw new CouldNotRun(excuse);
  }

  /** The same, where it is no matter why none comes. */
  async ownDelivery(isMuted: boolean): Promise<Delivery | undefined> {
    if (this.session.target.callbacks === 'none') return undefined;
    const since = this.lastRequestAt;
    const answeredAt = this.answeredAt ?? since;
    const deadline = this.session.clock.now() + this.#updateMs(isMuted);
    const isNew = ({ receivedAt }: Delivery) => receivedAt >= since;
    const reports = (delivery: Delivery) => isNew(delivery) && this.reportsOwn(delivery, isMuted);
    // Where no update ever told who the own participant is, one is as good as the last.
    const isUntold = (delivery: Delivery) =>
      this.session.ownIsTold === false && isNew(delivery) && isRosterDelivery(delivery) && this.ownCannotBeTold;
    let found = await this.#arrives(
      (delivery) => reports(delivery) || isUntold(delivery),
      deadline - this.session.clock.now(),
    );
    if (found !== undefined && !reports(found)) {
      const left = deadline - this.session.clock.now();
      found = await this.#arrives(reports, Math.min(left, this.session.quietWindowMs()));
    }
    if (found !== undefined) {
      this.session.ownIsTold = true;
      this.session.noteDelivery(found.receivedAt - answeredAt);
    } else if (this.ownCannotBeTold) this.session.ownIsTold ??= false;
    return found;
  }

  /** Updates came since the last request, and none of them has an own participant that anybody could tell. */
  get ownCannotBeTold(): boolean {
    if (this.own.participantId !== undefined) return false;
    const rosters = this.rosterDeliveries();
    return rosters.length > 0 && rosters.every((delivery) => this.ownEntryIn(delivery) === undefined);
  }

  /**
   * The first delivery that fulfils the condition, within the notification timeout.
   * @throws CouldNotRun when none comes, and it is not certain that the call knows its callback
   */
  async arrives(condition: (delivery: Delivery) => boolean): Promise<Delivery | undefined> {
    this.refuseWithoutCallbacks();
    const since = this.lastRequestAt;
    const found = await this.#arrives(
      (delivery) => delivery.receivedAt >= since && condition(delivery),
      this.#noticeMs,
    );
    if (found === undefined) this.#refuseToJudge(undefined);
    return found;
  }

  /** How long a notification may take: not long where none ever came. */
  get #noticeMs(): number {
    const { notificationMs } = this.session.target.timeouts;
    return this.provided.isHeard ? notificationMs : Math.min(notificationMs, this.session.quietWindowMs());
  }

  /** The same for an update: what changes nothing is announced at once or never, as far as is known (fact 63). */
  #updateMs(isMuted: boolean): number {
    return this.mutedBefore === isMuted ? Math.min(this.#noticeMs, this.session.quietWindowMs()) : this.#noticeMs;
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
    const start = Math.max(this.answeredAt ?? this.lastRequestAt, from);
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
    const start = Math.max(after.answeredAt ?? since, from);
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

function isRosterDelivery({ json }: Delivery): boolean {
  return tellsOf(json, 'roster') || kindOfBody(json) === 'unknown';
}
