import { expect, test } from 'vitest';
import { sampleCase } from '../dev/testing/sample-results.ts';
import { foldedTwins, twinsAmong } from './twins.ts';

const cases = [
  sampleCase('a.b/both', 'failed'),
  sampleCase('a.b/both@app', 'failed'),
  sampleCase('a.b/one', 'failed'),
  sampleCase('a.b/one@app', 'passed'),
  sampleCase('a.b/alone', 'failed'),
];

test.each<[string, string[], [id: string, ...marks: string[]][]]>([
  ['both paths', ['a.b/both', 'a.b/both@app'], [['a.b/both', '/communications failed', '/app failed']]],
  ['one path, with the mark of the other', ['a.b/one'], [['a.b/one', '/communications failed', '/app passed']]],
  ['a case on one path alone', ['a.b/alone'], [['a.b/alone', '/communications failed']]],
  [
    'several cases, in their order',
    ['a.b/alone', 'a.b/both@app'],
    [
      ['a.b/both', '/communications failed', '/app failed'],
      ['a.b/alone', '/communications failed'],
    ],
  ],
  ['nothing', [], []],
])('%s', (_name, told, expected) => {
  const twins = twinsAmong(cases)(cases.filter(({ id }) => told.includes(id)));
  expect(twins.map(({ id, marks }) => [id, ...marks.map(({ path, verdict }) => `${path} ${verdict}`)])).toEqual(
    expected,
  );
});

test('a case that was put on both paths is told once, in the entry of the worse', () => {
  const [both, bothOnApp, one, oneOnApp] = cases;
  expect([...foldedTwins(cases)]).toEqual([
    [both, { other: bothOnApp, alike: true }],
    [one, { other: oneOnApp, alike: false }],
  ]);
});

test.each([
  ['another answer', 'status 202', false],
  ['the call of the other path', 'status 201 of /app/calls/6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11', true],
  ['the share of the answers that break the promise', 'status 201, in 3 of 120 answers; all 3 were late', true],
])('twins are alike but for ids, paths and how often: %s', (_name, actual, alike) => {
  const words = alike && actual.includes('/app') ? actual.replace('/app', '/communications') : 'status 201';
  const one = { ...sampleCase('a.b/both', 'failed'), actual: words };
  const other = { ...sampleCase('a.b/both@app', 'failed'), actual };
  expect(foldedTwins([one, other]).get(one)).toEqual({ other, alike });
});
