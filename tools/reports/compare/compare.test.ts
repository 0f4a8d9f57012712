import { describe, expect, test } from 'vitest';

import type { CaseResult, Verdict } from '../../engine/results/results.ts';
import { healthyResults, hostileResults } from '../../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../../dev/testing/sample-results.ts';
import { compareResults } from './compare.ts';

const named = (name: string, cases: CaseResult[]) => sampleResults(cases, { target: { name } });

describe('the matrix', () => {
  const comparison = compareResults([
    named('one', [sampleCase('a.b/c', 'passed'), sampleCase('a.b/c@app', 'failed'), sampleCase('d.e/f', 'passed')]),
    named('two', [sampleCase('a.b/c', 'passed'), sampleCase('g.h/i', 'could-not-run')]),
  ]);

  test('has a row for each requirement of any run, and a cell for each run', () => {
    expect(comparison.kind).toBe('targets');
    expect(
      comparison.requirements.map(({ id, cells, differs }) => [id, ...cells.map((cell) => cell?.verdict), differs]),
    ).toEqual([
      ['a.b', 'failed', 'passed', true],
      ['d.e', 'passed', undefined, true],
      ['g.h', undefined, 'could-not-run', true],
    ]);
    expect(comparison.requirements[0]?.cells[0]?.cases).toEqual({ failed: 1, passed: 1 });
  });

  test('names runs of one target by their start', () => {
    const { kind, runs } = compareResults([named('one', []), named('one', [])]);
    expect(kind).toBe('runs');
    expect(runs.map(({ label }) => label)).toEqual(['one, 2026-05-04 09:30:00', 'one, 2026-05-04 09:30:00']);
  });
});

describe('from the first run to the last', () => {
  const comparison = compareResults([
    named('one', [
      sampleCase('a.fails/x', 'passed'),
      sampleCase('a.passes/x', 'failed'),
      sampleCase('a.gone/x', 'passed'),
      sampleCase('a.same/x', 'failed'),
      sampleCase('a.slow/x', 'passed', { durationMs: 20 }),
    ]),
    named('one', [
      sampleCase('a.fails/x', 'failed'),
      sampleCase('a.passes/x', 'passed'),
      sampleCase('a.same/x', 'failed'),
      sampleCase('a.slow/x', 'passed', { durationMs: 200 }),
      sampleCase('a.new/x', 'failed'),
    ]),
  ]);

  test('tells newly failing, newly passing and the rest', () => {
    expect(comparison.newlyFailing.map(({ id, before, after }) => [id, before, after])).toEqual([
      ['a.fails/x', 'passed', 'failed'],
      ['a.new/x', null, 'failed'],
    ]);
    expect(comparison.newlyPassing.map(({ id }) => id)).toEqual(['a.passes/x']);
    expect(comparison.otherChanges.map(({ id, after }) => [id, after])).toEqual([['a.gone/x', null]]);
  });

  test.each<[Verdict, Partial<CaseResult>, Verdict, Partial<CaseResult>]>([
    ['failed', {}, 'expected-failure', {}],
    ['expected-failure', {}, 'failed', {}],
    ['warned', { level: 'should' }, 'expected-failure', { level: 'should' }],
    ['passed', {}, 'unexpected-pass', {}],
    ['unexpected-pass', {}, 'passed', {}],
  ])('%s → %s is no change of the target', (before, first, after, last) => {
    const { newlyFailing, newlyPassing, otherChanges } = compareResults([
      named('one', [sampleCase('a.b/c', before, first)]),
      named('one', [sampleCase('a.b/c', after, last)]),
    ]);
    expect([newlyFailing, newlyPassing, otherChanges]).toEqual([[], [], []]);
  });

  test('says nothing of times where all differ', () => {
    const run = (times: readonly number[]) =>
      named(
        'one',
        times.map((durationMs, index) => sampleCase(`a.b/${String(index)}`, 'passed', { durationMs })),
      );
    const usual = [100, 400, 800, 120, 900, 300, 250];
    expect(compareResults([run(usual), run(usual.map((ms) => 3 * ms))]).timing).toEqual([]);
    expect(compareResults([run(usual), run([900, 200, 100, 800, 200, 800, 100])]).timing).toEqual([]);
  });

  test('tells what takes much longer or shorter', () => {
    expect(comparison.timing).toEqual([{ id: 'a.slow/x', before: 20, after: 200 }]);
  });
});

describe('the last is worse than the first in a must', () => {
  const capability = { notApplicable: 'capability' as const };
  const condition = { notApplicable: 'condition' as const };
  const ways: [Verdict, Partial<CaseResult>, Verdict, Partial<CaseResult>, boolean][] = [
    ['passed', {}, 'failed', {}, true],
    ['passed', {}, 'could-not-run', {}, true],
    ['passed', {}, 'indeterminate', {}, true],
    ['passed', {}, 'expected-failure', {}, true],
    ['passed', {}, 'not-applicable', capability, true],
    ['passed', {}, 'not-applicable', condition, false],
    ['not-applicable', condition, 'failed', {}, true],
    ['could-not-run', {}, 'failed', {}, true],
    ['failed', {}, 'could-not-run', {}, false],
    ['failed', {}, 'failed', {}, false],
    ['failed', {}, 'expected-failure', {}, false],
    ['failed', {}, 'passed', {}, false],
    ['passed', {}, 'unexpected-pass', {}, false],
    ['passed', { level: 'should' }, 'warned', { level: 'should' }, false],
  ];

  test.each(ways)('%s %j → %s %j: %s', (before, first, after, last, worse) => {
    const found = compareResults([
      named('one', [sampleCase('a.b/c', before, first)]),
      named('one', [sampleCase('a.b/c', after, last)]),
    ]);
    expect([found.worse, found.worseIn]).toEqual([worse, worse ? ['a.b'] : []]);
  });

  test('when a case that passed is gone from the same suite, but not from another version of it', () => {
    const first = named('one', [sampleCase('a.b/c', 'passed'), sampleCase('a.b/d', 'passed')]);
    const last = named('one', [sampleCase('a.b/c', 'passed')]);
    expect(compareResults([first, last]).worse).toBe(true);
    expect(compareResults([first, { ...last, suite: { ...last.suite, version: '0.2.0' } }]).worse).toBe(false);
  });

  test('when a new case of a requirement that held fails, but not when the requirement is new', () => {
    const first = named('one', [sampleCase('a.b/c', 'passed')]);
    const added = (id: string) => named('one', [sampleCase('a.b/c', 'passed'), sampleCase(id, 'failed')]);
    expect(compareResults([first, added('a.b/d')]).worse).toBe(true);
    expect(compareResults([first, added('x.y/z')]).worse).toBe(false);
  });
});

test('one run is no comparison', () => {
  expect(() => compareResults([healthyResults(1)])).toThrow(RangeError);
});

test('hostile results are compared like others', () => {
  expect(compareResults([hostileResults('a'), hostileResults('b')]).kind).toBe('targets');
});
