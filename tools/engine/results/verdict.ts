/** The rules of design, section 5, as pure functions: outcome → verdict, verdicts → verdict of the run, exit code. */
import type { Outcome } from './outcome.ts';
import type { CaseResult, Counts, Level, Summary, Verdict } from './results.ts';

export const verdicts: readonly Verdict[] = [
  'passed',
  'failed',
  'warned',
  'not-applicable',
  'could-not-run',
  'indeterminate',
  'harness-error',
  'expected-failure',
  'unexpected-pass',
];

/** Verdicts that leave a promise unjudged although it should have been: the run is incomplete. */
const unjudged: ReadonlySet<Verdict> = new Set(['could-not-run', 'indeterminate', 'harness-error']);

/** Whether a verdict says nothing of the promise although it should. */
export function isUnjudged(verdict: Verdict): boolean {
  return unjudged.has(verdict);
}

/** The verdict on a case, before known issues: a broken should warns, and a may that is not so is merely noted. */
export function caseVerdict(outcome: Outcome, level: Level): Verdict {
  switch (outcome.kind) {
    case 'satisfied':
      return 'passed';
    case 'violated':
      if (level === 'must') return 'failed';
      return level === 'should' ? 'warned' : 'not-applicable';
    default:
      return outcome.kind;
  }
}

/** Worst first: the order in which a requirement takes its verdict from its cases, and reports list them. */
export const severity: readonly Verdict[] = [
  'failed',
  'unexpected-pass',
  'harness-error',
  'indeterminate',
  'could-not-run',
  'expected-failure',
  'warned',
  'passed',
  'not-applicable',
];

/** The verdict on a requirement: the worst of its cases; not-applicable when none applied or there is none. */
export function worstVerdict(caseVerdicts: readonly Verdict[]): Verdict {
  return severity.find((verdict) => caseVerdicts.includes(verdict)) ?? 'not-applicable';
}

type Judged = Pick<CaseResult, 'level' | 'verdict' | 'notApplicable' | 'scored' | 'knownIssue'>;

/** How many cases of a level got each verdict. */
function count(cases: readonly Judged[], level: Level): Counts {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Counts;
  for (const judged of cases) if (judged.level === level) counts[judged.verdict] += 1;
  return counts;
}

/**
 * Whether a must case belongs to "all must cases": what the version does not have and conditions that did not arise
 * are left out; what a target merely does not declare stays in, and shows as missing coverage.
 */
function isCounted(judged: Judged): boolean {
  if (judged.level !== 'must' || judged.scored === false) return false;
  return judged.verdict !== 'not-applicable' || judged.notApplicable === 'capability';
}

/** Expected failures count as failed, but an expected could-not-run was never judged. */
function isFailed({ verdict, knownIssue }: Judged): boolean {
  return verdict === 'failed' || (verdict === 'expected-failure' && knownIssue?.kind !== 'could-not-run');
}

/** The two figures, the counts and the verdict of the run. A partial run is never conformant. */
export function summarise(cases: readonly Judged[], run: { partial: boolean }): Summary {
  const musts = cases.filter(isCounted);
  const failed = musts.filter(isFailed).length;
  const passed = musts.filter(({ verdict }) => verdict === 'passed' || verdict === 'unexpected-pass').length;
  const scored = cases.filter(({ scored }) => scored !== false);
  const open = scored.some(
    ({ level, verdict, knownIssue }) =>
      level !== 'may' &&
      (unjudged.has(verdict) || (verdict === 'expected-failure' && knownIssue?.kind === 'could-not-run')),
  );
  return {
    verdict: failed > 0 ? 'non-conformant' : open || run.partial || passed === 0 ? 'incomplete' : 'conformant',
    divergence: musts.length === 0 ? 0 : failed / musts.length,
    coverage: musts.length === 0 ? 0 : (passed + failed) / musts.length,
    must: count(scored, 'must'),
    should: count(scored, 'should'),
    may: count(scored, 'may'),
  };
}

export interface ExitConditions {
  readonly cases: readonly Judged[];
  readonly strict: boolean;
  /** True when the target could not be reached or provisioned at all. */
  readonly unreachable: boolean;
  /** False when the run was interrupted. */
  readonly complete: boolean;
  readonly interrupted: boolean;
  /** The ratchet rules that the run breaks, in words. */
  readonly brokenRatchets: readonly string[];
  /** What is wrong with the files that the run was compared with, in words. */
  readonly refusals: readonly string[];
  /** Of the cases those that are no worse than in the run that this one is compared with: they fail nothing. */
  readonly asBefore?: readonly Judged[];
}

/** The exit code of a run on one target and why, as the table of design, section 5, has it. */
export function exitCodeOf(conditions: ExitConditions): { exitCode: number; reasons: string[] } {
  if (conditions.interrupted) return { exitCode: 130, reasons: ['the run was interrupted'] };
  if (conditions.refusals.length > 0) return { exitCode: 2, reasons: [...conditions.refusals] };
  if (conditions.unreachable) return { exitCode: 4, reasons: ['the target cannot be reached or provisioned'] };
  const scored = conditions.cases.filter(({ scored }) => scored !== false);
  const { asBefore } = conditions;
  const counting = asBefore === undefined ? scored : scored.filter((judged) => !asBefore.includes(judged));
  const having = (level: Level, verdict: Verdict) =>
    counting.filter((judged) => judged.level === level && judged.verdict === verdict).length;
  const reasons: string[] = [];
  const reason = (amount: number, text: string) => {
    if (amount > 0) reasons.push(`${amount} ${amount === 1 ? 'case' : 'cases'} ${text}`);
  };
  const since = asBefore === undefined ? '' : ', worse than in the baseline';
  reason(having('must', 'failed'), `of level must failed${since}`);
  if (conditions.strict) reason(having('should', 'warned'), `of level should did not hold (--strict)${since}`);
  reason(
    having('must', 'unexpected-pass') + having('should', 'unexpected-pass'),
    'passed although listed as a known issue',
  );
  reasons.push(...conditions.brokenRatchets);
  if (reasons.length > 0) return { exitCode: 1, reasons };
  for (const verdict of unjudged) {
    reason(having('must', verdict) + having('should', verdict), `of level must or should ended ${verdict}`);
  }
  const judged = scored.some(
    ({ level, verdict }) => level !== 'may' && !unjudged.has(verdict) && verdict !== 'not-applicable',
  );
  if (!judged) reasons.push('nothing of level must or should was judged');
  if (!conditions.complete) reasons.push('the run is not complete');
  return reasons.length > 0 ? { exitCode: 3, reasons } : { exitCode: 0, reasons: [] };
}

const precedence = [130, 2, 4, 1, 3, 0];

/** The exit code of a run on several targets: the first that holds in the order 2, 4, 1, 3, 0. */
export function worstExitCode(exitCodes: readonly number[]): number {
  return precedence.find((code) => exitCodes.includes(code)) ?? 3;
}

/** Whether a case is put to the target again by `--rerun`: it was judged, or should have been, and did not pass. */
export function isToRerun({ verdict }: Pick<CaseResult, 'verdict'>): boolean {
  return verdict !== 'passed' && verdict !== 'not-applicable';
}
