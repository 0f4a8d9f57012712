import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { ConfigurationError } from '../catalogue/errors.ts';
import { timesAsLong } from '../../dev/testing/growth.ts';
import { readKnownIssues } from './known-issues-file.ts';
import { knownIssueProblems } from './known-issues.ts';
import { readRatchet } from './ratchet-file.ts';

const cases = [{ id: 'status.success/x', requirement: 'status.success', level: 'must' as const }];

/** What people, and tools that people wrote, may leave in a file. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.json(),
  fc.jsonValue().map((value) => stringify(value)),
  fc.jsonValue().map((value) => stringify({ issues: value, targets: value })),
  fc
    .array(
      fc.record({
        match: fc.string({ minLength: 1 }),
        kind: fc.constant('failing'),
        reason: fc.string({ minLength: 1 }),
      }),
    )
    .map((issues) => stringify({ issues })),
);

it('a list of known issues is read and judged, or refused with words of this project', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      try {
        const entries = readKnownIssues(text, 'known.yaml');
        knownIssueProblems(entries, cases, { file: 'known.yaml', today: '2026-01-01', strict: true });
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
      }
    }),
    { numRuns: 500 },
  );
});

it('a ratchet is read, or refused likewise', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      try {
        readRatchet(text, 'ratchet.yaml');
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigurationError);
      }
    }),
    { numRuns: 300 },
  );
});

it.each([
  '!(!(!(a|b)|c)|d)',
  '*(*(*(*(a|b)|c)|d)|e)',
  '+(+(+(+(a))))',
  '*'.repeat(200),
  '['.repeat(200),
  '{a,b}'.repeat(30),
])('a glob cannot take for ever: %s', async (match) => {
  const judging = (glob: string) => () => {
    const entry = { match: glob, kind: 'failing' as const, reason: 'r', line: 1 };
    knownIssueProblems([entry], cases, { file: 'known.yaml', today: '2026-01-01', strict: false });
  };
  expect(await timesAsLong(judging(match), judging('status.*'))).toBeLessThan(400);
});
