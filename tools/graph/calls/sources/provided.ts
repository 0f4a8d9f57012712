import type { Mailbox } from '../../../engine/callback/callback-receiver.ts';
import type { ExchangeRecord } from '../../../engine/http/exchange-record.ts';

/** What a case wants of a call that is created for it, beside what any call has. */
export interface CallWishes {
  /** A callbackUri with nothing in it that could be written in another way. */
  readonly hasPlainCallback?: boolean;
  /** Members of the body of the create request. */
  readonly createMembers?: Readonly<Record<string, unknown>>;
}

/** A call that exists on the target, as the source that it comes from hands it over. */
export interface ProvidedCall {
  readonly id: string;
  readonly mailbox: Mailbox;
  /** How it was created over the API; undefined for a call that came into being another way. */
  readonly creation?: ExchangeRecord | undefined;
  /** Whether notifications may be waited for as long as the timeout allows, for all that is known of the call. */
  readonly isHeard: boolean;
  /** Whether the call was made for this case, so that the case may delete it. */
  readonly isOwn: boolean;
  /** Why nothing came to the callback, other than that the target sent nothing; undefined when there is no such reason. */
  reasonForSilence(): string | undefined;
  /** Ends the call, or puts it back as it was, and closes its mailbox. Never throws. */
  release(): Promise<void>;
}

/** Called as soon as a call exists, before it is ready, so that it is released in any case. */
export type Provided = (call: ProvidedCall) => void;
