/** How long all cases of a run together may wait for throttled requests, in milliseconds. */
export const runThrottleMs = 120_000;

/** Waited where Retry-After says nothing that can be followed, in milliseconds. */
export const invalidWaitMs = 1_000;

/** How often a request is repeated after a Retry-After that cannot be followed. */
export const invalidWaits = 2;

/**
 * How long throttled requests may still be waited for. Waits that overlap count once: twenty requests of one case that
 * wait a second at the same time keep the case waiting for one second.
 */
export class ThrottleBudget {
  #leftMs: number;
  #claimedUntil = -Infinity;

  constructor(totalMs: number) {
    this.#leftMs = totalMs;
  }

  get leftMs(): number {
    return this.#leftMs;
  }

  /** Whether a wait that starts now still fits in. Times in milliseconds of one clock. */
  covers(waitMs: number, now: number): boolean {
    return this.#adds(waitMs, now) <= this.#leftMs;
  }

  /** Takes a wait that starts now. @returns by how much it lengthens the waiting, in milliseconds */
  spend(waitMs: number, now: number): number {
    const added = this.#adds(waitMs, now);
    this.#leftMs -= added;
    this.#claimedUntil = Math.max(this.#claimedUntil, now + waitMs);
    return added;
  }

  #adds(waitMs: number, now: number): number {
    return Math.max(0, now + waitMs - Math.max(now, this.#claimedUntil));
  }
}

/** Whether waiting for a target that throttles has been of any use in a run. */
export class ThrottleRelief {
  #came = false;
  #failedToCome = false;

  /** A throttled request was sent again, and answered otherwise. */
  came(): void {
    this.#came = true;
  }

  /** A throttled request was sent again until there was no time left to wait. */
  failedToCome(): void {
    this.#failedToCome = true;
  }

  /** Where it never came and once failed to, those who ask later need not wait as long to learn the same. */
  get isUnlikely(): boolean {
    return this.#failedToCome && !this.#came;
  }
}

/** What a Retry-After header says: how long to wait in milliseconds, or that it says nothing sane. */
export type RetryAfter = { readonly waitMs: number } | 'invalid';

/**
 * Reads Retry-After (RFC 9110, section 10.2.3): seconds or a date. A date is compared with the Date of the same answer,
 * not against the clock of this machine, which may be another.
 * @returns undefined when there is none
 */
export function readRetryAfter(values: readonly string[], date: string | undefined): RetryAfter | undefined {
  const value = values[0]?.trim();
  if (value === undefined) return undefined;
  // Fractions are not in the grammar, yet some gateways send them and mean what they say.
  if (/^\d+(\.\d+)?$/.test(value)) return { waitMs: Number(value) * 1000 };
  const until = readHttpDate(value);
  const sent = date === undefined ? undefined : readHttpDate(date);
  if (until === undefined || sent === undefined) return 'invalid';
  return { waitMs: Math.max(0, until - sent) };
}

/** Milliseconds since 1970 of an IMF-fixdate (RFC 9110, section 5.6.7), or undefined when it is none. */
function readHttpDate(value: string): number | undefined {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * How long to wait before a throttled request is sent again, in milliseconds.
 * @param repeats how often this request was sent again already
 * @returns undefined when it is not to be sent again: the answer has no Retry-After, or went on being invalid
 */
export function throttleWaitMs(
  answer: { readonly status: number; header(name: string): readonly string[] },
  repeats: number,
): number | undefined {
  if (answer.status !== 429 && answer.status !== 503) return undefined;
  const retryAfter = readRetryAfter(answer.header('retry-after'), answer.header('date')[0]);
  if (retryAfter === undefined) return undefined;
  if (retryAfter === 'invalid') return repeats < invalidWaits ? invalidWaitMs : undefined;
  // "At once", again and again, would otherwise be thousands of requests within the budget.
  const leastMs = Math.min(1_000, 25 * 2 ** repeats);
  return Math.max(retryAfter.waitMs, leastMs);
}
