/**
 * Results of runs that never took place, for the tests of the reports. Ids and names are made up; the shapes are
 * those of specs/results.schema.json.
 */
import { verdicts } from '../../engine/results/verdict.ts';
import type {
  CaseResult,
  Counts,
  Evidence,
  Exchange,
  Level,
  NotificationRecord,
  RequirementResult,
  Results,
  Verdict,
} from '../../engine/results/results.ts';

const call = '6f1d3a52-9d0e-4c57-8a31-0b7c5f0e9a11';
const operation = '0c9be7a4-2f3d-4a86-9d25-7be1e3c1f5d2';
const origin = 'http://localhost:8080/beta';

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

export function muteExchange(changes: Partial<Exchange> = {}): Exchange {
  const url = `${origin}/communications/calls/${call}/mute`;
  return {
    step: 'mute',
    sentAtMs: 112.4,
    request: {
      method: 'POST',
      url,
      headers: {
        authorization: 'Bearer $TOKEN',
        'content-type': 'application/json',
        'client-request-id': '3f0a8c8e-6d5e-5a3c-9b7e-2d4f6a8b0c1d',
      },
      body: '{"clientContext":"sample-context"}',
    },
    response: {
      status: 200,
      headers: {
        'content-type': 'application/json',
        location: `${origin}/communications/calls/${call}/operations/${operation}`,
        'set-cookie': ['a=1', 'b=2'],
      },
      body: JSON.stringify({
        '@odata.type': '#microsoft.graph.muteParticipantOperation',
        id: operation,
        status: 'completed',
        clientContext: 'sample-context',
      }),
    },
    ms: 3.1,
    curl: `curl -i -X POST '${url}' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"clientContext":"sample-context"}'`,
    ...changes,
  };
}

export function createExchange(): Exchange {
  const body = '{"callbackUri":"http://127.0.0.1:45123/c/5d2c","targets":[{},{}]}';
  return muteExchange({
    step: 'create call',
    sentAtMs: 100,
    request: { method: 'POST', url: `${origin}/communications/calls`, headers: {}, body },
    response: { status: 201, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id: call }) },
    ms: 2.2,
    curl: `curl -i -X POST '${origin}/communications/calls' -H "Authorization: Bearer $TOKEN" -d '${body}'`,
  });
}

export function rosterNotification(changes: Partial<NotificationRecord> = {}): NotificationRecord {
  return {
    receivedAtMs: 121.9,
    kind: 'roster',
    method: 'POST',
    path: '/c/5d2c?run=7',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      '@odata.type': '#microsoft.graph.commsNotifications',
      value: [
        {
          '@odata.type': '#microsoft.graph.commsNotification',
          changeType: 'updated',
          resourceUrl: `/communications/calls/${call}/participants`,
          resourceData: [{ '@odata.type': '#microsoft.graph.participant', id: 'p-1', isMuted: true, isInLobby: false }],
        },
      ],
    }),
    problems: [],
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

/** One case of each verdict, on both paths, with what a real run adds: attempts, checks, notes, traffic. */
export function variedResults(): Results {
  const cases = verdicts.flatMap((verdict) => [
    sampleCase(`${verdict}.rule/one`, verdict),
    sampleCase(`${verdict}.rule/one@app`, verdict, { durationMs: 40 }),
  ]);
  cases.push(
    sampleCase('location.operation/names-the-operation', 'failed', {
      expectation: `operation ${operation} of call ${call}`,
      actual: `operation ${operation} of call 00000000-0000-4000-8000-000000000000`,
      checked: ['status 200', 'one Location header'],
      firstAttempt: { verdict: 'indeterminate', reason: 'the connection was reset', exchanges: [createExchange()] },
    }),
    sampleCase('path.qualified-action/recorded', 'passed', { level: 'may', actual: 'answered 404' }),
  );
  return sampleResults(cases, {
    run: {
      notes: ['capability app is declared and served'],
      exitReasons: ['a must failed'],
      traffic: {
        requests: 60,
        unanswered: 1,
        throttled: 2,
        throttleWaitMs: 2000,
        notifications: 20,
        strangers: 1,
        callsCreated: 18,
        callsLeaked: 0,
      },
    },
  });
}

/** A full run against a healthy target: so many cases, each with what a roster case records. */
export function healthyResults(count: number): Results {
  const suites = ['status', 'response', 'location', 'group', 'roster', 'context', 'auth', 'error', 'state', 'body'];
  const cases = Array.from({ length: count }, (_, index) => {
    const suite = suites[index % suites.length] ?? 'status';
    const path = index % 2 === 0 ? '' : '@app';
    const requirement = `${suite}.rule-${Math.floor(index / 30)}`;
    return sampleCase(`${requirement}/case-${Math.floor(index / 2)}${path}`, 'passed', {
      exchanges: [
        createExchange(),
        muteExchange(),
        muteExchange({ step: 'list participants' }),
        muteExchange({ step: 'delete call' }),
      ],
      notifications: [rosterNotification({ kind: 'call' }), rosterNotification(), rosterNotification()],
      checked: ['status 200', 'the roster update names the call'],
    });
  });
  return sampleResults(cases);
}

/** A run in which nothing was right: so many cases of a hundred requirements, on both paths, each failed. */
export function failingResults(count: number): Results {
  const cases = Array.from({ length: count }, (_, index) => {
    const pair = Math.floor(index / 2);
    const rule = pair % 100;
    return sampleCase(`suite-${rule % 17}.rule-${rule}/case-${pair}${index % 2 === 0 ? '' : '@app'}`, 'failed');
  });
  return sampleResults(cases);
}

/** The results with a cause for each requirement that has a failing case. */
export function withSampleCauses(results: Results): Results {
  const failing = results.requirements.filter(({ verdict }) => verdict === 'failed');
  const causes = failing.map(({ id, statement, cases }) => {
    const [first = ''] = cases;
    return { requirement: id, statement, advice: `what makes ${id}`, likely: 'some-fault', first, explains: cases };
  });
  return { ...results, causes };
}

/** Every field that a target or a file can fill carries the given text. */
export function hostileResults(text: string): Results {
  const levels: Level[] = ['must', 'should', 'may'];
  const evidence: Evidence[] = ['documented', 'schema', 'example'];
  const request = { method: text, url: text, headers: { [text]: text, twice: [text, text] }, body: text };
  const exchange: Exchange = {
    step: text,
    sentAtMs: 1,
    request,
    response: { status: 200, headers: { [text]: [text, text] }, body: text, truncated: true },
    failure: text,
    ms: 1,
    curl: text,
  };
  const notification: NotificationRecord = {
    receivedAtMs: 2,
    kind: text,
    method: text,
    path: text,
    headers: { [text]: text },
    body: text,
    problems: [text],
  };
  const cases = verdicts.flatMap((verdict) =>
    levels.map((level) =>
      sampleCase(`${verdict}.${level}/hostile`, verdict, {
        suite: text,
        title: text,
        level,
        expectation: text,
        actual: text,
        hint: text,
        reason: text,
        checked: [text],
        knownIssue: { match: text, kind: 'failing', reason: text, issue: text, until: text, line: 1 },
        firstAttempt: { verdict: 'indeterminate', reason: text, exchanges: [exchange] },
        exchanges: [exchange],
        notifications: [notification],
        truncated: true,
      }),
    ),
  );
  const requirements = cases.map((each, index) =>
    sampleRequirement(each.requirement, {
      level: each.level,
      evidence: evidence[index % 3] ?? 'documented',
      source: text,
      url: text,
      statement: text,
      capability: text,
      verdict: each.verdict,
      cases: [each.id],
    }),
  );
  return sampleResults(cases, {
    requirements,
    suite: { name: text, version: text, requirementSet: text },
    target: {
      ...{ name: text, baseUrl: text, apiVersion: text, version: text, commit: text, ci: text },
      insecure: true,
      capabilities: { [text]: true },
    },
    run: {
      id: text,
      partial: true,
      complete: false,
      exitReasons: [text],
      notes: [text],
      filters: { [text]: [text] },
      unreachable: { request: text, problem: text, advice: text },
    },
  });
}
