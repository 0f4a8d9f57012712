import { withoutIncidentals } from '../engine/results/incidentals.ts';
import type { CaseResult } from '../engine/results/results.ts';
import { grouped, type NonEmpty } from '../engine/results/grouped.ts';

/**
 * Puts together the cases whose key is the same but for ids, times, shares and the path they were put on: what goes wrong in
 * one way on both paths is one thing to mend.
 */
export function groupSimilar(
  cases: readonly CaseResult[],
  key: (each: CaseResult) => readonly (string | undefined)[],
): NonEmpty<CaseResult>[] {
  const normalised = (each: CaseResult): string =>
    JSON.stringify(key(each).map((part) => (part === undefined ? null : withoutIncidentals(part))));
  return [...grouped(cases, normalised).values()];
}
