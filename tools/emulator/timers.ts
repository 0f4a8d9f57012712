/** What an emulator has put off until later; closing the emulator drops it all. */
export class Timers {
  readonly #waiting = new Map<NodeJS.Timeout, () => void>();
  #closed = false;

  get closed(): boolean {
    return this.#closed;
  }

  /** Runs the action after so many milliseconds, or on the next turn of the event loop; never once closed. */
  after(milliseconds: number, action: () => void): void {
    const unlessClosed = (): void => {
      if (!this.#closed) action();
    };
    if (milliseconds <= 0) setImmediate(unlessClosed);
    else void this.wait(milliseconds).then(unlessClosed);
  }

  /** Resolves after so many milliseconds, at once when closed. */
  wait(milliseconds: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(timer);
        resolve();
      }, milliseconds);
      this.#waiting.set(timer, resolve);
    });
  }

  close(): void {
    this.#closed = true;
    for (const [timer, resolve] of this.#waiting) {
      clearTimeout(timer);
      resolve();
    }
    this.#waiting.clear();
  }
}
