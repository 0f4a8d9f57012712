interface Kept<Value> {
  readonly value: Value;
  readonly repetition: number;
}

/**
 * What is made once in each round of cases, for all of that round that ask for it. A round is one repetition, or the
 * second attempts in it. Of earlier repetitions than the last two, nothing is kept.
 */
export class OncePerRound<Value> {
  readonly #kept = new Map<string, Kept<Value>>();

  /**
   * @param round names the round, and on what it is done
   * @param repetition how many rounds came before it, second attempts not counted
   * @param make makes what is not there yet
   */
  get(round: string, repetition: number, make: () => Value): Value {
    const known = this.kept(round);
    if (known !== undefined) return known;
    for (const [other, kept] of this.#kept) if (kept.repetition < repetition - 1) this.#kept.delete(other);
    const value = make();
    this.#kept.set(round, { value, repetition });
    return value;
  }

  /** What was made in a round; undefined where nothing was, or it is not kept. */
  kept(round: string): Value | undefined {
    return this.#kept.get(round)?.value;
  }

  /** Whoever asks from now on has it made again. */
  forget(round: string): void {
    this.#kept.delete(round);
  }
}
