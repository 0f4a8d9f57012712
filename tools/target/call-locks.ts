import { CouldNotRun } from './could-not-run.ts';

/**
 * Lets cases that share calls run one after another. One lock for all shared calls of a target, because a case may
 * need several of them, and two cases that take them in different orders would wait for each other for ever.
 */
export class CallLocks {
  #holder: object | undefined;
  #held = new Set<string>();
  readonly #waiting: (() => void)[] = [];

  /**
   * Waits until no other case holds a shared call, and takes this one.
   * @param holder the case, told by identity
   * @param call what is shared: a call id or a threadId
   * @throws CouldNotRun when the same case takes the same call twice: it needs two, and there is one
   */
  async take(holder: object, call: string): Promise<void> {
    while (this.#holder !== undefined && this.#holder !== holder) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#holder = holder;
    if (this.#held.has(call)) {
      throw new CouldNotRun(
        `this case needs a second call beside ${call}, and the target file gives only that one; let calls be created (calls: {group: {create: {}}})`,
      );
    }
    this.#held.add(call);
  }

  /** Gives a shared call back; the next case goes on when all are back. */
  give(holder: object, call: string): void {
    if (this.#holder !== holder) return;
    this.#held.delete(call);
    if (this.#held.size > 0) return;
    this.#holder = undefined;
    this.#waiting.shift()?.();
  }
}
