import { ConfigurationError } from '../catalogue/errors.ts';

/** Node's timers measure no more than 24 days; nobody waits for a day. */
const longestMs = 24 * 60 * 60 * 1000;

const factors: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/**
 * Reads a duration: 300ms, 5s, 1.5s, 2m; a number is milliseconds.
 * @param name where it stands, for the message
 * @returns milliseconds, at least 1
 * @throws ConfigurationError when it is none, zero, or longer than a day
 */
export function readDuration(given: string | number, name: string): number {
  const ms = typeof given === 'number' ? given : millisecondsOf(given);
  const quoted = () => `${name} ${JSON.stringify(asWritten(given))}`;
  if (!(ms >= 1)) {
    throw new ConfigurationError(
      `${quoted()} is not a valid duration (expected a number with its unit, such as 300ms, 5s or 2m).`,
    );
  }
  if (ms > longestMs) throw new ConfigurationError(`${quoted()} is longer than a day.`);
  return Math.round(ms);
}

/** A duration as people write it, for messages. */
export function asWritten(given: string | number): string {
  return typeof given === 'number' ? `${given}ms` : given;
}

function millisecondsOf(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text.trim()) ?? [];
  return Number(amount) * (factors[unit ?? ''] ?? Number.NaN);
}
