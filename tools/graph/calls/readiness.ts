import type { Delivery } from '../../engine/callback/delivery.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { callMembers } from '../payloads/call-members.ts';
import { concerns, itemsOf, hasItemOf } from '../payloads/notification-items.ts';
import { callPath } from './call-path.ts';
import { isEstablished, isOver } from './call-state.ts';
import { joinedMuted, unmuteAtFirst } from './initial-mute.ts';
import type { KnownCall } from './known-call.ts';
import type { StartupProfile } from './startup-probe.ts';

/** A call that starts up: what can be seen of it from outside. */
class Startup {
  readonly #call: KnownCall;
  readonly deadline: number;

  /** @throws CouldNotRun when the call is over already */
  constructor(call: KnownCall) {
    this.#call = call;
    // Twice the time that a notification may take: establishing is more than one message.
    this.deadline = call.session.clock.now() + 2 * call.session.target.timeouts.notificationMs;
    this.#refuseOver();
  }

  get established(): boolean {
    return isEstablished(this.#call.state);
  }

  /** Takes note of what a call notification or a GET says of the call. */
  #note(data: unknown): void {
    this.#call.note({ type: 'reported', ...callMembers(data) });
    this.#refuseOver();
  }

  #refuseOver(): void {
    const { id, state } = this.#call;
    if (!isOver(state)) return;
    throw new CouldNotRun(
      `the call ${id} ended by itself (state ${state.reported ?? ''}) before anything was asked of it`,
    );
  }

  #noteDelivery(delivery: Delivery): void {
    for (const { kind, resource, data } of itemsOf(delivery.json)) {
      if (kind === 'call' && concerns(resource, this.#call.id)) this.#note(data);
    }
  }

  /** Waits for a notification that the call is established; at most so long. */
  async notified(timeoutMs: number): Promise<boolean> {
    if (this.established || timeoutMs <= 0) return this.established;
    const { mailbox } = this.#call;
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
      path: callPath('/communications', this.#call.id),
    });
    if (status !== 200) return { state: false, own: false };
    this.#note(json);
    const { state, myParticipantId } = callMembers(json);
    return { state: state !== undefined, own: myParticipantId !== undefined };
  }

  /** Whether any notification told of its state, established or not. */
  get heardOf(): boolean {
    return this.#call.mailbox.deliveries
      .flatMap(({ json }) => itemsOf(json))
      .some(({ kind, resource }) => kind === 'call' && concerns(resource, this.#call.id));
  }

  /** Waits by notification and GET until the call is established. @throws CouldNotRun when it never is */
  async untilEstablished(pauseMs: number): Promise<void> {
    while (!this.established) {
      const left = this.deadline - this.#call.session.clock.now();
      if (left <= 0) {
        throw new CouldNotRun(
          `the call ${this.#call.id} was created and not established within ${2 * this.#call.session.target.timeouts.notificationMs} ms (state ${this.#call.state.reported ?? 'unknown'}): neither a notification of the call at its callback nor GET /communications/calls/{id} said state established; raise --notification-timeout if the target needs longer`,
        );
      }
      if (!(await this.notified(Math.min(pauseMs, left)))) await this.read();
    }
  }

  /** Waits until a roster arrives, at most so long. */
  async firstRoster(timeoutMs: number): Promise<boolean> {
    const isRoster = (delivery: Delivery) => hasItemOf(delivery.json, 'roster');
    const found = await this.#call.mailbox.waitFor(isRoster, timeoutMs, this.#call.session.signal);
    return found !== undefined;
  }
}

/**
 * Watches how a call starts up. Only here is it waited for what may never come, so that the calls that follow need not.
 */
async function probe(call: KnownCall): Promise<StartupProfile> {
  const startup = new Startup(call);
  const { session } = call;
  const { callbacks, timeouts } = session.target;
  // Where no notifications come at all, none is waited for.
  const notificationMs = callbacks === 'none' ? 0 : timeouts.notificationMs;
  const quietMs = session.quietWindowMs();
  let establishedBy: StartupProfile['establishedBy'] = startup.established ? 'creation' : 'notification';
  let read: { state: boolean; own: boolean } | undefined;
  if (!(await startup.notified(quietMs))) {
    read = await startup.read();
    if (read.state) establishedBy = 'read';
    // A target without reads may just take its time.
    else if (!(await startup.notified(notificationMs - quietMs)) && !startup.heardOf) establishedBy = 'nothing';
  }
  if (establishedBy !== 'nothing') await startup.untilEstablished(250);
  // In peer-to-peer calls only changes of the call's own state are announced (fact 47).
  const rosterMs = call.kind === 'peerToPeer' ? quietMs : Math.max(quietMs, Math.min(4 * quietMs, notificationMs));
  const sendsFirstRoster = callbacks !== 'none' && (await startup.firstRoster(rosterMs));
  if (call.own.participantId === undefined) read ??= await startup.read();
  const joinsMuted = call.kind !== 'peerToPeer' && (await joinedMuted(call, true));
  return { establishedBy, readNamesOwn: read?.own ?? false, sendsFirstRoster, joinsMuted };
}

/**
 * Waits until a call is ready to be muted: its state is established, by notification or GET, or the target tells
 * neither and the quiet window is over; and its first roster has come, where this target sends one, so that a late
 * first roster is never mistaken for a mute's (design, section 6). A call that the application joined muted is unmuted
 * where the target declares unmute.
 * @throws CouldNotRun when the call is never established, or ends by itself
 */
export async function settle(call: KnownCall): Promise<void> {
  const { session } = call;
  const { notificationMs } = session.target.timeouts;
  // What another call is finding out is no time of this one's case.
  const goOn = call.scope.time.waits();
  const { profile, first } = await session.startup[call.kind].run(() => {
    goOn();
    return probe(call);
  });
  goOn();
  if (first) {
    if (profile.joinsMuted) await unmuteAtFirst(call);
    return;
  }
  // It has its time from now on: what another call has found out may have taken long.
  const startup = new Startup(call);
  const { establishedBy } = profile;
  if (establishedBy === 'notification' || establishedBy === 'creation') await startup.untilEstablished(notificationMs);
  if (establishedBy === 'read') await startup.untilEstablished(100);
  if (establishedBy === 'nothing') await startup.notified(session.quietWindowMs());
  if (profile.sendsFirstRoster) await startup.firstRoster(notificationMs);
  if (profile.readNamesOwn && call.own.participantId === undefined) await startup.read();
  if (call.kind !== 'peerToPeer' && (await joinedMuted(call, profile.joinsMuted))) await unmuteAtFirst(call);
}
