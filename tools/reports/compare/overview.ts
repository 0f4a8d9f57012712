import type { Results } from '../../engine/results/results.ts';
import { compareResults } from './compare.ts';
import { renderComparisonHtml } from './html.ts';
import { betterFirst } from './ranking.ts';

/** The results of a target, and the address of its report relative to the overview. */
export interface ReportedTarget {
  readonly results: Results;
  readonly report: string;
}

/** The page over several targets of one run: ranked, requirement by requirement, each cell linked to its report. */
export function renderOverview(targets: readonly ReportedTarget[]): string {
  const ranks = compareResults(targets.map(({ results }) => results)).runs;
  const ranked = targets
    .map((target, index) => ({ target, run: ranks[index] }))
    .toSorted(({ run: one }, { run: other }) => (one && other ? betterFirst(one, other) : 0))
    .map(({ target }) => target);
  return renderComparisonHtml(
    compareResults(ranked.map(({ results }) => results)),
    ranked.map(({ report }) => report),
  );
}
