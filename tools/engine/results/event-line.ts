import type { RunEvent } from './results.ts';

/** An event as its line, with the end of the line. */
export function eventLine(event: RunEvent): string {
  return `${JSON.stringify(event)}\n`;
}
