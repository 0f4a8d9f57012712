import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import type { CaseResult, Level, Verdict } from './results.ts';
import {
  type ExitConditions,
  exitCodeOf,
  severity,
  summarise,
  caseVerdict,
  verdicts,
  worstExitCode,
  worstVerdict,
} from './verdict.ts';

const levels: readonly Level[] = ['must', 'should', 'may'];

describe('the verdict on a case', () => {
  const outcomes: Record<Outcome['kind'], Outcome> = {
    satisfied: { kind: 'satisfied' },
    violated: { kind: 'violated', expectation: 'x', actual: 'y' },
    'not-applicable': { kind: 'not-applicable', because: 'version', reason: 'r' },
    'could-not-run': { kind: 'could-not-run', reason: 'r' },
    indeterminate: { kind: 'indeterminate', reason: 'r' },
    'harness-error': { kind: 'harness-error', reason: 'r' },
  };

  it.each<[Outcome['kind'], Verdict, Verdict, Verdict]>([
    ['satisfied', 'passed', 'passed', 'passed'],
    ['violated', 'failed', 'warned', 'not-applicable'],
    ['not-applicable', 'not-applicable', 'not-applicable', 'not-applicable'],
    ['could-not-run', 'could-not-run', 'could-not-run', 'could-not-run'],
    ['indeterminate', 'indeterminate', 'indeterminate', 'indeterminate'],
    ['harness-error', 'harness-error', 'harness-error', 'harness-error'],
  ])('of outcome %s is %s for a must, %s for a should, %s for a may', (kind, ...expected) => {
    expect(levels.map((level) => caseVerdict(outcomes[kind], level))).toEqual(expected);
  });
});

describe('the verdict on a requirement', () => {
  it('knows every verdict there is, once', () => {
    expect([...severity].sort()).toEqual([...verdicts].sort());
  });

  it('is that of its worst case', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...verdicts), { minLength: 1 }), (all) => {
        const worst = worstVerdict(all);
        expect(all).toContain(worst);
        expect(Math.min(...all.map((verdict) => severity.indexOf(verdict)))).toBe(severity.indexOf(worst));
      }),
    );
  });

  it('is not-applicable without any case', () => {
    expect(worstVerdict([])).toBe('not-applicable');
  });
});

type Judged = Pick<CaseResult, 'level' | 'verdict' | 'notApplicable' | 'scored' | 'knownIssue'>;

function judged(level: Level, verdict: Verdict, changes: Partial<Judged> = {}): Judged {
  return { level, verdict, ...(verdict === 'not-applicable' && { notApplicable: 'capability' as const }), ...changes };
}

const must = (verdict: Verdict, changes?: Partial<Judged>) => judged('must', verdict, changes);
const known = (kind: 'failing' | 'flaky' | 'could-not-run') => ({ knownIssue: { match: 'x', kind, reason: 'r' } });

describe('the figures and the verdict of a run', () => {
  const whole = { partial: false };

  it.each<[string, Judged[], string, number, number]>([
    ['all passed', [must('passed'), must('passed')], 'conformant', 0, 1],
    ['one of four failed', [must('passed'), must('passed'), must('passed'), must('failed')], 'non-conformant', 0.25, 1],
    ['an expected failure', [must('passed'), must('expected-failure', known('failing'))], 'non-conformant', 0.5, 1],
    ['a flaky one that failed', [must('passed'), must('expected-failure', known('flaky'))], 'non-conformant', 0.5, 1],
    ['an unexpected pass', [must('passed'), must('unexpected-pass', known('failing'))], 'conformant', 0, 1],
    ['one could not run', [must('passed'), must('could-not-run')], 'incomplete', 0, 0.5],
    ['listed as such', [must('passed'), must('expected-failure', known('could-not-run'))], 'incomplete', 0, 0.5],
    ['indeterminate', [must('passed'), must('indeterminate')], 'incomplete', 0, 0.5],
    ['a harness error', [must('passed'), must('harness-error')], 'incomplete', 0, 0.5],
    ['failed and could not run', [must('failed'), must('could-not-run')], 'non-conformant', 0.5, 0.5],
    ['a capability not declared', [must('passed'), must('not-applicable')], 'conformant', 0, 0.5],
    ['not in the version', [must('passed'), must('not-applicable', { notApplicable: 'version' })], 'conformant', 0, 1],
    [
      'a condition that did not arise',
      [must('passed'), must('not-applicable', { notApplicable: 'condition' })],
      'conformant',
      0,
      1,
    ],
    ['nothing', [], 'incomplete', 0, 0],
    ['nothing that applies', [must('not-applicable')], 'incomplete', 0, 0],
    ['a should that warned', [must('passed'), judged('should', 'warned')], 'conformant', 0, 1],
    ['a should that could not run', [must('passed'), judged('should', 'could-not-run')], 'incomplete', 0, 1],
    ['a may that could not run', [must('passed'), judged('may', 'could-not-run')], 'conformant', 0, 1],
    [
      'a should that is known',
      [must('passed'), judged('should', 'expected-failure', known('failing'))],
      'conformant',
      0,
      1,
    ],
    [
      'a should that is known not to run',
      [must('passed'), judged('should', 'expected-failure', known('could-not-run'))],
      'incomplete',
      0,
      1,
    ],
    ['a pass that was known not to run', [must('unexpected-pass', known('could-not-run'))], 'conformant', 0, 1],
    ['unjudged, and scored', [must('passed'), must('could-not-run', { scored: true })], 'incomplete', 0, 0.5],
    ['unjudged, and not scored', [must('passed'), must('could-not-run', { scored: false })], 'conformant', 0, 1],
    ['a failure that is not scored', [must('passed'), must('failed', { scored: false })], 'conformant', 0, 1],
  ])('%s', (_name, cases, verdict, divergence, coverage) => {
    expect(summarise(cases, whole)).toMatchObject({ verdict, divergence, coverage });
  });

  it('are never conformant for a part of a run, and a failure shows all the same', () => {
    expect(summarise([must('passed')], { partial: true }).verdict).toBe('incomplete');
    expect(summarise([must('failed')], { partial: true }).verdict).toBe('non-conformant');
  });

  it('count what is scored', () => {
    const cases = [must('passed'), must('passed', { scored: true }), must('passed', { scored: false })];
    expect(summarise(cases, whole).must.passed).toBe(2);
  });

  it('hold together for any cases', () => {
    const anyCase: fc.Arbitrary<Judged> = fc.record({
      level: fc.constantFrom(...levels),
      verdict: fc.constantFrom(...verdicts),
      notApplicable: fc.constantFrom('version' as const, 'capability' as const, 'condition' as const),
    });
    fc.assert(
      fc.property(fc.array(anyCase), fc.boolean(), (cases, partial) => {
        const { divergence, coverage, verdict, must, should, may } = summarise(cases, { partial });
        expect(divergence).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(1);
        expect(divergence).toBeLessThanOrEqual(coverage);
        expect(verdict === 'non-conformant').toBe(divergence > 0);
        if (partial) expect(verdict).not.toBe('conformant');
        const counted = [must, should, may].flatMap((counts) => Object.values(counts));
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(cases.length);
      }),
    );
  });

  it('do not change with cases of level may', () => {
    const cases = [must('passed'), must('failed'), judged('should', 'warned')];
    const { may: _without, ...figures } = summarise(cases, { partial: false });
    for (const verdict of verdicts) {
      const { may: _with, ...same } = summarise([...cases, judged('may', verdict)], { partial: false });
      expect(same).toEqual(figures);
    }
  });
});

const asBefore = must('failed');
const openAsBefore = must('could-not-run');
const warnedAsBefore = judged('should', 'warned');

describe('the exit code', () => {
  const usual: ExitConditions = {
    cases: [must('passed')],
    strict: false,
    unreachable: false,
    complete: true,
    interrupted: false,
    brokenRatchets: [],
    refusals: [],
  };
  const codeOf = (changes: Partial<ExitConditions>) => exitCodeOf({ ...usual, ...changes });

  it.each<[string, number, Partial<ExitConditions>]>([
    ['all passed', 0, {}],
    ['every failure is as in the baseline', 0, { cases: [must('passed'), asBefore], asBefore: [asBefore] }],
    ['one is worse', 1, { cases: [must('failed'), asBefore], asBefore: [asBefore] }],
    ['all is unjudged as in the baseline', 3, { cases: [openAsBefore], asBefore: [openAsBefore] }],
    ['some is', 0, { cases: [must('passed'), openAsBefore], asBefore: [openAsBefore] }],
    [
      'a should warned as in the baseline, under --strict',
      0,
      { strict: true, cases: [must('passed'), warnedAsBefore], asBefore: [warnedAsBefore] },
    ],
    ['every failure is known', 0, { cases: [must('passed'), must('expected-failure')] }],
    ['a should warned', 0, { cases: [must('passed'), judged('should', 'warned')] }],
    ['a should warned, under --strict', 1, { strict: true, cases: [must('passed'), judged('should', 'warned')] }],
    [
      'a known should, under --strict',
      0,
      { strict: true, cases: [must('passed'), judged('should', 'expected-failure')] },
    ],
    ['a may is not so, under --strict', 0, { strict: true, cases: [must('passed'), judged('may', 'not-applicable')] }],
    ['a must failed', 1, { cases: [must('failed')] }],
    ['an unexpected pass', 1, { cases: [must('passed'), must('unexpected-pass')] }],
    ['an unexpected pass of a should', 1, { cases: [must('passed'), judged('should', 'unexpected-pass')] }],
    ['a ratchet is broken', 1, { brokenRatchets: ['coverage fell'] }],
    ['a file is wrong', 2, { refusals: ['excuses every must'] }],
    ['a must could not run', 3, { cases: [must('passed'), must('could-not-run')] }],
    ['a should could not run', 3, { cases: [must('passed'), judged('should', 'could-not-run')] }],
    ['a may could not run', 0, { cases: [must('passed'), judged('may', 'could-not-run')] }],
    ['indeterminate', 3, { cases: [must('passed'), must('indeterminate')] }],
    ['a harness error', 3, { cases: [must('passed'), must('harness-error')] }],
    ['nothing ran', 3, { cases: [] }],
    ['nothing applied', 3, { cases: [must('not-applicable')] }],
    ['nothing but a may was judged', 3, { cases: [judged('may', 'passed')] }],
    ['the run did not end', 3, { complete: false }],
    ['the target is not there', 4, { unreachable: true, cases: [must('could-not-run')] }],
    ['interrupted', 130, { interrupted: true, complete: false }],
    ['failed and could not run', 1, { cases: [must('failed'), must('could-not-run')] }],
    ['not there, and a file is wrong', 2, { unreachable: true, refusals: ['x'] }],
    ['not there after a failure', 4, { unreachable: true, cases: [must('failed')] }],
    ['interrupted after a failure', 130, { interrupted: true, cases: [must('failed')] }],
    ['failures that are not scored', 0, { cases: [must('passed'), must('failed', { scored: false })] }],
  ])('%s: %i', (_name, exitCode, changes) => {
    const { exitCode: code, reasons } = codeOf(changes);
    expect(code).toBe(exitCode);
    expect(reasons.length > 0).toBe(exitCode !== 0);
  });

  it('is explained in words', () => {
    const of = (changes: Partial<ExitConditions>) => codeOf(changes).reasons;
    expect(
      of({ cases: [must('failed'), must('unexpected-pass'), must('failed')], brokenRatchets: ['coverage fell'] }),
    ).toEqual(['2 cases of level must failed', '1 case passed although listed as a known issue', 'coverage fell']);
    expect(of({ cases: [must('passed'), must('could-not-run')], complete: false })).toEqual([
      '1 case of level must or should ended could-not-run',
      'the run is not complete',
    ]);
    expect(of({ strict: true, cases: [must('passed'), judged('should', 'warned')] })).toEqual([
      '1 case of level should did not hold (--strict)',
    ]);
    expect(of({ cases: [] })).toEqual(['nothing of level must or should was judged']);
    expect(of({ unreachable: true })).toEqual(['the target cannot be reached or provisioned']);
    expect(of({ interrupted: true })).toEqual(['the run was interrupted']);
  });

  it('of several targets is the first that holds in the order 2, 4, 1, 3, 0', () => {
    const order = [130, 2, 4, 1, 3, 0];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...order), { minLength: 1 }), (codes) => {
        expect(worstExitCode(codes)).toBe(order.find((code) => codes.includes(code)));
      }),
    );
    expect(worstExitCode([])).toBe(3);
  });

  it('is 0 only when no must failed and nothing of must or should is open', () => {
    // A broken must is never warned, and a broken should never failed.
    const anyCase = fc
      .record({ level: fc.constantFrom(...levels), verdict: fc.constantFrom(...verdicts) })
      .filter(({ level, verdict }) => verdict !== (level === 'must' ? 'warned' : 'failed'));
    fc.assert(
      fc.property(fc.array(anyCase), fc.boolean(), (cases, strict) => {
        const binding = cases.filter(({ level }) => level !== 'may').map(({ verdict }) => verdict);
        const bad: Verdict[] = ['failed', 'unexpected-pass', 'could-not-run', 'indeterminate', 'harness-error'];
        const isGreen =
          !binding.some((verdict) => bad.includes(verdict) || (strict && verdict === 'warned')) &&
          binding.some((verdict) => verdict !== 'not-applicable');
        expect(codeOf({ cases, strict }).exitCode === 0).toBe(isGreen);
      }),
    );
  });
});
