import { expect, test } from 'vitest';
import type { CaseResult } from '../engine/results/results.ts';
import { sampleCase } from '../dev/testing/sample-results.ts';
import { unexpectedPass } from './unexpected-pass.ts';

const listed = (knownIssue: Partial<CaseResult['knownIssue']>) =>
  unexpectedPass(
    sampleCase('a.b/c', 'unexpected-pass', {
      knownIssue: { reason: 'a bug', kind: 'failing', ...knownIssue } as CaseResult['knownIssue'] & object,
    }),
  );

test('an entry for the case alone is to be deleted, by its line', () => {
  expect(listed({ match: 'a.b/c', line: 3 })).toBe(
    'passes although the known issue "a.b/c" in line 3 says that it fails; delete that entry',
  );
});

test('an entry for more may have to be narrowed, for the others may still fail', () => {
  expect(listed({ match: 'a.*', line: 3 })).toMatch(/delete that entry, or narrow it to what still fails$/);
});

test('what could not run is named so', () => {
  expect(listed({ match: 'a.b/c', kind: 'could-not-run' })).toMatch(/"a.b\/c" says that it cannot run; delete/);
});
