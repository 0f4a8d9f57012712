/** Results made of given cases, for the tests of the reports: a run that never took place. */
import { verdicts } from '../../engine/results/verdict.ts';
import type { CaseResult, Counts, Level, RequirementResult, Results, Verdict } from '../../engine/results/results.ts';
import { createExchange, muteExchange, origin, rosterNotification } from './sample-exchanges.ts';

export function sampleRequirement(id: string, changes: Partial<RequirementResult> = {}): RequirementResult {
  return {
    id,
    level: 'must',
    evidence: 'documented',
    source: 'call: mute, section Response',
    url: 'https://learn.microsoft.com/graph/api/call-mute',
    statement: `What ${id} promises.`,
    verdict: 'passed',
    cases: [],
    ...changes,
  };
}

export function sampleCase(id: string, verdict: Verdict, changes: Partial<CaseResult> = {}): CaseResult {
  const [requirement = id] = id.split('/');
  const without = ['not-applicable', 'could-not-run', 'indeterminate', 'harness-error'].includes(verdict);
  const different = ['failed', 'warned', 'expected-failure'].includes(verdict);
  return {
    id,
    requirement,
    suite: requirement.split('.')[0] ?? requirement,
    title: `does what ${requirement} says`,
    level: verdict === 'warned' ? 'should' : 'must',
    path: id.endsWith('@app') ? '/app' : '/communications',
    verdict,
    durationMs: 12.5,
    exchanges: verdict === 'not-applicable' ? [] : [createExchange(), muteExchange()],
    notifications: verdict === 'not-applicable' ? [] : [rosterNotification()],
    ...(different && { expectation: 'status 200', actual: 'status 201', hint: 'the status line of the mute reply' }),
    ...(without && { reason: `why it is ${verdict}` }),
    ...(verdict === 'not-applicable' && { notApplicable: 'capability' as const }),
    ...(verdict.includes('expected') && {
      knownIssue: {
        match: id,
        kind: 'failing' as const,
        reason: 'gateway',
        issue: 'https://example.com/bugs/12',
        line: 3,
      },
    }),
    ...changes,
  };
}

function counts(cases: readonly CaseResult[], level: Level): Counts {
  const count: Counts = {
    passed: 0,
    failed: 0,
    warned: 0,
    'not-applicable': 0,
    'could-not-run': 0,
    indeterminate: 0,
    'harness-error': 0,
    'expected-failure': 0,
    'unexpected-pass': 0,
  };
  for (const each of cases) if (each.level === level) count[each.verdict] += 1;
  return count;
}

type Changes = { [Part in 'suite' | 'target' | 'run' | 'summary']?: Partial<Results[Part]> } & {
  requirements?: RequirementResult[];
};

/** Results that consist of the given cases; the summary is counted, everything can be overridden. */
export function sampleResults(cases: CaseResult[], changes: Changes = {}): Results {
  const must = counts(cases, 'must');
  const all = Object.values(must).reduce((sum, count) => sum + count, 0) || 1;
  const failed = must.failed + must['expected-failure'];
  const judged = must.passed + must['unexpected-pass'] + failed;
  const rank = (verdict: Verdict): number => (verdict === 'passed' ? -1 : verdicts.indexOf(verdict));
  const requirements =
    changes.requirements ??
    [...new Set(cases.map((each) => each.requirement))].map((id) => {
      const own = cases.filter((each) => each.requirement === id);
      const worst = own.toSorted((one, other) => rank(other.verdict) - rank(one.verdict))[0];
      return sampleRequirement(id, {
        level: worst?.level ?? 'must',
        verdict: worst?.verdict ?? 'not-applicable',
        cases: own.map((each) => each.id),
      });
    });
  const unsettled = must['could-not-run'] + must.indeterminate + must['harness-error'] > 0;
  return {
    schemaVersion: 1,
    suite: { name: 'call-mute-conformance', version: '0.1.0', requirementSet: 'call-mute/2024-04', ...changes.suite },
    target: {
      name: 'sample',
      baseUrl: origin,
      apiVersion: 'beta',
      capabilities: { app: true, operations: false },
      ...changes.target,
    },
    run: {
      id: 'b7f1c1de-6c0e-4f0f-9a44-6a1b1e6f2c3d',
      startedAt: '2026-05-04T09:30:00.000Z',
      durationMs: 1912.4,
      seed: 42,
      complete: true,
      partial: false,
      exitCode: failed > 0 ? 1 : 0,
      filters: {},
      ...changes.run,
    },
    summary: {
      verdict: failed > 0 ? 'non-conformant' : unsettled ? 'incomplete' : 'conformant',
      divergence: failed / all,
      coverage: judged / all,
      must,
      should: counts(cases, 'should'),
      may: counts(cases, 'may'),
      ...changes.summary,
    },
    cases,
    requirements,
  };
}
