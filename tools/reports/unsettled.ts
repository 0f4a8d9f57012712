import type { CaseResult } from '../engine/results/results.ts';
import { alike } from './alike.ts';
import type { Some } from '../engine/results/grouped.ts';
import { severityRank, isUnsettled } from './verdicts.ts';

/**
 * The cases without a verdict by their reason, the worst first: an unreachable target is one group, and so are reasons
 * that differ only in the id of a call.
 */
export function unsettledByReason(cases: readonly CaseResult[]): Some<CaseResult>[] {
  const open = cases.filter(({ verdict }) => isUnsettled(verdict));
  return alike(open, ({ verdict, reason }) => [verdict, reason]).toSorted(
    ([one], [other]) => severityRank(one.verdict) - severityRank(other.verdict),
  );
}
