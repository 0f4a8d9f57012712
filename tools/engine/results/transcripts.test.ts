import { expect, it } from 'vitest';
import { verdicts } from './verdict.ts';
import { sampleCase, sampleResults } from '../../dev/testing/sample-results.ts';
import { variedResults } from '../../dev/testing/varied-results.ts';
import { resultsProblem } from './results-schema.ts';
import { withTranscripts } from './transcripts.ts';

const results = sampleResults(verdicts.map((verdict) => sampleCase(`${verdict}.rule/one`, verdict)));

it('keeps all where all are wanted', () => {
  expect(withTranscripts(results, 'all')).toBe(results);
});

it('keeps those of what did not pass, and the numbers of what did', () => {
  const kept = withTranscripts(results, 'failures');
  const [passed, ...others] = kept.cases;
  expect(passed).toMatchObject({
    verdict: 'passed',
    exchanges: [],
    notifications: [],
    omitted: { exchanges: 2, notifications: 1, requestMs: 5.3 },
  });
  expect(others).toEqual(results.cases.slice(1));
  expect({ ...kept, cases: [] }).toEqual({ ...results, cases: [] });
});

it('leaves results that are valid, and the same when it is done again', () => {
  const kept = withTranscripts(variedResults(), 'failures');
  expect(resultsProblem('results', kept)).toBeUndefined();
  expect(withTranscripts(kept, 'failures')).toEqual(kept);
});
