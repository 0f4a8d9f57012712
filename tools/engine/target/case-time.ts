/**
 * How long a case takes: from its first request to its verdict, less the time in which all that it wanted was its turn.
 * A case waits for its turn where a slot, the ceiling of requests, a call that cases share or what another case is
 * finding out keeps it from going on; what the target makes it wait for is its own time.
 */
export class CaseTime {
  readonly #now: () => number;
  #firstRequestAt: number | undefined;
  #waiting = 0;
  #underWay = 0;
  #waitedMs = 0;
  /** Since when the case does nothing but wait for its turn. */
  #idleSince: number | undefined;

  /** @param now the time in milliseconds of one clock */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins a wait for a turn. @returns what ends it; ending it again has no effect */
  waits(): () => void {
    return this.#between(
      () => (this.#waiting += 1),
      () => (this.#waiting -= 1),
    );
  }

  /** Notes that a request leaves. @returns what notes its end; noting that again has no effect */
  sends(): () => void {
    this.#firstRequestAt ??= this.#now();
    return this.#between(
      () => (this.#underWay += 1),
      () => (this.#underWay -= 1),
    );
  }

  /** In milliseconds until now; 0 as long as nothing was sent. */
  elapsedMs(): number {
    this.#count();
    return this.#firstRequestAt === undefined ? 0 : this.#now() - this.#firstRequestAt - this.#waitedMs;
  }

  #between(begin: () => void, end: () => void): () => void {
    begin();
    this.#count();
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      end();
      this.#count();
    };
  }

  /** Adds what was waited by now. What was waited before the first request is no part of the time. */
  #count(): void {
    const now = this.#now();
    if (this.#idleSince !== undefined) this.#waitedMs += now - this.#idleSince;
    const isIdle = this.#firstRequestAt !== undefined && this.#waiting > 0 && this.#underWay === 0;
    this.#idleSince = isIdle ? now : undefined;
  }
}
