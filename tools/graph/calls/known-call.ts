import type { Delivery, Mailbox } from '../../engine/callback/callback-receiver.ts';
import type { CallKind } from '../../engine/target/target.ts';
import { hasEnded } from '../payloads/call-members.ts';
import { type CallNotice, callNoticesOf } from '../payloads/delivery-readings.ts';
import { concerns } from '../payloads/notification-items.ts';
import type { OwnClues } from '../payloads/own-participant.ts';
import type { CallScope } from './call-scope.ts';
import type { CallSession } from './call-session.ts';
import type { CallEvent } from './call-events.ts';
import { type CallState, nextState, unknownCall } from './call-state.ts';
import type { Change } from './changes.ts';
import { inconclusiveBecause, ownUnidentifiableReason } from './inconclusive.ts';
import type { CallWishes, ProvidedCall } from './sources/provided.ts';
import { RosterView } from './roster-view.ts';

/** A call of a case: what it is, and what is known of it, by what was asked of it and by what came to its callback. */
export class KnownCall {
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
    this.#state = nextState(this.#state, event);
  }

  /** The last request that changed whether it is muted, as far as is certain. */
  get lastChange(): Change | undefined {
    return this.#state.changes.last;
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

  /** How long a notification may take, in milliseconds: not long where none ever came. */
  get noticeMs(): number {
    const { notificationMs } = this.session.target.timeouts;
    return this.provided.isHeard ? notificationMs : Math.min(notificationMs, this.session.quietWindowMs());
  }
}
