import { expect, it } from 'vitest';
import { healthyResults, hostileResults, variedResults } from '../../dev/testing/varied-results.ts';
import { sampleResults } from '../../dev/testing/sample-results.ts';
import { resultsText } from './results-text.ts';

it.each([
  ['a run', healthyResults(3)],
  ['a run with no case', sampleResults([])],
  ['every verdict', variedResults()],
  ['texts of a hostile target', hostileResults('a\n"b"\\\u2028\ud800 {')],
])('results.json of %s is what JSON.stringify makes of it', (_name, results) => {
  expect([...resultsText(results)].join('')).toBe(`${JSON.stringify(results, undefined, 2)}\n`);
});
