import { describe, expect, it } from 'vitest';
import { plannedCase, runStory, sampleTargetRecord, satisfied, violated } from '../../dev/testing/sample-run.ts';
import { assembleResults } from './assemble.ts';
import { mergeShards } from './merge.ts';
import type { LoggedCaseRecord, Results, RuleFinding, RunHeader } from './results.ts';
import { resultsProblem } from './results-schema.ts';

const all = ['must.a/x', 'must.a/y', 'must.b/x', 'must.b/x@app', 'may.a/x'].map((id) => plannedCase(id));
const order = { cases: all.map(({ id }) => id), requirements: ['must.a', 'must.b', 'may.a'] };
const run = { id: 'r', startedAt: '2026-05-04T09:30:00.000Z', seed: 42, filters: {}, repeat: 1 };
const notServed: LoggedCaseRecord['outcome'] = { kind: 'not-applicable', because: 'capability', reason: 'no app' };

function broken(requirement: string, changes: Partial<RuleFinding> = {}): RuleFinding {
  return {
    requirement,
    path: '/communications',
    things: 'answers',
    count: 50,
    violated: 2,
    first: { expectation: 'a header', actual: 'none' },
    exchanges: [],
    notifications: [],
    ...changes,
  };
}

type Outcomes = Readonly<Record<string, LoggedCaseRecord['outcome']>>;

/** One shard of two with its own cases, and what it has seen of all promises. */
function shard(
  index: 1 | 2,
  outcomes: Outcomes,
  findings: readonly RuleFinding[] = [],
  changes: Partial<RunHeader> = {},
): Results {
  const header = {
    cases: Object.keys(outcomes).map((id) => plannedCase(id)),
    casesOfAllShards: all,
    run: { ...run, shard: `${index}/2` },
    ...changes,
  };
  return assembleResults(
    runStory(outcomes, { header, targetRecord: { ...sampleTargetRecord, findings: [...findings] } }),
  );
}

function told({ cases }: Pick<Results, 'cases'>): Record<string, string> {
  return Object.fromEntries(
    cases.map(({ id, verdict, actual, otherShard }) => [
      id,
      `${verdict}${actual === undefined ? '' : `: ${actual}`}${otherShard === true ? ' (other shard)' : ''}`,
    ]),
  );
}

const seen = 'failed: none, in 2 of 50 answers';

describe('what a shard has seen broken', () => {
  it.each<[string, Outcomes, RuleFinding[], Record<string, string>]>([
    [
      'fails the case of another shard',
      { 'must.b/x': satisfied },
      [broken('must.a')],
      { 'must.b/x': 'passed', 'must.a/x': `${seen} (other shard)` },
    ],
    ['fails its own case as in any run', { 'must.a/x': satisfied }, [broken('must.a')], { 'must.a/x': seen }],
    [
      'is told by the case that has it in a whole run',
      { 'must.a/y': satisfied },
      [broken('must.a')],
      { 'must.a/y': 'passed', 'must.a/x': `${seen} (other shard)` },
    ],
    [
      'is told by its own case where that fails anyway',
      { 'must.a/y': violated },
      [broken('must.a')],
      { 'must.a/y': 'failed: status 201, in 2 of 50 answers' },
    ],
    [
      'is nothing where all is well',
      { 'must.b/x': satisfied },
      [broken('must.a', { violated: 0 })],
      { 'must.b/x': 'passed' },
    ],
    [
      'is nothing on a path that the target does not serve',
      { 'must.a/x': satisfied, 'must.b/x@app': notServed },
      [broken('must.b', { path: '/app' })],
      { 'must.a/x': 'passed', 'must.b/x@app': 'not-applicable' },
    ],
  ])('%s', (_name, outcomes, findings, expected) => {
    const results = shard(1, outcomes, findings);
    expect(told(results)).toEqual(expected);
    expect(results.run.exitCode).toBe(Object.values(expected).some((words) => words.startsWith('failed')) ? 1 : 0);
    expect(resultsProblem('results', results)).toBeUndefined();
  });

  it('is nothing on a path of which the shard has no case, for nobody knows whether it is served', () => {
    const findings = [broken('must.b', { path: '/app' })];
    expect(told(shard(1, { 'must.a/x': satisfied }, findings))).toEqual({ 'must.a/x': 'passed' });
    const served = shard(1, { 'must.a/x@app': satisfied }, findings);
    expect(told(served)).toEqual({ 'must.a/x@app': 'passed', 'must.b/x@app': `${seen} (other shard)` });
  });

  it('can be a known issue', () => {
    const knownIssues = [{ match: 'must.a', kind: 'failing' as const, reason: 'r' }];
    const results = shard(1, { 'must.b/x': satisfied }, [broken('must.a')], { knownIssues });
    expect(told(results)['must.a/x']).toMatch(/^expected-failure/);
    expect(results.run.exitCode).toBe(0);
  });

  const cannotRun: LoggedCaseRecord['outcome'] = { kind: 'could-not-run', reason: 'no call' };
  const slip: LoggedCaseRecord['outcome'] = { kind: 'harness-error', reason: 'a slip' };

  it.each<[string, LoggedCaseRecord['outcome'], string]>([
    ['overrules that it passed', satisfied, seen],
    ['overrules that it could not run', cannotRun, seen],
    ['leaves a failure as it is', violated, 'failed: status 201'],
    ['leaves a fault of the suite as it is', slip, 'harness-error'],
    ['leaves what the target does not declare as it is', notServed, 'not-applicable'],
  ])('%s in the shard that has the case', (_name, own, expected) => {
    const first = shard(1, { 'must.a/x': own, 'must.a/y': satisfied });
    const second = shard(2, { 'must.b/x': satisfied, 'must.b/x@app': satisfied, 'may.a/x': satisfied }, [
      broken('must.a'),
    ]);
    for (const shards of [
      [first, second],
      [second, first],
    ]) {
      const merged = mergeShards(
        shards.map((results, index) => ({ file: `${index}`, results })),
        order,
      );
      expect(told(merged)).toEqual({
        'must.a/x': expected,
        'must.a/y': 'passed',
        'must.b/x': 'passed',
        'must.b/x@app': 'passed',
        'may.a/x': 'passed',
      });
      expect(merged.cases.map(({ id }) => id)).toEqual(order.cases);
    }
  });

  it('counts where the shard that has the case is missing, and the most of several', () => {
    const second = shard(2, { 'must.b/x': satisfied }, [broken('must.a')]);
    expect(told(mergeShards([{ file: 'b', results: second }], order))['must.a/x']).toBe(seen);
    const third = shard(1, { 'must.b/x@app': satisfied }, [broken('must.a', { violated: 7 })]);
    const both = [second, third].map((results, index) => ({ file: `${index}`, results }));
    expect(told(mergeShards(both, order))['must.a/x']).toBe('failed: none, in 7 of 50 answers');
  });
});
