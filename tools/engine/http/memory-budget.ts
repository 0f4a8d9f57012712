/** Bytes of each answer that count for nothing; hardly any answer of Graph is longer. */
const freeBytes = 64 * 1024;

/** Bytes of longer answers that a run holds at a time: three as long as may be. */
export const budgetBytes = 24 * 1024 * 1024;

/**
 * The memory that long answers take together. Hundreds of cases wait side by side, each with its answers: without a
 * common limit a body that is well within its own would be there hundreds of times.
 */
export class MemoryBudget {
  #free: number;

  /** @param bytes what all bodies together may have */
  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** For the answers of one case. */
  reserve(): MemoryReservation {
    let held = 0;
    let closed = false;
    const give = (bytes: number) => {
      held -= bytes;
      this.#free += bytes;
    };
    return {
      get held() {
        return held;
      },
      begin: () => {
        let length = 0;
        let taken = 0;
        return {
          add: (bytes) => {
            length += bytes;
            const more = Math.max(0, length - freeBytes) - taken;
            if (more > (closed ? 0 : this.#free)) return false;
            taken += more;
            give(-more);
            return true;
          },
          drop: () => {
            if (!closed) give(taken);
            taken = 0;
          },
        };
      },
      close: () => {
        closed = true;
        give(held);
      },
    };
  }
}

/** What the answers of one case hold, until it ends. */
export interface MemoryReservation {
  /** The bytes that its answers take of the budget; 0 as long as none was long. */
  readonly held: number;
  /** An answer begins to come in. */
  begin(): AnswerMemory;
  /** Gives everything back: the answers of this case are not looked at any more. Later ones have what is free. */
  close(): void;
}

/** What one answer holds. */
export interface AnswerMemory {
  /** @returns false when there is no room for so many bytes more */
  add(bytes: number): boolean;
  /** The answer is not kept. */
  drop(): void;
}
