import type { CaseResult, RequirementResult, Results } from '../engine/results/results.ts';
import { printable } from './printable.ts';
import { repeatWords } from './repeats.ts';
import { requestMs } from '../engine/results/request-time.ts';
import { body, message, testOutcome } from './test-outcome.ts';
import { requirementFinder } from './verdicts.ts';

/** The version of the format that is written: https://ctrf.io, whose schema the tests check it against. */
const specVersion = '0.0.0';

export interface CtrfOptions {
  /** The file goes where those of other targets go: tests then say whose they are. */
  readonly amongSeveral?: boolean;
}

type Status = 'passed' | 'failed' | 'skipped' | 'other';

/** The Common Test Report Format, as JSON text: a test for each case, with the case id as its name. */
export function renderCtrf(results: Results, { amongSeveral = false }: CtrfOptions = {}): string {
  const { suite, target, run, summary, cases } = results;
  const start = Date.parse(run.startedAt);
  const stop = start + Math.round(run.durationMs);
  const row = requirementFinder(results);
  const tests = cases.map((each) => test(each, row(each), results, amongSeveral));
  const having = (status: Status) => tests.filter((each) => each.status === status).length;
  const report = {
    reportFormat: 'CTRF',
    specVersion,
    ...(run.id !== '' && { runId: run.id }),
    timestamp: new Date(stop).toISOString(),
    generatedBy: `${suite.name} ${suite.version}`,
    results: {
      tool: { name: suite.name || 'call-mute-conformance', version: suite.version },
      summary: {
        tests: tests.length,
        passed: having('passed'),
        failed: having('failed'),
        skipped: having('skipped'),
        pending: 0,
        other: having('other'),
        flaky: tests.filter(({ flaky }) => flaky).length,
        suites: new Set(cases.map((each) => each.suite)).size,
        start,
        stop,
        duration: stop - start,
        extra: { verdict: summary.verdict, divergence: summary.divergence, coverage: summary.coverage },
      },
      tests,
      environment: {
        appName: target.name,
        ...(target.version !== undefined && { appVersion: target.version }),
        ...(target.commit !== undefined && { commit: target.commit }),
        ...(target.ci !== undefined && { buildUrl: target.ci }),
        testEnvironment: target.baseUrl,
        ...(run.shard !== undefined && { shardId: run.shard }),
        healthy: run.exitCode === 0,
        extra: {
          apiVersion: target.apiVersion,
          requirementSet: suite.requirementSet,
          seed: run.seed,
          exitCode: run.exitCode,
          ...(run.exitReasons && { exitReasons: run.exitReasons }),
        },
      },
    },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** What has no verdict is neither passed nor failed. */
function statusOf(each: CaseResult, results: Results): Status {
  switch (testOutcome(each, results)) {
    case 'failure':
      return 'failed';
    case 'error':
      return 'other';
    case 'skipped':
      return 'skipped';
    default:
      return 'passed';
  }
}

function test(each: CaseResult, row: RequirementResult | undefined, results: Results, amongSeveral: boolean) {
  const status = statusOf(each, results);
  const { firstAttempt, repeats } = each;
  const hasMessage = status !== 'passed' || each.verdict === 'warned';
  return {
    testId: amongSeveral ? `${results.target.name}: ${each.id}` : each.id,
    name: each.id,
    status,
    rawStatus: each.verdict,
    duration: Math.round(requestMs(each)),
    suite: amongSeveral ? [results.target.name, each.suite] : [each.suite],
    ...(hasMessage && { message: printable(message(each, results)) }),
    ...(hasMessage && status !== 'skipped' && { trace: body(each, row, results) }),
    tags: [each.level, each.path],
    labels: { requirement: each.requirement, level: each.level, evidence: row?.evidence ?? 'unknown', path: each.path },
    ...(firstAttempt !== undefined && {
      retries: 1,
      retryAttempts: [{ attempt: 1, status: 'other', message: printable(firstAttempt.reason) }],
    }),
    // A test that passed after an attempt that did not.
    flaky: firstAttempt !== undefined && status === 'passed',
    extra: {
      title: each.title,
      ...(row !== undefined && { statement: row.statement, source: row.source }),
      ...(repeats !== undefined && { repeats: repeatWords(repeats) }),
    },
  };
}
