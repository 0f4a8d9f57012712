import { expect, test } from 'vitest';

import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { renderBadge } from './badge.ts';

const passed = sampleCase('a.b/c', 'passed');

test.each([
  ['conformant', sampleResults([passed]), 'conformant', 'brightgreen', false],
  [
    'non-conformant',
    sampleResults([passed, sampleCase('a.b/d', 'failed')]),
    'non-conformant, 50.0 % divergence',
    'red',
    true,
  ],
  [
    'incomplete',
    sampleResults([passed, sampleCase('a.b/d', 'could-not-run')]),
    'incomplete, 50.0 % coverage',
    'yellow',
    true,
  ],
])('%s', (_name, results, message, color, isError) => {
  expect(JSON.parse(renderBadge(results) ?? '')).toEqual({
    schemaVersion: 1,
    label: 'call-mute/2024-04',
    message,
    color,
    isError,
  });
});

test('a partial run has no badge', () => {
  expect(renderBadge(sampleResults([passed], { run: { partial: true } }))).toBeUndefined();
  expect(renderBadge(sampleResults([passed], { run: { complete: false } }))).toBeUndefined();
});
