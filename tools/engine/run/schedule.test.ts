import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { suites } from '../../../suites/index.ts';
import { embeddedTarget } from '../../api/run/embedded-target.ts';
import { type Emulator, startEmulator } from '../../emulator/start.ts';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import { defaultTimeouts, type Target } from '../target/target.ts';
import { casesOf } from '../cases/suite.ts';
import { muteOperation } from '../../graph/mute-operation.ts';
import type { RunPlan } from './plan.ts';
import { runSchedule } from './schedule.ts';

const emulators: Emulator[] = [];
afterEach(() => Promise.all(emulators.splice(0).map((emulator) => emulator.close())));

/** Two cases and one that judges the whole run, which stands first, so that it is not last by chance. */
const cases = ['transport.answered/', 'status.success/', 'response.id/'].map((begin) => {
  const found = casesOf(suites).find(({ id }) => id.startsWith(begin));
  if (found === undefined) throw new Error(`the suites have no case ${begin}`);
  return found;
});

async function emulatedTarget(name: string, callbackPort = 0): Promise<Target> {
  const emulator = await startEmulator();
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
  { stop = new AbortController(), onCase }: { stop?: AbortController; onCase?: (record: CaseRecord) => void } = {},
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
    const times = [0, 1, 2].flatMap((time) => [`a: ${time} status.success held`, `a: ${time} response.id held`]);
    expect(records.map(inShort)).toEqual([...times, 'a: 0 transport.answered held']);
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
    expect(records.map(inShort)).toContain('b: 0 transport.answered held');
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
    expect(records.map(inShort)).toEqual(['a: 0 status.success held']);
    expect(targets).toMatchObject([{ traffic: { callsLeaked: 0 } }]);
    expect(problems).toEqual([]);
  });

  it('goes on after whoever is told of a case has thrown', async () => {
    const { records, problems } = await schedule(
      [await emulatedTarget('a')],
      {},
      {
        onCase({ id }) {
          if (id.startsWith('status.')) throw new Error('it cannot be sent');
        },
      },
    );
    expect(records).toHaveLength(3);
    expect(problems).toEqual(['Error: it cannot be sent']);
  });
});
