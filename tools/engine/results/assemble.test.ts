import { describe, expect, it } from 'vitest';
import {
  violated,
  caseRecord,
  satisfied,
  plannedCase,
  runStory,
  sampleTargetRecord,
  verdictsOf,
} from '../../dev/testing/sample-run.ts';
import { assembleResults } from './assemble.ts';
import { resultsProblem } from './results-schema.ts';

describe('results of a run', () => {
  it('have every case, and what it said', () => {
    const results = assembleResults(
      runStory({
        'must.a/x': satisfied,
        'must.a/y': violated,
        'should.a/x': violated,
        'may.a/x': violated,
        'may.b/x': { kind: 'satisfied', observed: 'answered 404' },
        'must.b/x': { kind: 'not-applicable', because: 'capability', reason: 'not declared' },
      }),
    );
    expect(verdictsOf(results.cases)).toEqual({
      'must.a/x': 'passed',
      'must.a/y': 'failed',
      'should.a/x': 'warned',
      'may.a/x': 'not-applicable',
      'may.b/x': 'passed',
      'must.b/x': 'not-applicable',
    });
    expect(results.cases.find(({ id }) => id === 'must.a/y')).toMatchObject({
      expectation: 'status 200',
      actual: 'status 201',
    });
    expect(results.cases.find(({ id }) => id === 'may.b/x')).toMatchObject({ actual: 'answered 404' });
    expect(results.cases.find(({ id }) => id === 'must.b/x')).toMatchObject({
      notApplicable: 'capability',
      reason: 'not declared',
    });
    expect(results.requirements.map(({ id, verdict, cases }) => [id, verdict, cases])).toEqual([
      ['must.a', 'failed', ['must.a/x', 'must.a/y']],
      ['must.b', 'not-applicable', ['must.b/x']],
      ['should.a', 'warned', ['should.a/x']],
      ['may.a', 'not-applicable', ['may.a/x']],
      ['may.b', 'passed', ['may.b/x']],
    ]);
    expect(results.run).toMatchObject({ complete: true, partial: false, exitCode: 1 });
    expect(resultsProblem('results', results)).toBeUndefined();
  });

  it('put a case without a record down to the suite, unless something else is known', () => {
    const story = runStory({ 'must.a/x': satisfied, 'must.a/y': satisfied });
    const records = story.records.slice(0, 1);
    const lost = assembleResults({ ...story, records });
    expect(verdictsOf(lost.cases)).toEqual({ 'must.a/x': 'passed', 'must.a/y': 'harness-error' });
    expect(lost.run).toMatchObject({ complete: false, partial: true, exitCode: 3 });
    const missing = { kind: 'could-not-run' as const, reason: 'out of time' };
    const late = assembleResults({ ...story, records, end: { durationMs: 1, interrupted: false, missing } });
    expect(verdictsOf(late.cases)['must.a/y']).toBe('could-not-run');
    const ended = assembleResults({ ...story, records, end: { durationMs: 1, interrupted: true, missing } });
    expect(ended.run).toMatchObject({ complete: false, partial: true, exitCode: 130 });
    expect(ended.summary.verdict).toBe('incomplete');
  });

  it('are partial when the run was filtered or a shard', () => {
    const filters = { suite: ['status'] };
    const run = { id: 'r', startedAt: '2026-05-04T09:30:00.000Z', seed: 1, filters: {}, repeat: 1 };
    const of = (changed: object) =>
      assembleResults(runStory({ 'must.a/x': satisfied }, { header: { run: { ...run, ...changed } } }));
    expect(of({}).summary.verdict).toBe('conformant');
    expect(of({ filters })).toMatchObject({
      run: { partial: true, complete: true, exitCode: 0 },
      summary: { verdict: 'incomplete' },
    });
    expect(of({ shard: '1/2' })).toMatchObject({
      run: { partial: true, exitCode: 0 },
      summary: { verdict: 'incomplete' },
    });
  });

  it('say why the target could not be reached', () => {
    const unreachable = { request: 'POST http://x', problem: 'refused', advice: 'start it' };
    const story = runStory({
      'must.a/x': { kind: 'could-not-run', reason: 'refused' },
      'must.b/x': { kind: 'not-applicable', because: 'capability', reason: 'not declared' },
    });
    const results = assembleResults({ ...story, targetRecord: { ...sampleTargetRecord, unreachable } });
    expect(results.run).toMatchObject({ exitCode: 4, unreachable, complete: true });
    expect(results.summary).toMatchObject({ verdict: 'incomplete', coverage: 0 });
    expect(verdictsOf(results.cases)).toEqual({ 'must.a/x': 'could-not-run', 'must.b/x': 'could-not-run' });
  });

  it('fold repetitions, and tell of what is flaky', () => {
    const run = { id: 'r', startedAt: '2026-05-04T09:30:00.000Z', seed: 1, filters: {}, repeat: 3 };
    const story = runStory({ 'must.a/x': satisfied, 'must.b/over': satisfied }, { header: { run } });
    const over = plannedCase('must.b/over', { scope: 'run' });
    const header = { ...story.header, cases: [plannedCase('must.a/x'), over] };
    const records = [
      caseRecord('must.a/x', satisfied, { repetition: 2 }),
      caseRecord('must.a/x', violated, { repetition: 1 }),
      caseRecord('must.a/x', satisfied),
      caseRecord('must.b/over', satisfied),
    ];
    const results = assembleResults({ ...story, header, records });
    expect(results.cases[0]).toMatchObject({
      verdict: 'failed',
      repeats: { runs: 3, verdicts: { passed: 2, failed: 1 }, flaky: true },
    });
    expect(results.cases[1]?.repeats).toBeUndefined();
    expect(results.run).toMatchObject({
      complete: true,
      repeat: 3,
      notes: ['must.a/x is flaky: 2 of 3 passed, 1 of 3 failed'],
    });
    expect(assembleResults({ ...story, header, records: records.slice(1) }).run.complete).toBe(false);
  });

  it('leave what the chosen set of requirements does not have out of every figure', () => {
    const results = assembleResults(
      runStory({ 'must.a/x': satisfied, 'must.b/x': violated }, { header: { unscored: ['must.b/x'] } }),
    );
    expect(results.cases[1]).toMatchObject({ verdict: 'failed', scored: false });
    expect(results.summary).toMatchObject({ verdict: 'conformant', divergence: 0 });
    expect(results.run.exitCode).toBe(0);
  });

  it('are held against known issues', () => {
    const knownIssues = [{ match: 'must.a', kind: 'failing' as const, reason: 'a bug', line: 2 }];
    const failing = assembleResults(
      runStory({ 'must.a/x': violated, 'must.b/x': satisfied }, { header: { knownIssues } }),
    );
    expect(failing).toMatchObject({ run: { exitCode: 0 }, summary: { verdict: 'non-conformant', divergence: 0.5 } });
    const passing = assembleResults(
      runStory({ 'must.a/x': satisfied, 'must.b/x': satisfied }, { header: { knownIssues } }),
    );
    expect(passing).toMatchObject({ run: { exitCode: 1 }, summary: { verdict: 'conformant' } });
    expect(passing.run.exitReasons?.join()).toMatch(/^1 case passed although .*,known issues, line 2 .*delete/);
    expect(passing.run.notes).toBeUndefined();
    const everything = assembleResults(runStory({ 'must.a/x': violated }, { header: { knownIssues } }));
    expect(everything.run).toMatchObject({ exitCode: 2 });
    expect(everything.run.exitReasons?.join()).toMatch(/every must/);
  });
});
