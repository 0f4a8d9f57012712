import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { suites } from '../../../suites/index.ts';
import { embeddedTarget } from '../../api/run/embedded-target.ts';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import { defaultTimeouts, type Target } from '../target/target.ts';
import { casesOf, type RunnableCase } from '../cases/suite.ts';
import type { CaseContext } from '../../graph/context.ts';
import type { RunContext } from '../../graph/run-context.ts';
import { muteOperation } from '../../graph/mute-operation.ts';
import type { RunPlan } from './worker-messages.ts';
import { runSchedule } from './schedule.ts';

const emulators: EmulatorServer[] = [];
afterEach(() => Promise.all(emulators.splice(0).map((emulator) => emulator.close())));

/** The first cases of the suites whose ids begin so. */
function casesLike(...begins: readonly string[]): RunnableCase<CaseContext, RunContext>[] {
  return begins.map((begin) => {
    const found = casesOf(suites).find(({ id }) => id.startsWith(begin));
    if (found === undefined) throw new Error(`the suites have no case ${begin}`);
    return found;
  });
}

/** Two cases and one that judges the whole run, which stands first, so that it is not last by chance. */
const usual = casesLike('transport.answered/', 'path.communications/', 'body.empty-object/');

async function emulatedTarget(name: string, callbackPort = 0): Promise<Target> {
  const emulator = await startEmulatorServer();
  emulators.push(emulator);
  const callback = { host: '127.0.0.1', port: callbackPort, tls: false };
  return { ...embeddedTarget(emulator, 'beta', defaultTimeouts, callback, {}), name };
}

interface Ended {
  readonly records: CaseRecord[];
  readonly targets: TargetRecord[];
  readonly problems: string[];
}

/** Runs those cases, one at a time on each target and one target at a time, unless said otherwise. */
async function schedule(
  targets: readonly Target[],
  changes: Partial<RunPlan> = {},
  {
    cases = usual,
    stop = new AbortController(),
    onCase,
  }: { cases?: typeof usual; stop?: AbortController; onCase?: (record: CaseRecord) => void } = {},
): Promise<Ended> {
  const ended: Ended = { records: [], targets: [], problems: [] };
  const plan: RunPlan = {
    targets,
    cases: cases.map(({ id }) => id),
    seed: 1,
    concurrency: 4,
    repeat: 1,
    keepCalls: false,
    targetsAtOnce: 1,
    casesAtOnce: 1,
    ...changes,
  };
  await runSchedule(muteOperation, plan, cases, stop.signal, {
    onCase(record) {
      ended.records.push(record);
      onCase?.(record);
    },
    onTarget: (record) => ended.targets.push(record),
    onProblem: (error) => ended.problems.push(String(error)),
  });
  return ended;
}

const inShort = ({ target, id, repetition, outcome }: CaseRecord) =>
  `${target}: ${repetition} ${id.split('/')[0] ?? ''} ${outcome.kind}`;

describe('a schedule', () => {
  it('runs every case once before any comes again, and what judges the whole run last', async () => {
    const { records, targets, problems } = await schedule([await emulatedTarget('a')], { repeat: 3 });
    const times = [0, 1, 2].flatMap((time) => [
      `a: ${time} path.communications satisfied`,
      `a: ${time} body.empty-object satisfied`,
    ]);
    expect(records.map(inShort)).toEqual([...times, 'a: 0 transport.answered satisfied']);
    expect(targets).toMatchObject([{ target: 'a', traffic: { unanswered: 0, callsLeaked: 0 } }]);
    expect(problems).toEqual([]);
  });

  it('begins with a target when the cases of the one before it have ended', async () => {
    const both = [await emulatedTarget('a'), await emulatedTarget('b')];
    const { records, targets } = await schedule(both);
    const ofCases = records.filter(({ id }) => !id.startsWith('transport.'));
    expect(ofCases.map(({ target }) => target)).toEqual(['a', 'a', 'b', 'b']);
    expect(records).toHaveLength(6);
    expect(targets.map(({ target }) => target).toSorted()).toEqual(['a', 'b']);
  });

  it('ends all of a target when it cannot listen for callbacks, says so once, and goes on with the next', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { records, targets, problems } = await schedule([await emulatedTarget('a', port), await emulatedTarget('b')]);
    taken.close();
    expect(problems).toEqual([expect.stringMatching(/EADDRINUSE/)]);
    expect(records.map(inShort)).toContain('b: 0 transport.answered satisfied');
    expect(new Set([...records, ...targets].map(({ target }) => target))).toEqual(new Set(['b']));
  });

  it('begins nothing more once it is to stop, however much is left, and says how it went so far', async () => {
    const stop = new AbortController();
    const target = await emulatedTarget('a');
    const { records, targets, problems } = await schedule(
      [target],
      { repeat: 100_000 },
      { stop, onCase: () => stop.abort() },
    );
    expect(records.map(inShort)).toEqual(['a: 0 path.communications satisfied']);
    expect(targets).toMatchObject([{ traffic: { callsLeaked: 0 } }]);
    expect(problems).toEqual([]);
  });

  it('goes on after whoever is told of a case has thrown', async () => {
    const { records, problems } = await schedule(
      [await emulatedTarget('a')],
      {},
      {
        onCase({ id }) {
          if (id.startsWith('path.')) throw new Error('it cannot be sent');
        },
      },
    );
    expect(records).toHaveLength(3);
    expect(problems).toEqual(['Error: it cannot be sent']);
  });

  describe('with cases that look at what others may have shown', () => {
    const looking = casesLike('location.present/', 'response.id/', 'header.request-id/');
    const requests = ({ targets: [record] }: Ended) => record?.traffic.requests;

    it('lets one of them ask, and shows the others that answer', async () => {
      const alone = await schedule([await emulatedTarget('a')], {}, { cases: looking.slice(0, 1) });
      const ended = await schedule([await emulatedTarget('a')], {}, { cases: looking });
      expect(requests(ended)).toBe(requests(alone));
      expect(ended.records.map(inShort)).toEqual([
        'a: 0 location.present satisfied',
        'a: 0 response.id satisfied',
        'a: 0 header.request-id satisfied',
      ]);
      expect(ended.records.map(({ observed }) => observed)).toEqual([
        undefined,
        { count: 1, violated: 0 },
        { count: 1, violated: 0 },
      ]);
      for (const { exchanges } of ended.records) {
        expect(exchanges).toContainEqual(expect.objectContaining({ step: 'mute' }));
      }
    });

    it('lets none ask where another case has shown it, however early they stand', async () => {
      const alone = await schedule([await emulatedTarget('a')], {}, { cases: casesLike('path.communications/') });
      const all = [...looking, ...casesLike('path.communications/')];
      const ended = await schedule([await emulatedTarget('a')], {}, { cases: all });
      expect(requests(ended)).toBe(requests(alone));
      expect(ended.records[0]?.id).toMatch(/^path\.communications/);
      expect(ended.records.map(({ outcome }) => outcome.kind)).toEqual([
        'satisfied',
        'satisfied',
        'satisfied',
        'satisfied',
      ]);
    });

    it('asks as often as it is repeated', async () => {
      const once = await schedule([await emulatedTarget('a')], {}, { cases: looking.slice(0, 1) });
      const often = await schedule([await emulatedTarget('a')], { repeat: 3 }, { cases: looking.slice(0, 1) });
      // The contact with the target is one.
      const [one = 0, three = 0] = [requests(once), requests(often)];
      expect(three - one).toBe(2 * 3);
    });

    it('lets each ask for itself where the run is recorded', async () => {
      const { records } = await schedule([await emulatedTarget('a')], { record: true }, { cases: looking });
      expect(records.map(({ observed }) => observed)).toEqual([undefined, undefined, undefined]);
    });

    it('leaves unjudged what an interruption kept it from looking at', async () => {
      const stop = new AbortController();
      const all = [...looking, ...casesLike('path.communications/')];
      const { records } = await schedule(
        [await emulatedTarget('a')],
        {},
        { cases: all, stop, onCase: () => stop.abort() },
      );
      expect(records.map(inShort)).toEqual(['a: 0 path.communications satisfied']);
    });
  });
});
