import type { LoggedCaseRecord, PlannedCaseRow, RuleFinding } from './results.ts';

type Planned = Pick<PlannedCaseRow, 'id' | 'requirement' | 'path' | 'scope'>;
type CaseRecordLike = Pick<LoggedCaseRecord, 'id' | 'outcome' | 'checked' | 'exchanges' | 'notifications'> & {
  observed?: LoggedCaseRecord['observed'];
  truncated?: boolean;
};

/**
 * The records of cases with what the whole run has shown of the promises that they put: a case that held does not when
 * the same promise was broken in any other answer, refusal or update.
 * @param planned the cases of the run, in their order
 * @returns the records, in their order; what no finding is about is as it was
 */
export function withFindings<T extends CaseRecordLike>(
  records: readonly T[],
  planned: readonly Planned[],
  findings: readonly RuleFinding[] = [],
): T[] {
  const byCase = new Map<string, RuleFinding>();
  for (const finding of findings) {
    const id = caseOf(finding, planned, records);
    if (id === undefined) continue;
    const other = byCase.get(id);
    if (other === undefined || isGraver(finding, other)) byCase.set(id, finding);
  }
  return records.map((record) => {
    const finding = byCase.get(record.id);
    return finding === undefined ? record : amended(record, finding);
  });
}

/** The case that tells of a finding: of a violation one that fails anyway, else the one that it belongs to. */
function caseOf(
  { requirement, path, slug, violated }: RuleFinding,
  planned: readonly Planned[],
  records: readonly CaseRecordLike[],
): string | undefined {
  const siblings = planned.filter(
    (each) => each.requirement === requirement && each.path === path && each.scope !== 'run',
  );
  const own =
    slug === undefined ? siblings[0] : siblings.find(({ id }) => id.split('/')[1]?.replace('@app', '') === slug);
  const isViolated = ({ id }: Planned) =>
    records.some((record) => record.id === id && record.outcome.kind === 'violated');
  if (own === undefined || violated === 0 || isViolated(own)) return own?.id;
  return siblings.find(isViolated)?.id ?? own.id;
}

function isGraver(one: RuleFinding, other: RuleFinding): boolean {
  return one.violated === other.violated ? one.count > other.count : one.violated > other.violated;
}

function amended<T extends CaseRecordLike>(record: T, finding: RuleFinding): T {
  const { outcome } = record;
  const { things, count, violated, situation, first, exchanges, notifications } = finding;
  const observed = { count, violated, ...(situation !== undefined && { situation }) };
  if (outcome.kind === 'harness-error') return record;
  // What does not apply to a target is not put to it.
  if (outcome.kind === 'not-applicable' && outcome.because !== 'condition') return record;
  if (violated === 0 || first === undefined) {
    if (outcome.kind === 'satisfied') return { ...record, observed };
    // Nothing else in the run was in the way; a refusal says nothing without its control.
    const hasControl = things !== 'refusals' && things !== 'mistaken mutes';
    const isMade = hasControl && (outcome.kind === 'could-not-run' || outcome.kind === 'not-applicable');
    return isMade ? { ...record, outcome: { kind: 'satisfied' }, observed } : record;
  }
  const where = whereOf(finding);
  if (outcome.kind === 'violated') {
    return { ...record, outcome: { ...outcome, actual: `${outcome.actual}${where}` }, observed };
  }
  return {
    ...record,
    outcome: { kind: 'violated', ...first, actual: `${first.actual}${where}` },
    checked: [],
    observed,
    exchanges,
    notifications,
  };
}

/** “, in 12 of 414 answers; all 12 were repeated mutes (12 of 38)”; nothing where all are alike. */
function whereOf({ count, violated, things, situation }: RuleFinding): string {
  if (violated === count) return '';
  return `, in ${violated} of ${count} ${things}${situation === undefined ? '' : `; ${situation}`}`;
}
