import { afterEach, describe, expect, it } from 'vitest';
import { suites } from '../../../suites/index.ts';
import { embeddedTarget } from '../../api/run/embedded-target.ts';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import { defaultTimeouts } from '../target/target.ts';
import { realIo } from '../target/real-io.ts';
import { CaseRunner } from './case-runner.ts';
import { muteOperation } from '../../graph/mute-operation.ts';
import { casesOf, type RunnableCase } from '../cases/suite.ts';

let emulator: EmulatorServer | undefined;
afterEach(() => emulator?.close());

function caseOf(begin: string): RunnableCase {
  const found = casesOf(suites).find(({ id }) => id.startsWith(begin));
  if (found === undefined) throw new Error(`the suites have no case ${begin}`);
  return found;
}

async function open(signal = new AbortController().signal): Promise<CaseRunner> {
  emulator = await startEmulatorServer();
  const callback = { host: '127.0.0.1', port: 0, tls: false };
  const target = embeddedTarget(emulator, 'beta', defaultTimeouts, callback, {});
  return CaseRunner.open(muteOperation, target, { seed: 1, concurrency: 4, keepCalls: false, signal, io: realIo });
}

describe('a case runner', () => {
  it('runs cases one by one, each when it is asked for, and again when it is asked for again', async () => {
    const runner = await open();
    const one = caseOf('status.success/');
    const records = [
      await runner.run(one),
      await runner.run(caseOf('response.id/')),
      await runner.run(one, 1),
      await runner.run(caseOf('transport.answered/')),
    ];
    // What judges the whole run comes when all calls are deleted.
    expect(emulator?.liveCalls()).toBe(0);
    expect(records.map((record) => [record?.id.split('/')[0], record?.repetition, record?.outcome.kind])).toEqual([
      ['status.success', 0, 'satisfied'],
      ['response.id', 0, 'satisfied'],
      ['status.success', 1, 'satisfied'],
      ['transport.answered', 0, 'satisfied'],
    ]);
    const { target, traffic, unreachable } = await runner.finish();
    expect([target, unreachable]).toEqual(['emulator', undefined]);
    expect(traffic).toMatchObject({ unanswered: 0, callsLeaked: 0 });
  });

  it('has no record of a case that the interruption kept from ending, or from beginning', async () => {
    const stop = new AbortController();
    const runner = await open(stop.signal);
    const underWay = runner.run(caseOf('status.success/'));
    stop.abort();
    await expect(underWay).resolves.toBeUndefined();
    await expect(runner.run(caseOf('response.id/'))).resolves.toBeUndefined();
    await expect(runner.finish()).resolves.toMatchObject({ traffic: { callsLeaked: 0 } });
  });

  it('leaves every case of a target that is not there could-not-run', async () => {
    emulator = await startEmulatorServer();
    const callback = { host: '127.0.0.1', port: 0, tls: false };
    const target = embeddedTarget(emulator, 'beta', defaultTimeouts, callback, {});
    await emulator.close();
    const signal = new AbortController().signal;
    const options = { seed: 1, concurrency: 4, keepCalls: false, signal, io: realIo };
    const runner = await CaseRunner.open(muteOperation, target, options);
    const record = await runner.run(caseOf('status.success/'));
    expect(record?.outcome).toMatchObject({ kind: 'could-not-run' });
    await expect(runner.finish()).resolves.toMatchObject({
      unreachable: { problem: expect.stringMatching(/refused/) },
    });
  });
});
