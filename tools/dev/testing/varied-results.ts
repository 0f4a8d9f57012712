/** Runs that never took place, each of its own kind, for the tests of the reports. */
import { verdicts } from '../../engine/results/verdict.ts';
import type { Evidence, Exchange, Level, NotificationRecord, Results } from '../../engine/results/results.ts';
import { call, createExchange, muteExchange, operation, rosterNotification } from './sample-exchanges.ts';
import { sampleCase, sampleRequirement, sampleResults } from './sample-results.ts';

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
