import type { CaseResult } from './results.ts';

/**
 * How long a case had requests under way, in milliseconds: what it takes without waiting for its turn, for updates and
 * for silence. Requests that were under way at once count once.
 */
export function requestMs({ exchanges, omitted }: Pick<CaseResult, 'exchanges' | 'omitted'>): number {
  return omitted === undefined ? requestMsOf(exchanges) : omitted.requestMs;
}

/** The same of requests that are not those of a result. */
export function requestMsOf(exchanges: readonly { readonly sentAtMs: number; readonly ms: number }[]): number {
  let until = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const { sentAtMs, ms } of exchanges.toSorted((one, other) => one.sentAtMs - other.sentAtMs)) {
    const end = sentAtMs + ms;
    sum += Math.max(0, end - Math.max(sentAtMs, until));
    until = Math.max(until, end);
  }
  return sum;
}
