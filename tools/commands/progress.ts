import type { Output } from './surroundings.ts';

/** Says how far a run is: a line that is written over on a terminal, else a plain line now and then. */
export class Progress {
  readonly #output: Output;
  readonly #total: number;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #quiet: boolean;
  #ended = 0;
  #broken = 0;
  #lastAt: number;

  constructor(output: Output, total: number, now: () => number, quiet: boolean) {
    this.#output = output;
    this.#total = total;
    this.#now = now;
    this.#startedAt = now();
    this.#lastAt = this.#startedAt;
    this.#quiet = quiet;
  }

  /** A case has ended. */
  ended(broken: boolean): void {
    this.#ended += 1;
    if (broken) this.#broken += 1;
    if (this.#quiet) return;
    const now = this.#now();
    const everyMs = this.#output.isTTY === true ? 80 : 2_000;
    if (now - this.#lastAt < everyMs && this.#ended < this.#total) return;
    this.#lastAt = now;
    const broke = this.#broken === 0 ? '' : `, ${this.#broken} not as promised`;
    const line = `${this.#ended} of ${this.#total} cases ended${broke}, ${((now - this.#startedAt) / 1000).toFixed(1)} s`;
    if (this.#output.isTTY === true) this.#output.write(`\r\u001b[K${line.slice(0, (this.#output.columns ?? 80) - 1)}`);
    else this.#output.write(`${line}\n`);
  }

  /** Takes the live line away, so that what follows begins on a line of its own. */
  close(): void {
    if (!this.#quiet && this.#output.isTTY === true) this.#output.write('\r\u001b[K');
  }
}
