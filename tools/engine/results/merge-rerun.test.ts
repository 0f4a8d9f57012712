import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { violated, satisfied, runHeader, runStory, sampleRows, verdictsOf } from '../../dev/testing/sample-run.ts';
import { assembleResults } from './assemble.ts';
import { mergeReruns } from './merge-rerun.ts';
import type { LoggedCaseRecord, Results, RunEnd } from './results.ts';

type Outcomes = Readonly<Record<string, LoggedCaseRecord['outcome']>>;

const before: Outcomes = { 'must.a/x': satisfied, 'must.a/y': violated, 'should.a/x': violated };
const order = { cases: Object.keys(before), requirements: sampleRows.map(({ id }) => id) };
const { run } = runHeader([]);

const base = assembleResults(runStory(before));

function rerun(outcomes: Outcomes, changes: { end?: RunEnd; change?: (results: Results) => Results } = {}) {
  const { end, change = (results) => results } = changes;
  const header = { run: { ...run, seed: 7, filters: { rerun: ['results.json'] } } };
  return { file: 'rerun.json', results: change(assembleResults(runStory(outcomes, { header, ...(end && { end }) }))) };
}

const missing = { kind: 'could-not-run' as const, reason: 'the run was interrupted' };
const interrupted: RunEnd = { durationMs: 50, interrupted: true, missing };

describe('a run and its rerun put together', () => {
  it('have the verdicts of the rerun, and are complete', () => {
    const merged = mergeReruns(base, [rerun({ 'must.a/y': satisfied, 'should.a/x': violated })], order);
    expect(verdictsOf(merged.cases)).toEqual({ 'must.a/x': 'passed', 'must.a/y': 'passed', 'should.a/x': 'warned' });
    expect(merged.summary).toMatchObject({ verdict: 'conformant', divergence: 0, coverage: 1 });
    expect(merged.run).toMatchObject({ complete: true, partial: false, exitCode: 0, filters: {}, seed: 42 });
    expect(merged.run.durationMs).toBe(200);
    expect(merged.run.traffic?.requests).toBe(18);
    expect(merged.requirements.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['must.a', 'passed'],
      ['should.a', 'warned'],
    ]);
  });

  it('have the last verdict of several reruns', () => {
    const merged = mergeReruns(base, [rerun({ 'must.a/y': satisfied }), rerun({ 'must.a/y': violated })], order);
    expect(merged.run).toMatchObject({ exitCode: 1, complete: true });
  });

  it('make up for an interruption when all that was open is run again', () => {
    const cut = assembleResults({
      ...runStory(before),
      records: runStory({ 'must.a/x': satisfied }).records,
      end: interrupted,
    });
    expect(cut.run).toMatchObject({ exitCode: 130, complete: false });
    const whole = mergeReruns(cut, [rerun({ 'must.a/y': satisfied, 'should.a/x': satisfied })], order);
    expect(whole.run).toMatchObject({ exitCode: 0, complete: true, partial: false });
    const part = mergeReruns(cut, [rerun({ 'must.a/y': satisfied })], order);
    expect(part.run).toMatchObject({ exitCode: 130, complete: false, partial: true });
  });

  it('are not complete when the rerun was interrupted', () => {
    const merged = mergeReruns(base, [rerun({ 'must.a/y': satisfied }, { end: interrupted })], order);
    expect(merged.run).toMatchObject({ exitCode: 130, complete: false });
  });

  it('may have been on loopback ports of their own', () => {
    const change = (r: Results) => ({ ...r, target: { ...r.target, baseUrl: 'http://127.0.0.1:9999/beta' } });
    expect(mergeReruns(base, [rerun({ 'must.a/y': satisfied }, { change })], order).run.exitCode).toBe(0);
  });

  it.each<[string, ReturnType<typeof rerun>, RegExp]>([
    [
      'another target',
      rerun({ 'must.a/y': satisfied }, { change: (r) => ({ ...r, target: { ...r.target, name: 'b' } }) }),
      /target differs/,
    ],
    [
      'another version',
      rerun({ 'must.a/y': satisfied }, { change: (r) => ({ ...r, suite: { ...r.suite, version: '9' } }) }),
      /version of the suite differs/,
    ],
    ['a case that was not there', rerun({ 'must.b/x': satisfied }), /no case must\.b\/x/],
  ])('are refused for %s', (_name, other, message) => {
    expect(() => mergeReruns(base, [other], order)).toThrow(ConfigurationError);
    expect(() => mergeReruns(base, [other], order)).toThrow(message);
  });
});
