import { expect, it } from 'vitest';
import { sampleCase, sampleResults } from '../../dev/testing/sample-results.ts';
import type { CaseResult, Verdict } from './results.ts';
import { noWorseThan } from './worse.ts';

const one = (verdict: Verdict, changes: Partial<CaseResult> = {}) => sampleCase('a.b/c', verdict, changes);

it.each<[string, CaseResult[], CaseResult, boolean]>([
  ['failed as before', [one('failed')], one('failed'), true],
  ['failed, and was known to', [one('expected-failure')], one('failed'), true],
  ['newly failed', [one('passed')], one('failed'), false],
  ['failed, and could not run before', [one('could-not-run')], one('failed'), false],
  ['could not run, and failed before', [one('failed')], one('could-not-run'), true],
  ['newly could not run', [one('passed')], one('could-not-run'), false],
  ['warned as before', [one('warned')], one('warned'), true],
  ['newly warned', [one('passed', { level: 'should' })], one('warned'), false],
  ['passed', [one('failed')], one('passed'), true],
  ['a new case that failed, of a requirement that did before', [sampleCase('a.b/d', 'failed')], one('failed'), true],
  ['a new case that failed, of a requirement that held', [sampleCase('a.b/d', 'passed')], one('failed'), false],
  ['a new case that failed, of a new requirement', [sampleCase('x.y/z', 'failed')], one('failed'), false],
  ['a new case that failed, and the baseline has nothing', [], one('failed'), false],
])('%s', (_name, before, now, expected) => {
  expect(noWorseThan(sampleResults(before))(now)).toBe(expected);
});
