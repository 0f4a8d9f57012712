import type { CaseResult } from '../results/results.ts';
import { grouped, type Some } from './grouped.ts';
import { badness, isUnsettled } from './verdicts.ts';

const guid = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;

/**
 * The cases without a verdict by their reason, the worst first: an unreachable target is one group, and so are reasons
 * that differ only in the id of a call.
 */
export function unsettledByReason(cases: readonly CaseResult[]): Some<CaseResult>[] {
  const open = cases.filter(({ verdict }) => isUnsettled(verdict));
  const groups = grouped(open, ({ verdict, reason = '' }) => `${verdict} ${reason.replaceAll(guid, '')}`);
  return [...groups.values()].toSorted(([one], [other]) => badness(one.verdict) - badness(other.verdict));
}
