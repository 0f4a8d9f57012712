import type { CaseResult, RequirementResult, Results, Verdict } from '../../engine/results/results.ts';
import { grouped } from '../../engine/results/grouped.ts';
import { severityRank, bySuite, tally } from '../verdicts.ts';

/** A requirement with its cases, as one line of the matrix. */
export interface RequirementGroup {
  row: RequirementResult;
  cases: CaseResult[];
}

/** A suite with its requirements, the worst first. */
export interface SuiteGroup {
  name: string;
  /** The id of its section in the page. */
  anchor: string;
  cases: CaseResult[];
  requirements: RequirementGroup[];
}

const levelOrder = ['must', 'should', 'may'];

/** The suites of a run and their requirements, the worst first; what is equally bad keeps its order. */
export function suiteGroups(results: Results): SuiteGroup[] {
  const suites = [...bySuite(results.cases)].map(([name, cases], index) => ({
    name,
    anchor: `suite-${String(index + 1)}`,
    cases,
    requirements: requirementGroups(results, cases),
  }));
  return suites.toSorted((one, other) => severityOfAll(one.cases) - severityOfAll(other.cases));
}

/** The requirements that no case of this run cites: filtered out, or cited by no case at all. */
export function untouched(results: Results): RequirementResult[] {
  const cited = new Set(results.cases.map((each) => each.requirement));
  return results.requirements.filter((row) => !cited.has(row.id));
}

function requirementGroups({ requirements }: Results, cases: readonly CaseResult[]): RequirementGroup[] {
  const rows = new Map(requirements.map((row) => [row.id, row]));
  const groups = [...grouped(cases, (each) => each.requirement).values()].map((own) => ({
    row: rows.get(own[0].requirement) ?? unknownRow(own[0]),
    cases: own.toSorted((one, other) => severityRank(one.verdict) - severityRank(other.verdict)),
  }));
  return groups.toSorted(
    (one, other) =>
      severityOfAll(one.cases) - severityOfAll(other.cases) ||
      levelOrder.indexOf(one.row.level) - levelOrder.indexOf(other.row.level),
  );
}

function severityOfAll(cases: readonly CaseResult[]): number {
  const [worst] = tally(cases).keys();
  return severityRank(worst ?? 'not-applicable');
}

/** A damaged file may lack the row that a case cites; the case is shown all the same. */
function unknownRow(each: CaseResult): RequirementResult {
  const { requirement: id, level, verdict } = each;
  return { id, level, evidence: 'inferred', source: 'unknown', statement: each.title, verdict, cases: [each.id] };
}

/** The verdict of several cases on one path as the matrix shows it: the worst, and how many have it. */
export function worstOf(cases: readonly CaseResult[]): { verdict: Verdict; count: number } | undefined {
  const [worst] = tally(cases);
  return worst && { verdict: worst[0], count: worst[1] };
}
