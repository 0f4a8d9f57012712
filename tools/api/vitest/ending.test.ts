import { describe, expect, it } from 'vitest';
import { endingOf, type Promised } from './ending.ts';
import type { CaseRow } from './messages.ts';

const promised: Promised = {
  level: 'must',
  evidence: 'example',
  statement: 'Location names the call.',
  source: 'call: mute, Example',
  url: 'https://learn.example/call-mute',
  advice: 'The handler that writes Location.',
};

function row(members: Partial<CaseRow>): CaseRow {
  return {
    id: 'location.call/names-this-call',
    requirement: 'location.call',
    suite: 'location-header',
    title: 'names this call',
    level: 'must',
    path: '/communications',
    verdict: 'passed',
    durationMs: 3,
    ...members,
  };
}

const violated = { expectation: 'the call to be 7', actual: 'it is "8"' };
const listed = { match: 'location.call', kind: 'failing', reason: 'the gateway', line: 3 } as const;

function ending(members: Partial<CaseRow>, strict = false) {
  return endingOf({ target: 'acme', row: row(members), curl: 'curl -X POST http://acme' }, promised, strict);
}

describe('endingOf', () => {
  it.each<[Partial<CaseRow>, boolean, string]>([
    [{ verdict: 'passed' }, false, 'passed'],
    [{ verdict: 'failed', ...violated }, false, 'failed'],
    [{ verdict: 'failed', ...violated, scored: false }, false, 'passed'],
    [{ verdict: 'warned', ...violated, level: 'should' }, false, 'passed'],
    [{ verdict: 'warned', ...violated, level: 'should' }, true, 'failed'],
    [{ verdict: 'warned', ...violated, level: 'should', scored: false }, true, 'passed'],
    [{ verdict: 'not-applicable', reason: 'not declared' }, true, 'skipped'],
    [{ verdict: 'expected-failure', ...violated, knownIssue: listed }, true, 'passed'],
    [{ verdict: 'unexpected-pass', knownIssue: listed }, false, 'failed'],
    [{ verdict: 'unexpected-pass', knownIssue: listed, scored: false }, false, 'passed'],
    [{ verdict: 'could-not-run', reason: 'no call' }, false, 'failed'],
    [{ verdict: 'could-not-run', reason: 'no call', level: 'may' }, false, 'skipped'],
    [{ verdict: 'indeterminate', reason: 'reset', level: 'should' }, false, 'failed'],
    [{ verdict: 'harness-error', reason: 'a fault', scored: false }, false, 'skipped'],
  ])('ends the test of %o, strict %s, as %s', (members, strict, kind) => {
    expect(ending(members, strict).kind).toBe(kind);
  });

  it('says of a broken promise which it is, where to look, where it is documented, and how to ask again', () => {
    expect(ending({ verdict: 'failed', ...violated })).toEqual({
      kind: 'failed',
      name: 'ConformanceFailure',
      message: [
        'location.call (must, example): Location names the call.',
        'hint: The handler that writes Location.',
        'source: call: mute, Example, https://learn.example/call-mute',
        'curl: curl -X POST http://acme',
      ].join('\n'),
      expected: 'the call to be 7',
      actual: 'it is "8"',
    });
    expect(ending({ verdict: 'failed', ...violated, hint: 'a redirect' })).toMatchObject({
      message: expect.stringContaining('hint: a redirect') as string,
    });
  });

  it.each([
    ['could-not-run', 'CouldNotRun'],
    ['indeterminate', 'Indeterminate'],
    ['harness-error', 'HarnessError'],
  ] as const)('names an error after %s, and says why', (verdict, name) => {
    const ended = ending({ verdict, reason: 'the control failed' });
    expect(ended).toMatchObject({ kind: 'failed', name, message: expect.stringContaining('the control failed') });
    expect(ended).not.toHaveProperty('expected');
  });

  it('says which entry of the known issues passes', () => {
    expect(ending({ verdict: 'unexpected-pass', knownIssue: listed })).toMatchObject({
      name: 'UnexpectedPass',
      message: expect.stringMatching(/"location\.call" in line 3/),
    });
  });

  it('annotates what does not hold and does not fail, on one line', () => {
    expect(ending({ verdict: 'warned', level: 'should', expectation: 'a\nb', actual: 'c' })).toEqual({
      kind: 'passed',
      annotation: { type: 'warning', text: 'warned: Location names the call.; expected a\\nb, but c' },
    });
    expect(ending({ verdict: 'expected-failure', ...violated, knownIssue: listed })).toMatchObject({
      annotation: { type: 'notice', text: expect.stringContaining('a known issue: the gateway') },
    });
  });

  it('shows nothing unprintable of what a target sent', () => {
    const ended = ending({ verdict: 'failed', expectation: 'x', actual: 'it is \u001b[2J' });
    expect(ended).toMatchObject({ actual: 'it is \\u001b[2J' });
  });
});
