import { severity } from '../engine/results/verdict.ts';
import type { CaseResult, Counts, RequirementResult, Results, Verdict } from '../engine/results/results.ts';
import { grouped, type NonEmpty } from '../engine/results/grouped.ts';

/** There is no verdict on the promise although there should be one. */
export function isUnsettled(verdict: Verdict): boolean {
  return verdict === 'could-not-run' || verdict === 'indeterminate' || verdict === 'harness-error';
}

/** Whether a reader must see this case with everything that was recorded of it. */
export function needsReading(verdict: Verdict): boolean {
  return verdict !== 'passed' && verdict !== 'not-applicable';
}

/** The place among the verdicts, the worst first: sort by it. */
export function severityRank(verdict: Verdict): number {
  return severity.indexOf(verdict);
}

/** How many cases have each verdict that occurs, worst first. */
export function tally(cases: readonly CaseResult[]): Map<Verdict, number> {
  const count = (verdict: Verdict): number => cases.filter((each) => each.verdict === verdict).length;
  return new Map(severity.map((verdict) => [verdict, count(verdict)] as const).filter(([, number]) => number > 0));
}

/** The counts of several levels as one, without the verdicts that nothing has: passed first, then the worst. */
export function addCounts(counts: readonly Counts[]): Map<Verdict, number> {
  const order: Verdict[] = ['passed', ...severity.filter((verdict) => verdict !== 'passed')];
  const sum = (verdict: Verdict): number => counts.reduce((total, each) => total + each[verdict], 0);
  return new Map(order.map((verdict) => [verdict, sum(verdict)] as const).filter(([, number]) => number > 0));
}

/** The cases by suite, in the order of their first appearance. */
export function bySuite(cases: readonly CaseResult[]): Map<string, NonEmpty<CaseResult>> {
  return grouped(cases, (each) => each.suite);
}

/** Finds the row that a case cites; a damaged file may lack it. */
export function requirementFinder(results: Results): (each: CaseResult) => RequirementResult | undefined {
  const rows = new Map(results.requirements.map((row) => [row.id, row]));
  return (each) => rows.get(each.requirement);
}
