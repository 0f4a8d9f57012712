import type { Mailbox } from '../../engine/callback/callback-receiver.ts';

/** A call that exists on the target, however it came about. */
export interface ProvidedCall {
  readonly id: string;
  readonly mailbox: Mailbox;
  /** The id of the application's own participant, as soon as the target has named it. */
  participantId: string | undefined;
  /**
   * Whether the own participant is muted, as far as the suite can know: not when the call begins, for it was made for
   * the case; undefined where a call that is kept tells nothing.
   */
  muted: boolean | undefined;
  /** Whether the application was muted before the suite asked for anything. */
  joinedMuted?: boolean;
  /** Whether notifications may be waited for as long as the timeout allows, for all that is known of the call. */
  readonly isHeard: boolean;
  /** Whether the call was made for this case, so that the case may delete it. */
  readonly isOwn: boolean;
  ended: boolean;
  /** Why nothing came to the callback, other than that the target sent nothing; undefined when there is no such reason. */
  doubt(): string | undefined;
  /** Ends the call, or puts it back as it was, and closes its mailbox. Never throws. */
  release(): Promise<void>;
}
