/** Gives a slot back; calling it again has no effect. */
export type Release = () => void;

/**
 * Limits how many requests are in flight at once. Who comes first is served first; a case that waits for a
 * notification, for silence or for Retry-After holds none.
 */
export class Slots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  /** @param limit requests in flight at most; at least 1 */
  constructor(limit: number) {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`there must be at least one slot, not ${limit}`);
    this.#free = limit;
  }

  /** Waits for a free slot and takes it. */
  async acquire(): Promise<Release> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.add(resolve));
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#release();
    };
  }

  #release(): void {
    for (const next of this.#waiting) {
      // The slot passes on without becoming free, so that nobody can overtake.
      this.#waiting.delete(next);
      next();
      return;
    }
    this.#free += 1;
  }
}
