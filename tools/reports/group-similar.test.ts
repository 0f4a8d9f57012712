import { expect, test } from 'vitest';

import { sampleCase } from '../dev/testing/sample-results.ts';
import { groupSimilar } from './group-similar.ts';

const one =
  '/communications/calls/6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11/mute was answered 500 at 2026-05-04T09:30:00Z after 12.5 ms';
const twin = '/app/calls/0C9BE7A42F3D4A869D257BE1E3C1F5D2/mute was answered 500 at 2026-05-04T09:30:02Z after 3 ms';

test('ids, times and paths make no difference, everything else does', () => {
  const cases = [one, twin, twin.replace('500', '501')].map((actual, index) =>
    sampleCase(`a.b/c-${String(index)}`, 'failed', { actual }),
  );
  const groups = groupSimilar(cases, ({ actual }) => [actual]);
  expect(groups.map((group) => group.map(({ id }) => id))).toEqual([['a.b/c-0', 'a.b/c-1'], ['a.b/c-2']]);
});
