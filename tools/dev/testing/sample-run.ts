/** Runs that never took place, before anything is made of them: for the tests of what makes results. */
import type { RunLog } from '../../engine/results/assemble.ts';
import type {
  CaseResult,
  Level,
  LoggedCaseRecord,
  LoggedTargetRecord,
  PlannedCaseRow,
  RequirementRow,
  RunHeader,
} from '../../engine/results/results.ts';

export const satisfied: LoggedCaseRecord['outcome'] = { kind: 'satisfied' };
export const violated: LoggedCaseRecord['outcome'] = {
  kind: 'violated',
  expectation: 'status 200',
  actual: 'status 201',
};

/** Requirements of the sample: the first part of a case's id says its level. */
export const sampleRows: readonly RequirementRow[] = (['must', 'should', 'may'] as const).flatMap((level: Level) =>
  ['a', 'b'].map((name) => ({
    id: `${level}.${name}`,
    level,
    evidence: 'documented' as const,
    source: 'a page',
    statement: `It is so that ${level} ${name}.`,
  })),
);

export function plannedCase(id: string, changes: Partial<PlannedCaseRow> = {}): PlannedCaseRow {
  const [requirement = id] = id.split('/');
  return {
    id,
    requirement,
    suite: requirement.split('.')[0] ?? '',
    title: `does ${requirement}`,
    path: id.endsWith('@app') ? '/app' : '/communications',
    ...changes,
  };
}

export function caseRecord(
  id: string,
  outcome: LoggedCaseRecord['outcome'],
  changes: Partial<LoggedCaseRecord> = {},
): LoggedCaseRecord {
  return {
    target: 'sample',
    id,
    repetition: 0,
    outcome,
    checked: [],
    durationMs: 4,
    exchanges: [],
    notifications: [],
    ...changes,
  };
}

export const sampleTargetRecord: LoggedTargetRecord = {
  target: 'sample',
  traffic: {
    requests: 9,
    unanswered: 0,
    throttled: 0,
    throttleWaitMs: 0,
    notifications: 3,
    strangers: 0,
    callsCreated: 3,
    callsLeaked: 0,
  },
  notes: [],
};

export function runHeader(ids: readonly string[], changes: Partial<RunHeader> = {}): RunHeader {
  return {
    event: 'run',
    schemaVersion: 1,
    suite: { name: 'call-mute-conformance', version: '0.1.0', requirementSet: 'call-mute/2024-04' },
    target: { name: 'sample', baseUrl: 'http://127.0.0.1:8080/beta', apiVersion: 'beta', capabilities: { app: true } },
    run: { id: 'r-1', startedAt: '2026-05-04T09:30:00.000Z', seed: 42, filters: {}, repeat: 1 },
    strict: false,
    cases: ids.map((id) => plannedCase(id)),
    requirements: [...sampleRows],
    knownIssues: [],
    ...changes,
  };
}

/** A run in which each case ended with the outcome that is given for it. */
export function runStory(
  outcomes: Readonly<Record<string, LoggedCaseRecord['outcome']>>,
  changes: { header?: Partial<RunHeader> } & Partial<Omit<RunLog, 'header'>> = {},
): RunLog {
  const { header, ...rest } = changes;
  return {
    header: runHeader(Object.keys(outcomes), header),
    records: Object.entries(outcomes).map(([id, outcome]) => caseRecord(id, outcome)),
    targetRecord: sampleTargetRecord,
    end: { durationMs: 100, interrupted: false },
    ...rest,
  };
}

/** The verdicts by case id. */
export function verdictsOf(cases: readonly CaseResult[]): Record<string, string> {
  return Object.fromEntries(cases.map(({ id, verdict }) => [id, verdict]));
}
