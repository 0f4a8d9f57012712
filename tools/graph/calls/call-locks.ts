/**
 * Lets cases that share calls run one after another, first come first served. One lock for all shared calls of a
 * target, because a case may need several of them, and two cases that take them in different orders would wait for
 * each other for ever.
 */
export class CallLocks {
  #holder: object | undefined;
  /** How often the holder took each shared call, by what is shared: a call id or a threadId. */
  readonly #held = new Map<string, number>();
  readonly #waiting: { readonly holder: object; readonly go: () => void }[] = [];

  /**
   * Waits until no other case holds a shared call, and takes this one; a case may take what it holds already again.
   * @param holder the case, told by identity
   * @param shared what is shared
   * @returns how often the case has it now, and what gives it back: the next case goes on when all is back, and giving
   *   back again has no effect
   */
  async take(holder: object, shared: string): Promise<{ times: number; give: () => void }> {
    if (this.#holder === undefined) this.#holder = holder;
    else if (this.#holder !== holder) await new Promise<void>((go) => this.#waiting.push({ holder, go }));
    const times = (this.#held.get(shared) ?? 0) + 1;
    this.#held.set(shared, times);
    let given = false;
    const give = () => {
      if (given) return;
      given = true;
      this.#give(shared);
    };
    return { times, give };
  }

  #give(shared: string): void {
    const left = (this.#held.get(shared) ?? 0) - 1;
    if (left > 0) this.#held.set(shared, left);
    else this.#held.delete(shared);
    if (this.#held.size > 0) return;
    // The lock passes on without becoming free, so that nobody can overtake; with it all that the next case waits for.
    this.#holder = this.#waiting[0]?.holder;
    const next = this.#waiting.filter(({ holder }) => holder === this.#holder);
    for (const waiter of next) {
      this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
      waiter.go();
    }
  }
}
