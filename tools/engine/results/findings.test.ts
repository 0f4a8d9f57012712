import { describe, expect, it } from 'vitest';
import {
  violated,
  caseRecord,
  satisfied,
  plannedCase,
  runStory,
  sampleTargetRecord,
} from '../../dev/testing/sample-run.ts';
import { muteExchange } from '../../dev/testing/sample-exchanges.ts';
import { assembleResults } from './assemble.ts';
import { withFindings } from './findings.ts';
import type { LoggedCaseRecord, RuleFinding } from './results.ts';
import { resultsProblem } from './results-schema.ts';

const first = { expectation: 'status 200', actual: 'it was 201', hint: 'Look there.' };
const exchanges = [muteExchange()];

function finding(
  changes: Omit<Partial<RuleFinding>, 'situation'> & { situation?: string | undefined } = {},
): RuleFinding {
  const { situation = 'all 12 were repeated mutes (12 of 38)', ...others } = changes;
  return {
    requirement: 'must.a',
    path: '/communications',
    things: 'answers',
    count: 414,
    violated: 12,
    first,
    exchanges,
    notifications: [],
    ...('situation' in changes && changes.situation === undefined ? {} : { situation }),
    ...others,
  };
}

const kept = finding({ violated: 0 });
const planned = ['must.a/x', 'must.a/y', 'must.a/x@app', 'must.b/x'].map((id) => plannedCase(id));

type Outcomes = Readonly<Record<string, LoggedCaseRecord['outcome']>>;

/** The kinds of outcomes, and what stands instead where something is broken. */
function amended(outcomes: Outcomes, ...findings: RuleFinding[]): Record<string, string> {
  const records = Object.entries(outcomes).map(([id, outcome]) => caseRecord(id, outcome));
  return Object.fromEntries(
    withFindings(records, planned, findings).map(({ id, outcome, observed }) => [
      id,
      `${outcome.kind === 'violated' ? outcome.actual : outcome.kind}${observed ? ` ${observed.violated}/${observed.count}` : ''}`,
    ]),
  );
}

const found = 'it was 201, in 12 of 414 answers; all 12 were repeated mutes (12 of 38) 12/414';

describe('what the whole run has shown', () => {
  it.each<[string, Outcomes, RuleFinding[], Record<string, string>]>([
    ['nothing', { 'must.a/x': satisfied }, [], { 'must.a/x': 'satisfied' }],
    ['that all is well', { 'must.a/x': satisfied }, [kept], { 'must.a/x': 'satisfied 0/414' }],
    ['a violation elsewhere', { 'must.a/x': satisfied }, [finding()], { 'must.a/x': found }],
    [
      'a violation of all kinds',
      { 'must.a/x': satisfied },
      [finding({ situation: undefined })],
      { 'must.a/x': 'it was 201, in 12 of 414 answers 12/414' },
    ],
    [
      'that nothing keeps it',
      { 'must.a/x': violated },
      [finding({ violated: 414 })],
      { 'must.a/x': 'status 201 414/414' },
    ],
    [
      'that a failure is not alone',
      { 'must.a/x': violated },
      [finding()],
      { 'must.a/x': 'status 201, in 12 of 414 answers; all 12 were repeated mutes (12 of 38) 12/414' },
    ],
    [
      'that of a sibling which fails',
      { 'must.a/x': satisfied, 'must.a/y': violated },
      [finding({ situation: undefined })],
      { 'must.a/x': 'satisfied', 'must.a/y': 'status 201, in 12 of 414 answers 12/414' },
    ],
    [
      'of the other path',
      { 'must.a/x': satisfied, 'must.a/x@app': satisfied },
      [finding({ path: '/app' })],
      { 'must.a/x': 'satisfied', 'must.a/x@app': found },
    ],
    [
      'of one case',
      { 'must.a/x': satisfied, 'must.a/y': satisfied },
      [finding({ slug: 'y' })],
      { 'must.a/x': 'satisfied', 'must.a/y': found },
    ],
    [
      'of one case on the other path',
      { 'must.a/x@app': satisfied },
      [finding({ slug: 'x', path: '/app' })],
      { 'must.a/x@app': found },
    ],
    ['of a case that is not planned', { 'must.a/x': satisfied }, [finding({ slug: 'z' })], { 'must.a/x': 'satisfied' }],
    ['of another promise', { 'must.b/x': satisfied }, [finding()], { 'must.b/x': 'satisfied' }],
    [
      'twice',
      { 'must.a/x': satisfied },
      [kept, finding(), finding({ violated: 3, first: { expectation: 'a', actual: 'b' } })],
      { 'must.a/x': found },
    ],
    [
      'twice that all is well',
      { 'must.a/x': satisfied },
      [finding({ violated: 0, count: 4 }), kept],
      { 'must.a/x': 'satisfied 0/414' },
    ],
    [
      'a violation of what could not run',
      { 'must.a/x': { kind: 'could-not-run', reason: 'no Location' } },
      [finding()],
      { 'must.a/x': found },
    ],
    [
      'that all is well of what could not run',
      { 'must.a/x': { kind: 'could-not-run', reason: 'no Location' } },
      [kept],
      { 'must.a/x': 'satisfied 0/414' },
    ],
    [
      'that all is well of a refusal whose control failed',
      { 'must.a/x': { kind: 'could-not-run', reason: 'the control failed' } },
      [finding({ violated: 0, things: 'refusals' })],
      { 'must.a/x': 'could-not-run' },
    ],
    [
      'that all is well of a mistake whose control failed',
      { 'must.a/x': { kind: 'could-not-run', reason: 'the control failed' } },
      [finding({ violated: 0, things: 'mistaken mutes' })],
      { 'must.a/x': 'could-not-run' },
    ],
    [
      'a violation of what did not arise',
      { 'must.a/x': { kind: 'not-applicable', because: 'condition', reason: 'no resultInfo' } },
      [finding()],
      { 'must.a/x': found },
    ],
    [
      'a violation of what the target does not declare',
      { 'must.a/x': { kind: 'not-applicable', because: 'capability', reason: 'no app' } },
      [finding()],
      { 'must.a/x': 'not-applicable' },
    ],
    [
      'a violation where the suite is at fault',
      { 'must.a/x': { kind: 'harness-error', reason: 'a slip' } },
      [finding()],
      { 'must.a/x': 'harness-error' },
    ],
  ])('%s', (_name, outcomes, findings, expected) => {
    expect(amended(outcomes, ...findings)).toEqual(expected);
  });

  it('is told of every repetition', () => {
    const records = [0, 1].map((repetition) => caseRecord('must.a/x', satisfied, { repetition }));
    expect(withFindings(records, planned, [finding()]).map(({ outcome }) => outcome.kind)).toEqual([
      'violated',
      'violated',
    ]);
  });

  it('shows the violations in place of what held', () => {
    const record = caseRecord('must.a/x', satisfied, { checked: ['status 200'] });
    expect(withFindings([record], planned, [finding()])).toMatchObject([{ checked: [], exchanges }]);
    expect(withFindings([caseRecord('must.a/x', violated)], planned, [finding()])).toMatchObject([{ exchanges: [] }]);
  });

  it('makes the verdict of the run', () => {
    const story = runStory({ 'must.a/x': satisfied });
    const targetRecord = { ...sampleTargetRecord, findings: [finding()] };
    const results = assembleResults({ ...story, targetRecord });
    expect(results.summary.verdict).toBe('non-conformant');
    expect(results.cases[0]).toMatchObject({
      verdict: 'failed',
      hint: 'Look there.',
      observed: { count: 414, violated: 12, situation: 'all 12 were repeated mutes (12 of 38)' },
      exchanges,
    });
    expect(resultsProblem('results', results)).toBeUndefined();
    expect(resultsProblem('targetEvent', { event: 'target', record: targetRecord })).toBeUndefined();
  });
});
