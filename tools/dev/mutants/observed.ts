import type { Catalogue } from '../../engine/catalogue/catalogue.ts';
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { Fault, Variant } from '../../emulator/deviation.ts';
import type { CaseRecord, PlannedCase } from '../../engine/results/outcome.ts';
import type { Level, RuleFinding, Verdict } from '../../engine/results/results.ts';
import { withFindings } from '../../engine/results/findings.ts';
import { caseVerdict } from '../../engine/results/verdict.ts';

/** What the suite is run against: the emulator as it is, with one defect, or with one legal difference. */
export type Subject =
  | { readonly kind: 'reference'; readonly id: string }
  | { readonly kind: 'fault'; readonly id: string; readonly deviation: Fault }
  | { readonly kind: 'variant'; readonly id: string; readonly deviation: Variant };

export interface CaseVerdict {
  readonly id: string;
  readonly requirement: RequirementId;
  readonly level: Level;
  readonly verdict: Verdict;
  /** What was there instead of what was expected, or why the case said nothing. */
  readonly why?: string;
  /** Of all that the run saw of a promise, how much broke it, and what that has in common. */
  readonly observed?: CaseRecord['observed'];
}

/** What one run of the suite against one subject showed. */
export interface SubjectResult {
  readonly subject: Subject;
  readonly cases: readonly CaseVerdict[];
  /** From the first record of the target to its end, in milliseconds. */
  readonly durationMs: number;
  /** Whether this is the second look, with longer timeouts. */
  readonly secondLook: boolean;
}

/** The verdict on each planned case; a case of which no record came is a harness-error. */
export function caseVerdicts(
  planned: readonly PlannedCase[],
  records: readonly CaseRecord[],
  catalogue: Catalogue,
  findings: readonly RuleFinding[] = [],
): CaseVerdict[] {
  const told = new Map(withFindings(records, planned, findings).map((record) => [record.id, record]));
  return planned.map(({ id, requirement }) => {
    const { level } = catalogue.requirement(requirement);
    const record = told.get(id);
    const outcome = record?.outcome ?? { kind: 'harness-error' as const, reason: 'no record of this case came' };
    const why = outcome.kind === 'violated' ? outcome.actual : 'reason' in outcome ? outcome.reason : undefined;
    return {
      id,
      requirement,
      level,
      verdict: caseVerdict(outcome, level),
      ...(why !== undefined && { why }),
      ...(record?.observed !== undefined && { observed: record.observed }),
    };
  });
}

/** A case kills when it failed or, as a should does, warned. */
export function kills({ verdict }: Pick<CaseVerdict, 'verdict'>): boolean {
  return verdict === 'failed' || verdict === 'warned';
}

/** Whether a case left open what it should have judged. */
export function isUnjudged({ verdict }: Pick<CaseVerdict, 'verdict'>): boolean {
  return verdict === 'could-not-run' || verdict === 'indeterminate' || verdict === 'harness-error';
}
