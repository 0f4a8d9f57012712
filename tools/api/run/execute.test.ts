import { describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../engine/results/outcome.ts';
import type { RunEvent } from '../../engine/results/results.ts';
import type { Worker } from '../../engine/run/worker.ts';
import type { Target } from '../../engine/target/target.ts';
import {
  violated,
  caseRecord,
  satisfied,
  plannedCase,
  runHeader,
  sampleTargetRecord,
} from '../../dev/testing/sample-run.ts';
import { type Execution, executeRun, type TargetRun, withMockAdvice } from './execute.ts';

const ids = ['must.a/x', 'must.a/y', 'must.b/over'];

function targetRun(name = 'sample', repeat = 1): TargetRun & { readonly logged: RunEvent[] } {
  const logged: RunEvent[] = [];
  const header = runHeader(ids);
  const cases = ids.map((id) => plannedCase(id, id === 'must.b/over' ? { scope: 'run' } : {}));
  return {
    target: { name, secrets: ['s3cret'], notes: [] } as unknown as Target,
    header: { ...header, cases, run: { ...header.run, repeat } },
    log: { append: (event) => logged.push(event), close: () => undefined, remove: () => undefined },
    folder: undefined,
    records: [],
    targetRecord: undefined,
    logged,
  };
}

function execution(run: Worker['run'], changes: Partial<Execution> = {}): Execution {
  return {
    plan: { seed: 1, concurrency: 1, repeat: 1, keepCalls: false, targetsAtOnce: 1 },
    unreachable: new Map(),
    interrupted: new AbortController().signal,
    bail: false,
    timeLimit: { ms: 60_000, written: '1m' },
    onCase: () => undefined,
    worker: { run },
    ...changes,
  };
}

const record = (id: string) => caseRecord(id, satisfied) as CaseRecord;

/** A worker that ends some cases and then does what it is told. */
const worker =
  (ended: readonly string[], then: (stop: AbortSignal) => Promise<string[]> | string[]): Worker['run'] =>
  async (_plan, events, stop) => {
    for (const id of ended) events.onCase(record(id));
    if (ended.length === ids.length) events.onTarget(sampleTargetRecord as never);
    return { problems: await then(stop) };
  };

describe('a run that is executed', () => {
  it('keeps every record, in memory and in the log', async () => {
    const run = targetRun();
    const seen: string[] = [];
    const ends = await executeRun(
      [run],
      execution(
        worker(ids, () => []),
        { onCase: ({ id }) => void seen.push(id) },
      ),
    );
    expect(ends.get(run)).toEqual({ interrupted: false });
    expect(run.records.map(({ id }) => id)).toEqual(ids);
    expect(seen).toEqual(ids);
    expect(run.logged.map(({ event }) => event)).toEqual(['case', 'case', 'case', 'target']);
    expect(run.targetRecord?.traffic.requests).toBe(9);
  });

  it.each<[string, Worker['run'], Partial<Execution>, object]>([
    [
      'the worker died',
      worker(['must.a/x'], () => ['it exited']),
      {},
      { kind: 'harness-error', reason: expect.stringMatching(/it exited/) },
    ],
    [
      'it could not be started',
      () => Promise.reject(new Error('no thread with s3cret')),
      {},
      { kind: 'harness-error', reason: expect.stringMatching(/no thread with \[redacted\]/) },
    ],
    [
      'records are lost',
      worker(['must.a/x'], () => []),
      {},
      { kind: 'harness-error', reason: expect.stringMatching(/no record/) },
    ],
    [
      'the user interrupted',
      worker(['must.a/x'], () => []),
      { interrupted: AbortSignal.abort() },
      { kind: 'could-not-run', reason: 'the run was interrupted' },
    ],
    [
      'the time was over, and the worker ended',
      worker(['must.a/x'], (stop) => new Promise((resolve) => stop.addEventListener('abort', () => resolve([])))),
      { timeLimit: { ms: 50, written: '50ms' } },
      { kind: 'could-not-run', reason: expect.stringMatching(/within 50ms \(--run-timeout\)/) },
    ],
    [
      'the time was over, and the worker hangs',
      worker(['must.a/x'], () => new Promise(() => undefined)),
      { timeLimit: { ms: 50, written: '50ms' } },
      { kind: 'could-not-run', reason: expect.stringMatching(/--run-timeout/) },
    ],
  ])('says why cases are missing: %s', async (_name, start, changes, missing) => {
    const run = targetRun();
    const ends = await executeRun([run], execution(start, changes));
    expect(ends.get(run)).toMatchObject({ missing });
  });

  describe('under --bail', () => {
    const listed = { match: 'must.a', kind: 'failing', reason: 'known', line: 2 } as const;
    /** A worker whose first case breaks, and that goes on until it is told to stop. */
    const breaking =
      (id: string): Worker['run'] =>
      async (_plan, events, stop) => {
        events.onCase({ ...record(id), outcome: violated } as CaseRecord);
        if (!stop.aborted) for (const other of ids) if (other !== id) events.onCase(record(other));
        return { problems: [] };
      };

    it('ends with the first must that fails, whatever is under way', async () => {
      const run = targetRun();
      const ends = await executeRun([run], execution(breaking('must.a/x'), { bail: true }));
      expect(run.records).toHaveLength(1);
      const reason = 'the run was ended by the first failed must (--bail)';
      expect(ends.get(run)).toEqual({ interrupted: false, missing: { kind: 'could-not-run', reason } });
    });

    it('goes on after a known failure, one that is not scored, and where nothing was said of it', async () => {
      const [known, unscored, unasked] = [targetRun(), targetRun(), targetRun()];
      Object.assign(known.header, { knownIssues: [listed] });
      Object.assign(unscored.header, { unscored: ['must.a/x'] });
      for (const run of [known, unscored, unasked]) {
        const ends = await executeRun([run], execution(breaking('must.a/x'), { bail: run !== unasked }));
        expect(ends.get(run)).toEqual({ interrupted: false });
        expect(run.records).toHaveLength(3);
      }
    });
  });

  it('sends nothing to a target that did not come up, and goes on with the others', async () => {
    const [gone, there] = [targetRun('gone', 2), targetRun()];
    const why = { request: 'GET http://gone', problem: 'nothing answered', advice: 'start it' };
    let asked: readonly string[] = [];
    const start: Worker['run'] = (plan, events, stop) => {
      asked = plan.targets.map(({ name }) => name);
      return worker(ids, () => [])(plan, events, stop);
    };
    const ends = await executeRun([gone, there], execution(start, { unreachable: new Map([['gone', why]]) }));
    expect(asked).toEqual(['sample']);
    expect([ends.get(gone), ends.get(there)]).toEqual([{ interrupted: false }, { interrupted: false }]);
    const { request, problem } = why;
    expect(gone.targetRecord).toMatchObject({ unreachable: { request, problem }, traffic: { requests: 0 } });
    // Two cases twice, and what judges the whole run once.
    expect(gone.records).toHaveLength(5);
    expect(new Set(gone.records.map(({ outcome }) => outcome.kind))).toEqual(new Set(['could-not-run']));
  });
});

describe('a mock in this process', () => {
  const unreachable = { request: 'POST /', problem: 'nothing listens', advice: 'Is the target running?' };

  it.each(['fetch-interceptor', 'client-request-interceptor'])(
    'says with an active %s that a mock is not asked',
    (name) => {
      const { advice } = withMockAdvice(unreachable, { [Symbol.for(name)]: {} });
      expect(advice).toMatch(/^Is the target running\? A mock of this process .* serve it on a port\.$/);
    },
  );

  it('says nothing of mocks where there is none', () => {
    expect(withMockAdvice(unreachable, {})).toEqual(unreachable);
  });
});
