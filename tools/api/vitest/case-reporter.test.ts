import { describe, expect, it } from 'vitest';
import type { CaseRecord, Outcome } from '../../engine/results/outcome.ts';
import type { Results, RunHeader } from '../../engine/results/results.ts';
import { CaseReporter } from './case-reporter.ts';
import type { ReportedCase } from './messages.ts';

const ids = ['status.success/answers', 'location.call/names', 'transport.answered/answers'] as const;

function header(members: Partial<RunHeader> = {}, repeat = 1): RunHeader {
  return {
    event: 'run',
    schemaVersion: 1,
    suite: { name: 'call-mute-conformance', version: '1.0.0', requirementSet: 'call-mute/2024-04' },
    target: { name: 'acme', baseUrl: 'http://acme/beta', apiVersion: 'beta', capabilities: {} },
    run: { id: '1', startedAt: '2026-01-01T00:00:00Z', seed: 7, filters: {}, repeat },
    strict: false,
    cases: ids.map((id) => ({
      id,
      requirement: id.replace(/\/.*/, ''),
      suite: 'any',
      title: id,
      path: '/communications' as const,
      ...(id.startsWith('transport') && { scope: 'run' as const }),
    })),
    requirements: ids.map((id) => ({
      id: id.replace(/\/.*/, ''),
      level: 'must' as const,
      evidence: 'documented' as const,
      source: 'a page',
      statement: 'It is so.',
    })),
    knownIssues: [],
    ...members,
  };
}

const satisfied: Outcome = { kind: 'satisfied' };
const violated: Outcome = { kind: 'violated', expectation: 'one', actual: 'two' };
const inapplicable: Outcome = { kind: 'not-applicable', because: 'capability', reason: 'not declared' };

function record(id: string, outcome: Outcome, repetition = 0): CaseRecord {
  return { target: 'acme', id, repetition, outcome, checked: [], durationMs: 1, exchanges: [], notifications: [] };
}

function telling(given: RunHeader, judgedAtEnd?: string) {
  const reported: ReportedCase[] = [];
  const reporter = new CaseReporter(
    [given],
    (one) => reported.push(one),
    (requirement) => requirement === judgedAtEnd,
  );
  return { reporter, verdicts: () => reported.map(({ row }) => [row.id, row.verdict]), reported };
}

describe('CaseTeller', () => {
  it('keeps a case that the whole run may still change until that has ended', () => {
    const given = header();
    const { reporter, verdicts } = telling(given, 'status.success');
    reporter.onCase(record(ids[0], satisfied));
    reporter.onCase(record(ids[1], satisfied));
    expect(verdicts()).toEqual([[ids[1], 'passed']]);
    const amended = {
      ...record(ids[0], violated),
      verdict: 'failed',
      level: 'must',
      title: ids[0],
      path: '/communications',
    };
    reporter.end({
      target: given.target,
      cases: [{ ...amended, requirement: 'status.success', suite: 'any' }],
    } as unknown as Results);
    expect(verdicts()).toEqual([
      [ids[1], 'passed'],
      [ids[0], 'failed'],
    ]);
  });

  it('tells of a case as soon as it has ended, as the known issues have it', () => {
    const knownIssues = [{ match: 'location.*', kind: 'failing' as const, reason: 'the gateway' }];
    const { reporter, verdicts } = telling(header({ knownIssues }));
    reporter.onCase(record(ids[0], violated));
    expect(verdicts()).toEqual([[ids[0], 'failed']]);
    reporter.onCase(record(ids[1], violated));
    expect(verdicts()).toEqual([
      [ids[0], 'failed'],
      [ids[1], 'expected-failure'],
    ]);
  });

  it('waits for every repetition, and for one of what judges the whole run', () => {
    const { reporter, verdicts, reported } = telling(header({}, 2));
    reporter.onCase(record(ids[0], satisfied, 0));
    expect(verdicts()).toEqual([]);
    reporter.onCase(record(ids[0], violated, 1));
    reporter.onCase(record(ids[2], satisfied));
    expect(verdicts()).toEqual([
      [ids[0], 'failed'],
      [ids[2], 'passed'],
    ]);
    expect(reported[0]?.row.repeats).toMatchObject({ runs: 2, flaky: true });
  });

  it('holds back what does not apply until the target is known to be there', () => {
    const { reporter, verdicts } = telling(header());
    reporter.onCase(record(ids[0], inapplicable));
    expect(verdicts()).toEqual([]);
    reporter.onCase(record(ids[1], satisfied));
    expect(verdicts()).toEqual([
      [ids[0], 'not-applicable'],
      [ids[1], 'passed'],
    ]);
  });

  it('tells at the end what was not reported yet, as the results have it', () => {
    const { reporter, verdicts } = telling(header());
    reporter.onCase(record(ids[0], inapplicable));
    const cases = ids.map((id) => ({ id, verdict: 'could-not-run', exchanges: [], notifications: [] }));
    reporter.end({ target: { name: 'acme' }, cases } as unknown as Results);
    expect(verdicts()).toEqual(ids.map((id) => [id, 'could-not-run']));
  });

  it('leaves out what was sent and received, but for the request that the verdict is about', () => {
    const { reporter, reported } = telling(header());
    const exchange = {
      step: 'mute',
      sentAtMs: 1,
      request: { method: 'POST', url: 'http://acme', headers: {}, body: null },
      ms: 1,
      curl: 'curl http://acme',
    };
    const firstAttempt = { verdict: 'indeterminate' as const, reason: 'reset', exchanges: [exchange] };
    reporter.onCase({ ...record(ids[0], violated), exchanges: [exchange], firstAttempt });
    expect(reported).toEqual([
      {
        target: 'acme',
        curl: 'curl http://acme',
        row: expect.objectContaining({ firstAttempt: { verdict: 'indeterminate', reason: 'reset' } }) as unknown,
      },
    ]);
    expect(reported[0]?.row).not.toHaveProperty('exchanges');
    expect(reported[0]?.row).not.toHaveProperty('notifications');
  });
});
