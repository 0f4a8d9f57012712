import type { CaseResult } from '../engine/results/results.ts';
import { groupSimilar } from './group-similar.ts';
import type { NonEmpty } from '../engine/results/grouped.ts';
import { severityRank, isUnsettled } from './verdicts.ts';

/**
 * The cases without a verdict by their reason, the worst first: an unreachable target is one group, and so are reasons
 * that differ only in the id of a call.
 */
export function unsettledByReason(cases: readonly CaseResult[]): NonEmpty<CaseResult>[] {
  const open = cases.filter(({ verdict }) => isUnsettled(verdict));
  return groupSimilar(open, ({ verdict, reason }) => [verdict, reason]).toSorted(
    ([one], [other]) => severityRank(one.verdict) - severityRank(other.verdict),
  );
}
