import type { Output } from './command-io.ts';

/**
 * Says what a command still does when the user interrupts it. The process of a command that does not listen to the
 * signal at all ends at once.
 */
export function announceInterruption(signal: AbortSignal, stderr: Output, doing: string): void {
  const say = () => void stderr.write(`\nInterrupted: ${doing}. Again to stop at once.\n`);
  signal.addEventListener('abort', say, { once: true });
}
