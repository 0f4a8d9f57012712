import { suites } from '../../../suites/index.ts';
import type { CaseRecord } from '../../engine/results/outcome.ts';
import { CaseRunner } from '../../engine/run/case-runner.ts';
import { muteOperation } from '../../graph/mute-operation.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import type { SessionIo } from '../../engine/target/session-io.ts';
import { realIo } from '../../engine/target/real-io.ts';
import type { CallSession } from '../../graph/calls/call-session.ts';
import { embeddedTarget } from '../../api/run/embedded-target.ts';
import type { Deviation } from '../../emulator/deviation.ts';
import { startEmulatorServer } from '../../emulator/start.ts';
import { defaultTimeouts, type Target } from '../../engine/target/target.ts';

const allCases = casesOf(suites);

export interface SuitesRun {
  readonly records: readonly CaseRecord[];
  readonly session: CallSession;
  /** The ids of the cases that ended so. */
  ids(kind: CaseRecord['outcome']['kind']): string[];
  /** How one case ended. */
  outcome(id: string): CaseRecord['outcome'];
}

/** Runs cases of the suites on a target in this process: what a run does, without reports and command line. */
export async function runSuites(
  target: Target,
  chosen: (id: string) => boolean = () => true,
  callbackTls?: { key: string; cert: string },
  io: SessionIo = realIo,
): Promise<SuitesRun> {
  const runner = await CaseRunner.open(muteOperation, target, {
    seed: 1,
    concurrency: 16,
    keepCalls: false,
    signal: new AbortController().signal,
    io,
    // As of any run that is recorded or replayed.
    everyCaseAsks: io !== realIo,
    ...(callbackTls && { callbackTls }),
  });
  const cases = allCases.filter(({ id }) => chosen(id));
  try {
    const run = (scope: 'case' | 'run') =>
      Promise.all(cases.filter((one) => one.scope === scope).map((one) => runner.run(one)));
    const records = [...(await run('case')), ...(await run('run'))].filter((record) => record !== undefined);
    return {
      records,
      session: runner.session,
      ids: (kind) => records.filter(({ outcome }) => outcome.kind === kind).map(({ id }) => id),
      outcome: (id) => {
        const record = records.find((one) => one.id === id);
        if (record === undefined) throw new Error(`no case ${id} was run`);
        return record.outcome;
      },
    };
  } finally {
    await runner.finish();
  }
}

/** Runs cases of the suites on an emulator of their own, with a fault or variant, or without one. */
export async function runOnEmulator(
  deviation: Deviation | undefined,
  chosen: (id: string) => boolean,
  timeouts: Partial<Target['timeouts']> = {},
): Promise<SuitesRun> {
  const emulator = await startEmulatorServer({ ...(deviation && { deviation }) });
  try {
    const callback = { host: '127.0.0.1', port: 0, tls: false };
    const target = embeddedTarget(emulator, 'beta', { ...defaultTimeouts, ...timeouts }, callback, deviation);
    return await runSuites(target, chosen);
  } finally {
    await emulator.close();
  }
}
