import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import '../../suites/all.ts';
import { embeddedTarget } from '../commands/embedded-target.ts';
import { type Emulator, startEmulator } from '../emulator/start.ts';
import { defaultTimeouts } from '../target/target.ts';
import { definedCases } from './check.ts';
import type { RunPlan } from './plan.ts';
import { TargetHost } from './target-host.ts';
import { TranscriptRoom } from './transcript.ts';

const emulators: Emulator[] = [];
afterEach(() => Promise.all(emulators.splice(0).map((emulator) => emulator.close())));

const [one, other, overall] = ['status.success/', 'response.id/', 'transport.answered/'].map((begin) =>
  definedCases().find(({ id }) => id.startsWith(begin)),
);
if (one === undefined || other === undefined || overall === undefined) throw new Error('the suites have other cases');

/** A host for two cases and one that judges the whole run, each as often as said. */
async function hostOf({ repeat, callbackPort = 0 }: { repeat: number; callbackPort?: number }): Promise<TargetHost> {
  const emulator = await startEmulator();
  emulators.push(emulator);
  const callback = { host: '127.0.0.1', port: callbackPort, tls: false };
  const target = embeddedTarget(emulator, 'beta', defaultTimeouts, callback, {});
  const plan: RunPlan = {
    targets: [target],
    cases: [],
    seed: 1,
    concurrency: 4,
    repeat,
    keepCalls: false,
    targetsAtOnce: 1,
    casesAtOnce: 1,
  };
  const turn = () => Promise.resolve(() => undefined);
  const amount = { cases: 2, runCases: 1 };
  return new TargetHost(target, plan, new AbortController().signal, turn, amount, new TranscriptRoom());
}

describe('the host of a target', () => {
  it('runs every case once before any comes again, and what judges the whole run last', async () => {
    const host = await hostOf({ repeat: 3 });
    const ended: string[] = [];
    const note = ({ id, repetition, outcome }: { id: string; repetition: number; outcome: { kind: string } }) => {
      ended.push(`${repetition} ${id.split('/')[0] ?? ''} ${outcome.kind}`);
    };
    const whole = host.runOverall(overall).then((record) => record && note(record));
    await Promise.all([host.run(one, note), host.run(other, note), whole]);
    const { traffic } = await host.finish();
    const times = [0, 1, 2].flatMap((time) => [`${time} status.success held`, `${time} response.id held`]);
    expect(ended).toEqual([...times, '0 transport.answered held']);
    expect(traffic).toMatchObject({ unanswered: 0, callsLeaked: 0 });
  });

  it('ends all of them when it cannot listen for callbacks', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const host = await hostOf({ repeat: 3, callbackPort: typeof address === 'object' ? (address?.port ?? 0) : 0 });
    const nothing = () => undefined;
    const ends = await Promise.allSettled([
      host.run(one, nothing),
      host.run(other, nothing),
      host.runOverall(overall),
      host.finish(),
    ]);
    taken.close();
    for (const end of ends) expect(end).toMatchObject({ reason: { message: expect.stringMatching(/EADDRINUSE/) } });
  });
});
