import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCase } from '../../dev/testing/sample-results.ts';
import { readKnownIssues } from './known-issues-file.ts';
import { applyKnownIssues, excusesEveryMust, knownIssueProblems } from './known-issues.ts';
import type { CaseResult, Cause, Verdict } from './results.ts';
import { updatedKnownIssues } from './update-known-issues.ts';
import { exitCodeOf } from './verdict.ts';

const today = '2026-06-15';

function update(
  text: string | undefined,
  cases: readonly CaseResult[],
  { strict = false, others = [] as readonly CaseResult[], causes = [] as readonly Cause[] } = {},
): string {
  const entries = text === undefined ? [] : readKnownIssues(text, 'known.yaml');
  return updatedKnownIssues({ text, entries, cases, causes, allCases: [...cases, ...others], strict, today });
}

const listed = (text: string) =>
  readKnownIssues(text, 'known.yaml').map(({ match, kind, reason }) => [match, kind, reason]);

describe('the list of known issues written anew', () => {
  it('begins a file, with requirements where all of their cases fail', () => {
    const text = update(undefined, [
      sampleCase('location.present/one', 'failed'),
      sampleCase('location.present/one@app', 'failed'),
      sampleCase('status.success/x', 'failed'),
      sampleCase('status.success/y', 'passed'),
      sampleCase('group.meeting/x', 'could-not-run'),
      sampleCase('group.meeting/y', 'not-applicable'),
      sampleCase('auth.challenge/x', 'warned'),
      sampleCase('state.repeat/x', 'indeterminate'),
    ]);
    expect(text).toMatch(/^# /);
    expect(listed(text)).toEqual([
      ['location.present', 'failing', 'TODO'],
      ['status.success/x', 'failing', 'TODO'],
      ['group.meeting', 'could-not-run', 'TODO'],
    ]);
  });

  const cause = (requirement: string, explains: string[]): Cause => ({
    requirement,
    statement: 's',
    advice: 'a',
    first: explains[0] ?? '',
    explains,
  });

  it('has one entry for each cause, which covers what follows from it', () => {
    const cases = [
      sampleCase('path.app/x@app', 'failed'),
      sampleCase('status.success/x', 'passed'),
      sampleCase('status.success/x@app', 'failed'),
      sampleCase('roster.told/x@app', 'could-not-run'),
      sampleCase('auth.missing/x', 'failed'),
    ];
    const causes = [cause('path.app', ['path.app/x@app', 'status.success/x@app', 'roster.told/x@app'])];
    const text = update(undefined, cases, { causes });
    expect(readKnownIssues(text, 'k')).toMatchObject([
      { match: 'path.app', kind: 'failing', reason: 'TODO', covers: ['status.success/x@app', 'roster.told'] },
      { match: 'auth.missing', kind: 'failing', reason: 'TODO' },
    ]);
    const entries = readKnownIssues(text, 'k');
    expect(applyKnownIssues(cases, entries).map(({ verdict, knownIssue }) => [verdict, knownIssue?.kind])).toEqual([
      ['expected-failure', 'failing'],
      ['passed', undefined],
      ['expected-failure', 'failing'],
      ['expected-failure', 'could-not-run'],
      ['expected-failure', 'failing'],
    ]);
    expect(update(text, cases, { causes })).toBe(text);
    // The cause is there no more, and one of the others is.
    const mended = cases.map((each) => (each.id.startsWith('roster') ? each : { ...each, verdict: 'passed' as const }));
    expect(listed(update(text, mended))).toEqual([['roster.told', 'could-not-run', 'TODO']]);
    expect(update(text, mended)).not.toContain('covers');
  });

  it('lists a warned should under --strict, and what is flaky as flaky', () => {
    const flaky = { repeats: { runs: 2, verdicts: { passed: 1, failed: 1 }, flaky: true } };
    const cases = [
      sampleCase('auth.challenge/x', 'warned'),
      sampleCase('status.success/x', 'failed', flaky),
      sampleCase('status.success/y', 'passed'),
    ];
    expect(listed(update(undefined, cases, { strict: true }))).toEqual([
      ['auth.challenge', 'failing', 'TODO'],
      ['status.success/x', 'flaky', 'TODO'],
    ]);
  });

  it('keeps a file as it is, to the letter, when nothing has changed', () => {
    const text = "issues: # ours\n  - {match: 'location.*',   kind: failing, reason: a bug}\n";
    expect(update(text, [sampleCase('location.present/one', 'failed')])).toBe(text);
  });

  it('takes out what passes, and keeps comments and reasons of the rest', () => {
    const text = `# Ours.
issues:
  # the gateway
  - match: location.present
    kind: failing
    reason: gateway strips the header # since May
    issue: https://example.com/bugs/12
  # fixed in June
  - match: status.success
    kind: failing
    reason: fixed
`;
    const next = update(text, [
      sampleCase('location.present/one', 'failed'),
      sampleCase('status.success/x', 'passed'),
      sampleCase('auth.missing/x', 'failed'),
    ]);
    expect(next).toMatch(/# Ours\.[^]*# the gateway[^]*gateway strips the header # since May/);
    expect(next).not.toMatch(/fixed/);
    expect(listed(next)).toEqual([
      ['location.present', 'failing', 'gateway strips the header'],
      ['auth.missing', 'failing', 'TODO'],
    ]);
  });

  it('says of the failing cases what a glob said of them, when it is no longer right', () => {
    const text = `issues:
  - match: location.*
    kind: failing
    reason: gateway strips the header # since May
    issue: https://example.com/bugs/12
`;
    const next = update(text, [
      sampleCase('location.present/one', 'failed'),
      sampleCase('location.present/two', 'failed'),
      sampleCase('location.call/one', 'passed'),
    ]);
    expect(readKnownIssues(next, 'k')).toMatchObject([
      { match: 'location.present', reason: 'gateway strips the header', issue: 'https://example.com/bugs/12' },
    ]);
    expect(next).toMatch(/# since May/);
  });

  it('leaves what was not in the run alone, and drops what there is no case for', () => {
    const text = `issues:
  - { match: location.present, kind: failing, reason: a }
  - { match: no.such, kind: failing, reason: b }
`;
    const next = update(text, [sampleCase('status.success/x', 'passed')], {
      others: [sampleCase('location.present/one', 'passed')],
    });
    expect(listed(next)).toEqual([['location.present', 'failing', 'a']]);
  });

  it('names a requirement only when all of its cases were in the run', () => {
    const next = update(undefined, [sampleCase('status.success/x', 'failed')], {
      others: [sampleCase('status.success/y', 'passed')],
    });
    expect(listed(next)).toEqual([['status.success/x', 'failing', 'TODO']]);
  });

  it('does not carry an expired entry on in silence', () => {
    const text = 'issues:\n  - { match: status.success, kind: failing, reason: a bug, until: 2026-06-01 }\n';
    const next = update(text, [sampleCase('status.success/x', 'failed')]);
    expect(readKnownIssues(next, 'k')).toMatchObject([
      { match: 'status.success', reason: 'TODO: expired after 2026-06-01, and still so: a bug' },
    ]);
    expect(next).not.toMatch(/until:/);
  });

  it('tells overlapping entries apart', () => {
    const text = `issues:
  - { match: status.success, kind: failing, reason: first }
  - { match: '*.success/x', kind: failing, reason: second }
`;
    expect(listed(update(text, [sampleCase('status.success/x', 'failed')]))).toEqual([
      ['status.success', 'failing', 'first'],
    ]);
  });

  // Three hundred lists, each written twice: on a busy machine longer than the usual limit.
  it('makes any run green that excuses not every must, and changes nothing the second time', () => {
    const ids = ['a.one/x', 'a.one/y', 'a.two/x', 'b.one/x', 'b.one/x@app', 'b.two/x'];
    const anyVerdict = fc.constantFrom<Verdict>('passed', 'failed', 'could-not-run', 'not-applicable');
    const anyCauses = fc.constantFrom(
      [],
      [cause('a.one', ids)],
      [cause('a.one', ids.slice(0, 3)), cause('b.one', ids.slice(3))],
    );
    const anyEntry = fc.record({
      match: fc.constantFrom(...ids, 'a.one', 'b.one', 'a.*', '*', '*/x', 'no.such'),
      kind: fc.constantFrom('failing', 'flaky', 'could-not-run'),
      reason: fc.constantFrom('a bug', 'TODO'),
      covers: fc.option(fc.constantFrom(['b.two'], ['a.two', 'b.one/x']), { nil: undefined }),
      until: fc.option(fc.constantFrom('2026-01-01', '2027-01-01'), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.tuple(...ids.map(() => anyVerdict)),
        fc.array(anyEntry, { maxLength: 4 }),
        anyCauses,
        (verdicts, entries, causes) => {
          const cases = ids.map((id, index) => sampleCase(id, verdicts[index] ?? 'passed'));
          const before = `issues: ${JSON.stringify(entries)}\n`;
          const text = update(before, cases, { causes });
          const written = readKnownIssues(text, 'known.yaml');
          expect(knownIssueProblems(written, cases, { file: 'k', today, strict: false })).toEqual([]);
          expect(update(text, cases, { causes })).toBe(text);
          const applied = applyKnownIssues(cases, written);
          expect(applied.map(({ verdict }) => verdict)).not.toContain('unexpected-pass');
          if (excusesEveryMust(cases, written)) return;
          const { exitCode } = exitCodeOf({
            cases: applied,
            strict: false,
            unreachable: false,
            complete: true,
            interrupted: false,
            brokenRatchets: [],
            refusals: [],
          });
          expect(exitCode).toBe(cases.every(({ verdict }) => verdict === 'not-applicable') ? 3 : 0);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);
});
