/** Gives a slot back; calling it again has no effect. */
export type Release = () => void;

/**
 * Limits how many requests are in flight at once. Who comes first is served first, of those that are urgent before the
 * others; a case that waits for a
 * notification, for silence or for Retry-After holds none.
 */
export class Semaphore {
  #free: number;
  readonly #limit: number;
  readonly #waiting = new Set<() => void>();
  readonly #urgent = new Set<() => void>();
  /** Who asked to be told when the queue is short, and how short. */
  readonly #watching = new Map<() => void, number>();

  /** @param limit requests in flight at most; at least 1 */
  constructor(limit: number) {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`there must be at least one slot, not ${limit}`);
    this.#free = limit;
    this.#limit = limit;
  }

  /** How many are taken. */
  get taken(): number {
    return this.#limit - this.#free;
  }

  /**
   * Waits for a free slot and takes it.
   * @param isUrgent whether it is served before all that are not, however long these have waited
   */
  async acquire(isUrgent = false): Promise<Release> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => (isUrgent ? this.#urgent : this.#waiting).add(resolve));
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#release();
    };
  }

  /** Waits until fewer than so many wait for a slot. */
  async waitForQueueBelow(length: number): Promise<void> {
    if (this.#waiting.size < length) return;
    await new Promise<void>((resolve) => this.#watching.set(resolve, length));
  }

  #release(): void {
    const queue = this.#urgent.size > 0 ? this.#urgent : this.#waiting;
    const [next] = queue;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    // The slot passes on without becoming free, so that nobody can overtake.
    queue.delete(next);
    next();
    for (const [tell, length] of this.#watching) {
      if (this.#waiting.size >= length) continue;
      this.#watching.delete(tell);
      tell();
    }
  }
}
