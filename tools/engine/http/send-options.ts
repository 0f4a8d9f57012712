import type { Exchange } from '../results/results.ts';
import type { CaseTime } from '../target/case-time.ts';
import type { MemoryReservation } from './memory-budget.ts';
import type { ThrottleBudget } from './throttle.ts';

/** A body to send: a value as JSON, or any text with any media type (null: none is named). */
export type RequestBody =
  { readonly json: unknown } | { readonly text: string | Buffer; readonly contentType: string | null };

/** Something that was sent, and what is recorded of it. */
export interface Recorded {
  readonly exchange: Exchange;
  /** When it left and when it was over, in milliseconds of the session's clock. */
  readonly sentAt: number;
  readonly answeredAt: number;
}

export interface SendOptions {
  /** What the request is for, as the record names it: create call, mute … */
  readonly step: string;
  readonly method: string;
  /** Path and query below the base URL, sent as is: starts with one slash, everything encoded. */
  readonly path: string;
  /** What `path` is below: the base URL, or only its origin (a Location names its path from there). */
  readonly below?: 'base' | 'origin';
  /** In place of, and beside the default headers; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** The Authorization header in place of the bearer token; null sends none. */
  readonly authorization?: string | null;
  readonly body?: RequestBody;
  readonly clientRequestId: string;
  /** How long the case may still wait for throttled requests. */
  readonly throttle: ThrottleBudget;
  /** Holds the body of the answer as long as the case goes on. */
  readonly memory?: MemoryReservation;
  /** Whether it gets the next free slot, before all that are not urgent. */
  readonly isUrgent?: boolean;
  /** Told of what the case waits for, and of what it has under way. */
  readonly time?: CaseTime;
  /**
   * In place of the run's signal: for what has to be done after an interrupt, and for a few seconds after the target
   * was given up.
   */
  readonly signal?: AbortSignal;
  /**
   * What alone ends the request once it has left: for one that makes something which has to be cleared up, and whose
   * answer is needed for that.
   */
  readonly finish?: AbortSignal;
  /** Gets every exchange, those without an answer too. */
  record(sent: Recorded): void;
}
