/** A ceiling of requests: they leave evenly spaced, never in a burst. */
export class Rate {
  readonly #spacingMs: number;
  #nextAt = -Infinity;

  constructor(perSecond: number) {
    this.#spacingMs = 1_000 / perSecond;
  }

  /** Reserves the next moment to send. @returns how long to wait for it from now, in milliseconds */
  reserve(now: number): number {
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + this.#spacingMs;
    return at - now;
  }
}
