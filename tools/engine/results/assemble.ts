import { withFindings } from './findings.ts';
import { foldRepetitions } from './fold-repetitions.ts';
import { grouped } from './grouped.ts';
import { applyKnownIssues, excusesEveryMust, staleEntries } from './known-issues.ts';
import { recordsOfOtherShards } from './other-shards.ts';
import type {
  CaseResult,
  LoggedCaseRecord,
  LoggedTargetRecord,
  PlannedCaseRow,
  RequirementResult,
  RequirementRow,
  Results,
  RunEnd,
  RunHeader,
} from './results.ts';
import { exitCodeOf, summarise, caseVerdict, worstVerdict } from './verdict.ts';

/** All that is known of a run on one target. */
export interface RunLog {
  readonly header: RunHeader;
  /** What came from the worker, in any order; at most one for each repetition of each planned case. */
  readonly records: readonly LoggedCaseRecord[];
  readonly targetRecord: LoggedTargetRecord | undefined;
  readonly end: RunEnd;
}

type Level = RequirementRow['level'];

function levelsOf({ requirements }: RunHeader): (planned: PlannedCaseRow) => Level {
  const levels = new Map(requirements.map(({ id, level }) => [id, level]));
  return ({ id, requirement }) => {
    const level = levels.get(requirement);
    if (level === undefined) throw new Error(`the case ${id} cites ${requirement}, of which the run knows nothing`);
    return level;
  };
}

/**
 * How a case ended. Of a target that is not there nobody knows what applies to it; and a case of which no record came
 * is put down to what kept it from running, for nothing in a run may vanish.
 */
function outcomeOf(record: LoggedCaseRecord | undefined, { targetRecord, end }: RunLog): LoggedCaseRecord['outcome'] {
  const { unreachable } = targetRecord ?? {};
  if (unreachable !== undefined && record?.outcome.kind === 'not-applicable') {
    const { request, problem, advice } = unreachable;
    return { kind: 'could-not-run', reason: `${request}: ${problem}. ${advice}` };
  }
  if (record !== undefined) return record.outcome;
  return end.missing ?? { kind: 'harness-error', reason: 'no record of this case came from the worker' };
}

function caseResult(
  planned: PlannedCaseRow,
  level: Level,
  outcome: LoggedCaseRecord['outcome'],
  record: LoggedCaseRecord | undefined,
  isScored: boolean,
): CaseResult {
  return {
    ...planned,
    level,
    verdict: caseVerdict(outcome, level),
    ...(outcome.kind === 'violated' && { expectation: outcome.expectation, actual: outcome.actual }),
    ...(outcome.kind === 'violated' && outcome.hint !== undefined && { hint: outcome.hint }),
    ...(outcome.kind === 'violated' && outcome.promise !== undefined && { promise: outcome.promise }),
    ...(outcome.kind === 'violated' &&
      level === 'may' && { notApplicable: 'condition' as const, reason: 'optional; this target does not do it' }),
    ...(outcome.kind === 'satisfied' && outcome.observed !== undefined && { actual: outcome.observed }),
    ...('reason' in outcome && { reason: outcome.reason }),
    ...(outcome.kind === 'not-applicable' && { notApplicable: outcome.because }),
    ...(outcome.kind === 'not-applicable' && outcome.needs !== undefined && { needs: outcome.needs }),
    ...(record !== undefined && record.checked.length > 0 && { checked: record.checked }),
    durationMs: record?.durationMs ?? 0,
    ...(!isScored && { scored: false }),
    ...(record?.firstAttempt && { firstAttempt: record.firstAttempt }),
    ...(record?.observed && { observed: record.observed }),
    exchanges: record?.exchanges ?? [],
    notifications: record?.notifications ?? [],
    ...(record?.truncated && { truncated: true }),
    ...(outcome.kind === 'satisfied' && record?.omitted && { omitted: record.omitted }),
  };
}

/**
 * The cases as results.json has them, before known issues: every planned case, whether a record of it came or not. A
 * shard also has those of other shards whose promises it saw broken.
 */
export function judgeCases(story: RunLog): CaseResult[] {
  const { header, targetRecord } = story;
  const { cases, casesOfAllShards = cases } = header;
  const own = new Set(cases.map(({ id }) => id));
  const others = casesOfAllShards.filter(({ id }) => !own.has(id));
  const records = withFindings(
    [...story.records, ...recordsOfOtherShards(others, story)],
    casesOfAllShards,
    targetRecord?.findings,
  );
  const levelOf = levelsOf(header);
  const unscored = new Set(header.unscored);
  const byCase = grouped(
    records.toSorted((one, other) => one.repetition - other.repetition),
    ({ id }) => id,
  );
  const resultOf = (planned: PlannedCaseRow, record: LoggedCaseRecord | undefined) =>
    caseResult(planned, levelOf(planned), outcomeOf(record, story), record, !unscored.has(planned.id));
  return [
    ...cases.map((planned) => {
      const repetitions = (byCase.get(planned.id) ?? [undefined]).map((record) => resultOf(planned, record));
      return foldRepetitions(repetitions, planned.scope === 'run' ? 1 : header.run.repeat);
    }),
    ...others.flatMap((planned) => {
      const [record] = byCase.get(planned.id) ?? [];
      return record?.outcome.kind === 'violated' ? { ...resultOf(planned, record), otherShard: true as const } : [];
    }),
  ];
}

/** The requirements that the run put to the target, each with the worst verdict of its cases. */
export function requirementResults(cases: readonly CaseResult[], rows: readonly RequirementRow[]): RequirementResult[] {
  const byRequirement = grouped(cases, ({ requirement }) => requirement);
  return rows.flatMap(({ id, level, evidence, source, url, statement, advice, capability }) => {
    const own = byRequirement.get(id);
    if (own === undefined) return [];
    return {
      id,
      level,
      evidence,
      source,
      ...(url !== undefined && { url }),
      statement,
      ...(advice !== undefined && { advice }),
      ...(capability !== undefined && { capability }),
      verdict: worstVerdict(own.map(({ verdict }) => verdict)),
      cases: own.map(({ id }) => id),
    };
  });
}

/** Whether every repetition of every planned case has left a record. */
function isComplete({ header, records, end }: RunLog): boolean {
  if (end.interrupted || end.missing !== undefined) return false;
  const seen = new Map<string, number>();
  for (const { id } of records) seen.set(id, (seen.get(id) ?? 0) + 1);
  return header.cases.every(({ id, scope }) => (seen.get(id) ?? 0) >= (scope === 'run' ? 1 : header.run.repeat));
}

/** What is flaky, in words for the notes of a run. */
function flakyNotes(cases: readonly CaseResult[]): string[] {
  return cases.flatMap(({ id, repeats }) => {
    if (repeats?.flaky !== true) return [];
    const verdicts = Object.entries(repeats.verdicts).map(
      ([verdict, count]) => `${count} of ${repeats.runs} ${verdict}`,
    );
    return [`${id} is flaky: ${verdicts.join(', ')}`];
  });
}

function baselineNotes({ asBefore, startedAt }: NonNullable<RunEnd['baseline']>): string[] {
  if (asBefore.length === 0) return [];
  const cases = asBefore.length === 1 ? '1 case does' : `${asBefore.length} cases do`;
  return [`${cases} not hold, as in the baseline, the run of ${startedAt}`];
}

/** results.json of one run on one target, as a pure function of what is known of it. */
export function assembleResults(story: RunLog): Results {
  const { header, targetRecord, end } = story;
  const { knownIssues = header.knownIssues, baseline } = end;
  const cases = applyKnownIssues(judgeCases(story), knownIssues);
  const complete = isComplete(story);
  const { repeat, ...run } = header.run;
  const partial = !complete || Object.keys(run.filters).length > 0 || run.shard !== undefined;
  const { exitCode, reasons } = exitCodeOf({
    cases,
    strict: header.strict,
    unreachable: targetRecord?.unreachable !== undefined,
    complete,
    interrupted: end.interrupted,
    brokenRatchets: end.brokenRatchets ?? [],
    ...(baseline && { asBefore: cases.filter(({ id }) => baseline.asBefore.includes(id)) }),
    refusals: [
      ...(end.refusals ?? []),
      // Of a shard only `merge` can say that, which sees the whole.
      ...(header.run.shard === undefined && excusesEveryMust(cases, knownIssues)
        ? ['the known issues excuse every must of the run, so nothing is left to judge']
        : []),
    ],
  });
  const stale = staleEntries(cases, knownIssues);
  // Where unexpected passes are why the run fails, what to delete belongs to the reason.
  const exitReasons = exitCode === 1 ? [...reasons, ...stale] : reasons;
  const notes = [
    ...(targetRecord?.notes ?? []),
    ...flakyNotes(cases),
    ...(baseline === undefined ? [] : baselineNotes(baseline)),
    ...(exitCode === 1 ? [] : stale),
    ...(end.brokenRatchets ?? []),
    ...(end.refusals ?? []),
  ];
  return {
    schemaVersion: 1,
    suite: header.suite,
    target: header.target,
    run: {
      ...run,
      ...(repeat > 1 && { repeat }),
      durationMs: end.durationMs,
      complete,
      partial,
      strict: header.strict,
      exitCode,
      ...(exitReasons.length > 0 && { exitReasons }),
      ...(targetRecord?.unreachable && { unreachable: targetRecord.unreachable }),
      ...(baseline && { baseline }),
      ...(targetRecord && { traffic: targetRecord.traffic }),
      ...(notes.length > 0 && { notes }),
    },
    summary: summarise(cases, { partial }),
    cases,
    requirements: requirementResults(cases, header.requirements),
  };
}
