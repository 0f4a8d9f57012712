import type { TransportFault } from '../http/transport-fault.ts';

/** Requests that are named at most. */
const namedRequests = 3;

/** Finds out what a target was doing when it ended in the middle of a run: a crash of one request ends all. */
export class Disappearance {
  #hungUp: string[] = [];
  #gone: readonly string[] | undefined;

  /**
   * Takes note of a request without an answer.
   * @param request in words
   */
  note({ kind }: Pick<TransportFault, 'kind'>, request: string): void {
    if (kind === 'reset' || kind === 'torn') this.#hungUp.push(request);
    if (kind === 'refused') this.#gone ??= this.#hungUp.slice(-namedRequests);
  }

  /** Something was answered: whoever hung up before is still there. */
  noteAnswer(): void {
    this.#hungUp = [];
  }

  /** What was under way when the target ended, the last of it; undefined as long as it is there, or where nobody knows. */
  get requests(): readonly string[] | undefined {
    return this.#gone === undefined || this.#gone.length === 0 ? undefined : this.#gone;
  }
}
