import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { sampleCase } from '../../dev/testing/sample-results.ts';
import { verdictsOf } from '../../dev/testing/sample-run.ts';
import { readKnownIssues } from './known-issues-file.ts';
import { applyKnownIssues, excusesEveryMust, knownIssueProblems, staleEntries } from './known-issues.ts';
import type { ListedIssue, Verdict } from './results.ts';

const cases = [
  { id: 'location.present/one', requirement: 'location.present', level: 'must' as const },
  { id: 'location.present/one@app', requirement: 'location.present', level: 'must' as const },
  { id: 'location.absolute/is', requirement: 'location.absolute', level: 'should' as const },
  { id: 'path.qualified-action/is', requirement: 'path.qualified-action', level: 'may' as const },
];

function problems(text: string, { strict = false, today = '2026-06-15' } = {}): string[] {
  return knownIssueProblems(readKnownIssues(text, 'known.yaml'), cases, { file: 'known.yaml', today, strict });
}

const entry = (match: string, more = '') => `  - match: ${match}\n    kind: failing\n    reason: a bug\n${more}`;

describe('a list of known issues', () => {
  it('is read with its lines', () => {
    const text = `# why\nissues:\n${entry('location.present', '    issue: https://example.com/1\n    until: 2027-01-31\n')}\n  # more\n${entry("'*/is'")}`;
    expect(readKnownIssues(text, 'known.yaml')).toEqual([
      {
        match: 'location.present',
        kind: 'failing',
        reason: 'a bug',
        issue: 'https://example.com/1',
        until: '2027-01-31',
        line: 3,
      },
      { match: '*/is', kind: 'failing', reason: 'a bug', line: 10 },
    ]);
    expect(readKnownIssues('issues:\n', 'known.yaml')).toEqual([]);
  });

  it.each([
    ['no YAML', 'issues: [', /known\.yaml, line 1/],
    ['no list', 'x: 1', /issues/],
    ['a wrong kind', 'issues:\n  - match: a\n    kind: broken\n    reason: r\n', /line 3.*kind/],
    ['no reason', 'issues:\n  - match: a\n    kind: flaky\n', /line 2.*reason/],
    ['a day that there is not', `issues:\n${entry('a', '    until: 2027-02-31\n')}`, /until/],
    ['an issue that is not a valid URL', `issues:\n${entry('a', '    issue: twelve\n')}`, /issue/],
    ['what the schema does not know', `issues:\n${entry('a', '    why: x\n')}`, /why/],
  ])('is refused when it has %s', (_name, text, message) => {
    expect(() => readKnownIssues(text, 'known.yaml')).toThrow(ConfigurationError);
    expect(() => readKnownIssues(text, 'known.yaml')).toThrow(message);
  });

  it.each([
    ['matches by case id', 'location.present/one'],
    ['matches by requirement', 'location.present'],
    ['matches by glob over the requirement', "'location.*'"],
    ['matches by glob over the case', "'*@app'"],
    ['covers what follows from it', 'location.present', "    covers: ['location.absolute/*', 'location.present']\n"],
    ['holds on its last day', 'location.present', '    until: 2026-06-15\n'],
  ])('is right when an entry %s', (_name, match, more = '') => {
    expect(problems(`issues:\n${entry(match, more)}`)).toEqual([]);
  });

  it.each([
    [
      'matches nothing',
      entry('location.presnt'),
      /line 2: "location.presnt" matches no case; did you mean location.present/,
    ],
    [
      'covers nothing',
      entry('location.present', '    covers: [location.absolut]\n'),
      /line 2: "location.present" covers "location.absolut", which matches no case; did you mean location.absolute/,
    ],
    [
      'covers what another matches',
      `${entry('location.present', '    covers: [location.absolute]\n')}${entry('location.absolute')}`,
      /overlaps "location.present"/,
    ],
    ['matches nothing, by far', entry('no.such.rule'), /line 2: "no.such.rule" matches no case. Correct/],
    [
      'overlaps another',
      entry('location.present') + entry("'*@app'"),
      /line 5: "\*@app" overlaps "location.present" on line 2/,
    ],
    [
      'has expired',
      entry('location.present', '    until: 2026-06-14\n'),
      /line 2: "location.present" expired after 2026-06-14/,
    ],
    ['is about a may', entry('path.qualified-action'), /line 2.*level may/],
  ])('is wrong when an entry %s', (_name, entries, message) => {
    expect(problems(`issues:\n${entries}`).join('\n')).toMatch(message);
  });

  it('may lack reasons, but not under --strict', () => {
    const text = 'issues:\n  - { match: location.present, kind: failing, reason: TODO }\n';
    expect(problems(text)).toEqual([]);
    expect(problems(text, { strict: true }).join()).toMatch(/line 2.*no reason yet/);
  });
});

describe('known issues put to the cases of a run', () => {
  const list = (kind: ListedIssue['kind']): ListedIssue[] => [
    { match: 'location.present', kind, reason: 'r', line: 2 },
  ];

  it.each<[ListedIssue['kind'], Verdict, Verdict]>([
    ['failing', 'failed', 'expected-failure'],
    ['failing', 'warned', 'expected-failure'],
    ['failing', 'passed', 'unexpected-pass'],
    ['failing', 'could-not-run', 'could-not-run'],
    ['failing', 'indeterminate', 'indeterminate'],
    ['failing', 'harness-error', 'harness-error'],
    ['failing', 'not-applicable', 'not-applicable'],
    ['flaky', 'failed', 'expected-failure'],
    ['flaky', 'warned', 'expected-failure'],
    ['flaky', 'passed', 'passed'],
    ['flaky', 'could-not-run', 'could-not-run'],
    ['flaky', 'indeterminate', 'indeterminate'],
    ['could-not-run', 'could-not-run', 'expected-failure'],
    ['could-not-run', 'passed', 'unexpected-pass'],
    ['could-not-run', 'failed', 'failed'],
    ['could-not-run', 'warned', 'warned'],
    ['could-not-run', 'indeterminate', 'indeterminate'],
  ])('%s and %s: %s', (kind, verdict, becomes) => {
    const id = 'location.present/one';
    const judged = sampleCase(id, verdict);
    expect(verdictsOf(applyKnownIssues([judged], list(kind)))).toEqual({ [id]: becomes });
    expect(applyKnownIssues([judged], [])).toEqual([judged]);
  });

  it('leave cases of level may alone', () => {
    const may = sampleCase('location.present/one', 'passed', { level: 'may' });
    expect(applyKnownIssues([may], list('failing'))).toEqual([may]);
  });

  it('say which entry to delete, and which to narrow', () => {
    const [pass, fail] = [sampleCase('location.present/one', 'passed'), sampleCase('location.present/two', 'failed')];
    const stale = (...judged: (typeof pass)[]) =>
      staleEntries(applyKnownIssues(judged, list('failing')), list('failing'));
    expect(stale(pass)).toEqual([
      'known issues, line 2 (location.present): everything it lists passes; delete the entry',
    ]);
    expect(stale(pass, fail).join()).toMatch(/line 2 .*: location.present\/one is no longer so; narrow/);
    expect(stale(fail)).toEqual([]);
  });

  it('may not excuse every must', () => {
    const must = sampleCase('location.present/one', 'failed');
    const other = sampleCase('status.success/x', 'passed');
    const may = sampleCase('may.be/x', 'passed', { level: 'may' });
    const none = sampleCase('app.only/x', 'not-applicable');
    expect(excusesEveryMust([must, other], list('failing'))).toBe(false);
    expect(excusesEveryMust([must, may, none], list('failing'))).toBe(true);
    expect(excusesEveryMust([may, none], list('failing'))).toBe(false);
    expect(excusesEveryMust([must], [])).toBe(false);
  });
});
