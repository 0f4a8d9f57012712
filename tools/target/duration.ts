import { ConfigurationError } from '../contract/errors.ts';

const factors: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/**
 * Reads a duration: 300ms, 5s, 1.5s, 2m.
 * @param name where it stands, for the message
 * @returns milliseconds, at least 1
 * @throws ConfigurationError when it is none, or zero
 */
export function readDuration(text: string, name: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text.trim()) ?? [];
  const ms = Number(amount) * (factors[unit ?? ''] ?? Number.NaN);
  if (!(ms >= 1)) {
    throw new ConfigurationError(
      `${name} ${JSON.stringify(text)} is no duration; write a number with its unit, such as 300ms, 5s or 2m.`,
    );
  }
  return Math.round(ms);
}
