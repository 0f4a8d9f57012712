import type { CallUnderTest } from './call.ts';
import { callPath } from './call-path.ts';
import type { Delivery, Mailbox } from '../engine/callback/callback-receiver.ts';
import type { CallScope } from './call-scope.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import { callMembers, hasEnded } from './call-members.ts';
import { ownEntry } from './own-participant.ts';
import { readParticipants } from './participants.ts';
import type { ProvidedCall } from './provided-call.ts';

/**
 * A call that the target file names: it is kept, and the cases use it one after another. What is known of it goes
 * from case to case.
 */
export class SharedCall {
  readonly id: string;
  #participantId: string | undefined;
  #muted: boolean | undefined;
  /** Whether the target was asked what it says of the call. */
  #asked = false;
  /** Whether anything ever came to its callback. */
  #heard = false;
  #usedInVain = false;
  /** Whether what changed was announced, as often as somebody waited for it. */
  #announces = true;

  constructor(id: string, participantId: string | undefined) {
    this.id = id;
    this.#participantId = participantId;
  }

  /** Whether it is worth waiting for notifications: not once a whole case got none. */
  get isHeard(): boolean {
    return this.#heard || !this.#usedInVain;
  }

  /** Why nothing came to the callback, other than that the target sent nothing. */
  doubt(mailbox: Mailbox): string | undefined {
    this.#heard ||= mailbox.deliveries.length > 0;
    if (this.#heard) return undefined;
    return `nothing ever came to the callback of the call ${this.id}, which the target file gives: its callbackUri has to be ${mailbox.url}, with a fixed port in callback.listen`;
  }

  /**
   * Makes the call fit for a case: finds its own participant, and unmutes it where that is declared.
   * @throws CouldNotRun when the call is over
   */
  async prepare(call: CallUnderTest, provided: ProvidedCall): Promise<void> {
    const { scope } = call;
    const { capabilities } = call.session.target;
    if (!this.#asked) await this.#ask(scope);
    provided.participantId ??= this.#participantId;
    if (this.#muted !== false && capabilities.participants) {
      const entries = await readParticipants(scope, this.id);
      const isMuted = ownEntry(entries ?? [], call.own)?.isMuted;
      if (typeof isMuted === 'boolean') this.#muted = isMuted;
    }
    if (this.#muted !== false && capabilities.unmute) {
      const { http, succeeded } = await scope.send(this.#unmuting());
      if (succeeded) {
        const known = this.#muted;
        this.#muted = false;
        await this.#announced(call, false, http.sentAt, known === true);
      }
    }
    provided.muted = this.#muted;
  }

  async #ask(scope: CallScope): Promise<void> {
    const { status, json } = await scope.send({
      step: 'get call',
      method: 'GET',
      path: callPath('/communications', this.id),
    });
    if (status === 200) {
      const { state, myParticipantId } = callMembers(json);
      if (hasEnded(state)) {
        throw new CouldNotRun(
          `the call ${this.id}, which the target file gives, is over (state ${String(state)}); give the id of one that is established`,
        );
      }
      this.#participantId ??= myParticipantId;
    }
    this.#asked = true;
  }

  /**
   * Puts the call back as it was before the case, as far as that can be, and waits for what the case has set off, so
   * that the next case does not take it for its own. Never throws.
   */
  async restore(call: CallUnderTest, provided: ProvidedCall): Promise<void> {
    this.#participantId ??= call.own.participantId;
    this.#muted = provided.muted;
    this.#heard ||= provided.mailbox.deliveries.length > 0;
    this.#usedInVain ||= call.firstMuteAt !== undefined && provided.muted === true;
    if (call.firstMuteAt === undefined || provided.muted === false) return;
    const { lastRequestAt, mutedBefore } = call;
    try {
      // After an interrupt nothing is waited for any more, and the call is still put back.
      if (mutedBefore !== true) {
        await this.#announced(call, true, lastRequestAt, mutedBefore === false).catch(() => undefined);
      }
      if (!call.session.target.capabilities.unmute) return;
      const { http, succeeded } = await call.scope.sendRelease(this.#unmuting());
      this.#muted = succeeded ? false : undefined;
      if (succeeded) await this.#announced(call, false, http.sentAt, true);
    } catch {
      // The next case finds out how the call is, or says that nobody knows.
      if (call.session.target.capabilities.unmute) this.#muted = undefined;
    } finally {
      this.#heard ||= provided.mailbox.deliveries.length > 0;
    }
  }

  #unmuting() {
    return {
      step: 'unmute',
      method: 'POST',
      path: callPath('/communications', this.id, 'unmute'),
      body: { json: {} },
    } as const;
  }

  /** Waits until a change is announced; not for long where it may be none, or where the target announces nothing. */
  async #announced(call: CallUnderTest, isMuted: boolean, since: number, certain: boolean): Promise<void> {
    const { session, mailbox } = call;
    if (session.target.callbacks === 'none') return;
    const announces = (delivery: Delivery) => delivery.receivedAt >= since && call.reportsOwn(delivery, isMuted);
    const patient = certain && this.#announces;
    const quietMs = session.quietWindowMs();
    const timeoutMs = patient ? Math.max(quietMs, session.target.timeouts.notificationMs) : quietMs;
    const found = await mailbox.waitFor(announces, timeoutMs, session.signal);
    if (patient) this.#announces = found !== undefined;
  }
}
