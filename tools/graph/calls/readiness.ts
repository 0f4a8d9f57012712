import type { Learnt } from './call-knowledge.ts';
import { callPath } from './call-path.ts';
import { joinedMuted, unmuteAtFirst } from './initial-mute.ts';
import type { Delivery } from '../../engine/callback/callback-receiver.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { callMembers, hasEnded } from '../payloads/call-members.ts';
import { concerns, itemsOf, tellsOf } from '../payloads/notification-items.ts';
import type { ObservedCall } from './observed-call.ts';
import type { ProvidedCall } from './provided-call.ts';

/** A call that is on its way: what can be seen of it from outside. */
class Arrival {
  readonly #call: ObservedCall;
  readonly #provided: ProvidedCall;
  #state: string | undefined;
  readonly deadline: number;

  constructor(call: ObservedCall, provided: ProvidedCall, state: string | undefined) {
    this.#call = call;
    this.#provided = provided;
    // Twice the time that a notification may take: establishing is more than one message.
    this.deadline = call.session.clock.now() + 2 * call.session.target.timeouts.notificationMs;
    this.#note({ state });
  }

  get established(): boolean {
    return this.#state === 'established';
  }

  /** Takes note of what a call notification or a GET says of the call. */
  #note(data: unknown): void {
    const { state, myParticipantId } = callMembers(data);
    if (state !== undefined && !this.established) this.#state = state.toLowerCase();
    if (myParticipantId !== undefined) this.#provided.participantId ??= myParticipantId;
    if (hasEnded(this.#state)) {
      throw new CouldNotRun(
        `the call ${this.#provided.id} ended by itself (state ${this.#state ?? ''}) before anything was asked of it`,
      );
    }
  }

  #noteDelivery(delivery: Delivery): void {
    for (const { kind, resource, data } of itemsOf(delivery.json)) {
      if (kind === 'call' && concerns(resource, this.#provided.id)) this.#note(data);
    }
  }

  /** Waits for a notification that the call is established; at most so long. */
  async notified(timeoutMs: number): Promise<boolean> {
    if (this.established || timeoutMs <= 0) return this.established;
    const { mailbox } = this.#provided;
    const seen = new Set<Delivery>();
    await mailbox.waitFor(
      (delivery) => {
        if (!seen.has(delivery)) this.#noteDelivery(delivery);
        seen.add(delivery);
        return this.established;
      },
      timeoutMs,
      this.#call.session.signal,
    );
    return this.established;
  }

  /** GETs the call. @returns whether the answer tells a state, and whether it names the own participant */
  async read(): Promise<{ state: boolean; own: boolean }> {
    const { status, json } = await this.#call.scope.send({
      step: 'get call',
      method: 'GET',
      path: callPath('/communications', this.#provided.id),
    });
    if (status !== 200) return { state: false, own: false };
    this.#note(json);
    const { state, myParticipantId } = callMembers(json);
    return { state: state !== undefined, own: myParticipantId !== undefined };
  }

  /** Whether any notification told of its state, established or not. */
  get heardOf(): boolean {
    return this.#provided.mailbox.deliveries
      .flatMap(({ json }) => itemsOf(json))
      .some(({ kind, resource }) => kind === 'call' && concerns(resource, this.#provided.id));
  }

  /** Waits by notification and GET until the call is established. @throws CouldNotRun when it never is */
  async untilEstablished(pauseMs: number): Promise<void> {
    while (!this.established) {
      const left = this.deadline - this.#call.session.clock.now();
      if (left <= 0) {
        throw new CouldNotRun(
          `the call ${this.#provided.id} was created and not established within ${2 * this.#call.session.target.timeouts.notificationMs} ms (state ${this.#state ?? 'not told'}): neither a notification of the call at its callback nor GET /communications/calls/{id} said state established; raise --notification-timeout if the target needs longer`,
        );
      }
      if (!(await this.notified(Math.min(pauseMs, left)))) await this.read();
    }
  }

  /** Waits until a roster arrives, at most so long. */
  async firstRoster(timeoutMs: number): Promise<boolean> {
    const isRoster = (delivery: Delivery) => tellsOf(delivery.json, 'roster');
    const found = await this.#provided.mailbox.waitFor(isRoster, timeoutMs, this.#call.session.signal);
    return found !== undefined;
  }
}

/**
 * Learns from a call how its kind comes about. Only here is it waited for what may never come, so that the calls that
 * follow need not.
 */
async function findOut(call: ObservedCall, arrival: Arrival): Promise<Learnt> {
  const { session } = call;
  const { callbacks, timeouts } = session.target;
  // Where no notifications come at all, none is waited for.
  const notificationMs = callbacks === 'none' ? 0 : timeouts.notificationMs;
  const quietMs = session.quietWindowMs();
  let tells: Learnt['tells'] = arrival.established ? 'creation' : 'notification';
  let read: { state: boolean; own: boolean } | undefined;
  if (!(await arrival.notified(quietMs))) {
    read = await arrival.read();
    if (read.state) tells = 'read';
    // A target without reads may just take its time.
    else if (!(await arrival.notified(notificationMs - quietMs)) && !arrival.heardOf) tells = 'neither';
  }
  if (tells !== 'neither') await arrival.untilEstablished(250);
  // In peer-to-peer calls only changes of the call's own state are announced (fact 47).
  const rosterMs = call.kind === 'peerToPeer' ? quietMs : Math.max(quietMs, Math.min(4 * quietMs, notificationMs));
  const sendsFirstRoster = callbacks !== 'none' && (await arrival.firstRoster(rosterMs));
  if (call.own.participantId === undefined) read ??= await arrival.read();
  const joinsMuted = call.kind !== 'peerToPeer' && (await joinedMuted(call, true));
  return { tells, readNamesOwn: read?.own ?? false, sendsFirstRoster, joinsMuted };
}

/**
 * Waits until a call is ready to be muted: its state is established, by notification or GET, or the target tells
 * neither and the quiet window is over; and its first roster has come, where this target sends one, so that a late
 * first roster is never mistaken for a mute's (design, section 6). A call that the application joined muted is unmuted
 * where the target declares unmute.
 * @param state what the answer to the create request said
 * @throws CouldNotRun when the call is never established, or ends by itself
 */
export async function settle(call: ObservedCall, provided: ProvidedCall, state: string | undefined): Promise<void> {
  const { session } = call;
  const { notificationMs } = session.target.timeouts;
  // Each has its time from then on: what another call has found out may have taken long.
  const arriving = () => new Arrival(call, provided, state);
  // What another call is finding out is no time of this one's case.
  const goOn = call.scope.time.waits();
  const { learnt, first } = await session.knowledge[call.kind].learn(() => {
    goOn();
    return findOut(call, arriving());
  });
  goOn();
  if (first) {
    if (learnt.joinsMuted) await unmuteAtFirst(call, provided);
    return;
  }
  const arrival = arriving();
  if (learnt.tells === 'notification' || learnt.tells === 'creation') await arrival.untilEstablished(notificationMs);
  if (learnt.tells === 'read') await arrival.untilEstablished(100);
  if (learnt.tells === 'neither') await arrival.notified(session.quietWindowMs());
  if (learnt.sendsFirstRoster) await arrival.firstRoster(notificationMs);
  if (learnt.readNamesOwn && call.own.participantId === undefined) await arrival.read();
  if (call.kind !== 'peerToPeer' && (await joinedMuted(call, learnt.joinsMuted))) await unmuteAtFirst(call, provided);
}
