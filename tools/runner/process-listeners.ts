/** What ends a process, or ends with it: vitest listens to these as if the process were its own. */
const events = ['SIGINT', 'SIGTERM', 'exit', 'unhandledRejection'] as const;

/**
 * Takes away what a constructor puts on the process: who interrupts a run, and what then becomes of the process, is the
 * business of whoever started it.
 * @param construct does its work before it first waits; what listens later stays
 */
export function withoutProcessListeners<T>(construct: () => T): T {
  const before = events.map((event) => new Set<unknown>(process.rawListeners(event)));
  try {
    return construct();
  } finally {
    for (const [index, event] of events.entries()) {
      for (const listener of process.rawListeners(event)) {
        if (before[index]?.has(listener) !== true) process.off(event, listener as () => void);
      }
    }
  }
}
