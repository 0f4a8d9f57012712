/** What is worse than it was: one meaning for `run --baseline` and `compare --gate`. */
import { grouped } from './grouped.ts';
import type { CaseResult, Results } from './results.ts';

/**
 * How much a case speaks against its target. Nothing: it passed, or could not apply. More: it was left out by not
 * declaring a capability, or has no verdict; it did not hold, known or not.
 */
function weight({ verdict, notApplicable, knownIssue }: CaseResult): number {
  switch (verdict) {
    case 'failed':
    case 'warned':
      return 3;
    case 'expected-failure':
      return knownIssue?.kind === 'could-not-run' ? 2 : 3;
    case 'could-not-run':
    case 'indeterminate':
    case 'harness-error':
      return 2;
    case 'not-applicable':
      return notApplicable === 'capability' ? 1 : 0;
    default:
      return 0;
  }
}

/**
 * Whether what a case of a later run did is no worse than in an earlier one. A case that was not there is held against
 * all cases of its requirement that were.
 */
export function noWorseThan(before: Results): (now: CaseResult) => boolean {
  const weights = new Map(before.cases.map((each) => [each.id, weight(each)]));
  const byRequirement = new Map<string, number>();
  for (const each of before.cases) {
    byRequirement.set(each.requirement, Math.max(byRequirement.get(each.requirement) ?? 0, weight(each)));
  }
  return (now) => weight(now) <= (weights.get(now.id) ?? byRequirement.get(now.requirement) ?? 0);
}

/**
 * The must requirements in which the last run is worse: one of their cases weighs more than it did, is gone although
 * the suite is the same, or is new and weighs more than all cases that were there.
 */
export function worsened(first: Results, last: Results): string[] {
  const before = grouped(
    first.cases.filter(({ level }) => level === 'must'),
    (each) => each.requirement,
  );
  const after = grouped(
    last.cases.filter(({ level }) => level === 'must'),
    (each) => each.requirement,
  );
  const sameSuite = first.suite.version === last.suite.version;
  const heaviest = (cases: readonly CaseResult[]): number => Math.max(...cases.map(weight));
  return [...before].flatMap(([requirement, olds]) => {
    const nows = after.get(requirement) ?? [];
    const worse =
      (nows.length > 0 && heaviest(nows) > heaviest(olds)) ||
      olds.some((old) => {
        const now = nows.find(({ id }) => id === old.id);
        return now === undefined
          ? sameSuite && weight(old) < 2 && old.verdict !== 'not-applicable'
          : weight(now) > weight(old);
      });
    return worse ? [requirement] : [];
  });
}
