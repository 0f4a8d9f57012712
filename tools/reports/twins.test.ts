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

test('a case that ended alike on both paths is told once', () => {
  const [both, bothOnApp] = cases;
  expect([...foldedTwins(cases)]).toEqual([[both, bothOnApp]]);
  const otherwise = { ...sampleCase('a.b/both@app', 'failed'), actual: 'status 202' };
  expect(foldedTwins([sampleCase('a.b/both', 'failed'), otherwise])).toEqual(new Map());
});
