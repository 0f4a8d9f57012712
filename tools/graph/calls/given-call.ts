import type { Mailbox } from '../../engine/callback/callback-receiver.ts';
import type { CallState } from './call-state.ts';

/**
 * What is known of a call that the target file gives: it is kept, and the cases use it one after another. Goes from case
 * to case; nothing but its source writes it.
 */
export class GivenCall {
  readonly id: string;
  participantId: string | undefined;
  muted: boolean | undefined;
  /** Whether the target was asked what it says of the call. */
  asked = false;
  /** Whether anything ever came to its callback. */
  heard = false;
  /** Whether a whole case got no notification. */
  usedInVain = false;
  /** Whether what changed was announced, as often as somebody waited for it. */
  announces = true;

  constructor(id: string, participantId: string | undefined) {
    this.id = id;
    this.participantId = participantId;
  }

  /** Whether it is worth waiting for notifications: not once a whole case got none. */
  get isHeard(): boolean {
    return this.heard || !this.usedInVain;
  }

  /** A case lets go of it. @param isHeard whether anything came to its callback */
  leave({ participantId, muted, firstMuteAt }: CallState, isHeard: boolean): void {
    this.participantId ??= participantId;
    this.muted = muted;
    this.heard ||= isHeard;
    this.usedInVain ||= firstMuteAt !== undefined && muted === true;
  }

  /** Why nothing came to the callback, other than that the target sent nothing. */
  reasonForSilence(mailbox: Mailbox): string | undefined {
    this.heard ||= mailbox.deliveries.length > 0;
    if (this.heard) return undefined;
    return `nothing ever came to the callback of the call ${this.id}, which the target file gives: its callbackUri has to be ${mailbox.url}, with a fixed port in callback.listen`;
  }
}
