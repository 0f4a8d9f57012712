import { ConfigurationError } from '../catalogue/errors.ts';

/** Node's timers measure no more than 24 days; nobody waits for a day. */
const longestMs = 24 * 60 * 60 * 1000;

const factors: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/**
 * Reads a duration: 300ms, 5s, 1.5s, 2m.
 * @param name where it stands, for the message
 * @returns milliseconds, at least 1
 * @throws ConfigurationError when it is none, zero, or longer than a day
 */
export function readDuration(text: string, name: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text.trim()) ?? [];
  const ms = Number(amount) * (factors[unit ?? ''] ?? Number.NaN);
  if (!(ms >= 1)) {
    throw new ConfigurationError(
      `${name} ${JSON.stringify(text)} is no duration; write a number with its unit, such as 300ms, 5s or 2m.`,
    );
  }
  if (ms > longestMs) throw new ConfigurationError(`${name} ${JSON.stringify(text)} is longer than a day.`);
  return Math.round(ms);
}
