import type { Catalogue } from '../contract/catalogue.ts';
import type { CaseRecord, PlannedCase, TargetRecord } from './outcome.ts';
import type { CaseResult, RequirementResult, Results } from './results.ts';
import { exitCodeOf, summarise, verdictOf, worstVerdict } from './verdict.ts';

/** What is known of a run on one target when its last case has ended. */
export interface RunFacts {
  readonly suiteVersion: string;
  readonly target: Results['target'];
  readonly run: Pick<Results['run'], 'id' | 'startedAt' | 'durationMs' | 'seed' | 'filters' | 'shard'>;
  readonly strict: boolean;
  readonly interrupted: boolean;
  /** What a case without a record is put down to, e.g. that the run was interrupted. */
  readonly missing: string;
  /** Requirements of a newer set than the chosen one: their cases are run and not scored. */
  readonly unscored?: ReadonlySet<string>;
}

/** The case as results.json has it; a case of which no record came is could-not-run, or a harness-error at the end of a whole run. */
function caseResult(
  planned: PlannedCase,
  record: CaseRecord | undefined,
  catalogue: Catalogue,
  facts: RunFacts,
): CaseResult {
  const { level, advice } = catalogue.requirement(planned.requirement);
  const outcome = record?.outcome ?? {
    kind: facts.interrupted ? ('could-not-run' as const) : ('harness-error' as const),
    reason: facts.missing,
  };
  return {
    ...planned,
    level,
    verdict: verdictOf(outcome, level),
    ...(outcome.kind === 'broken' && {
      expectation: outcome.expectation,
      actual: outcome.actual,
      hint: outcome.hint ?? advice,
    }),
    ...(outcome.kind === 'broken' &&
      level === 'may' && { notApplicable: 'condition' as const, reason: 'permitted, and not so on this target' }),
    ...(outcome.kind === 'held' && outcome.observed !== undefined && { actual: outcome.observed }),
    ...('reason' in outcome && { reason: outcome.reason }),
    ...(outcome.kind === 'not-applicable' && { notApplicable: outcome.because }),
    ...(record !== undefined && record.checked.length > 0 && { checked: record.checked }),
    durationMs: record?.durationMs ?? 0,
    ...(facts.unscored?.has(planned.requirement) && { scored: false }),
    ...(record?.firstAttempt && { firstAttempt: record.firstAttempt }),
    exchanges: record?.exchanges ?? [],
    notifications: record?.notifications ?? [],
    ...(record?.truncated && { truncated: true }),
  };
}

/** The requirements that the run put to the target, each with the worst verdict of its cases. */
function requirementResults(cases: readonly CaseResult[], catalogue: Catalogue): RequirementResult[] {
  return catalogue.requirements.flatMap(({ id, level, evidence, source, url, statement, capability }) => {
    const own = cases.filter(({ requirement }) => requirement === id);
    if (own.length === 0) return [];
    return {
      id,
      level,
      evidence,
      source,
      ...(url !== undefined && { url }),
      statement,
      ...(capability !== undefined && { capability }),
      verdict: worstVerdict(own.map(({ verdict }) => verdict)),
      cases: own.map(({ id }) => id),
    };
  });
}

/**
 * results.json of one target, before known issues: every planned case is in it, whether a record of it came or not.
 * @param records at most one for each planned case; those of repetitions are folded before
 */
export function assembleResults(
  planned: readonly PlannedCase[],
  records: readonly CaseRecord[],
  targetRecord: TargetRecord | undefined,
  catalogue: Catalogue,
  facts: RunFacts,
): Results {
  const byId = new Map(records.map((record) => [record.id, record]));
  const cases = planned.map((one) => caseResult(one, byId.get(one.id), catalogue, facts));
  const complete = !facts.interrupted && planned.every(({ id }) => byId.has(id));
  const partial = !complete || Object.keys(facts.run.filters).length > 0 || facts.run.shard !== undefined;
  const { exitCode, reasons } = exitCodeOf({
    cases,
    strict: facts.strict,
    unreachable: targetRecord?.unreachable !== undefined,
    complete,
    interrupted: facts.interrupted,
    brokenRatchets: [],
  });
  return {
    schemaVersion: 1,
    suite: { name: 'call-mute-conformance', version: facts.suiteVersion, requirementSet: catalogue.requirementSet },
    target: facts.target,
    run: {
      ...facts.run,
      complete,
      partial,
      strict: facts.strict,
      exitCode,
      ...(reasons.length > 0 && { exitReasons: reasons }),
      ...(targetRecord?.unreachable && { unreachable: targetRecord.unreachable }),
      ...(targetRecord && { traffic: targetRecord.traffic, notes: targetRecord.notes }),
    },
    summary: summarise(cases, { partial }),
    cases,
    requirements: requirementResults(cases, catalogue),
  };
}
