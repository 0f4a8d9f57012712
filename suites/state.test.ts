import { expect, it } from 'vitest';
import { runOnEmulator } from '../tools/dev/testing/run-suites.ts';
import type { Deviation } from '../tools/emulator/deviation.ts';

const quick = { notificationMs: 500, quietMs: 100 };
const noEffect = 'state.refusal-no-effect/changes-nothing-when-it-refuses-broken-json';
const delivered = 'roster.delivered/sends-a-roster-update-after-a-mute';
const anySequence = 'state.any-sequence/keeps-every-promise-in-any-sequence-of-requests';

const silent: Deviation = { id: 'silent', summary: 'Never notifies', hooks: () => ({ notification: () => [] }) };

/** How many calls are made for some cases, one of which is about a refusal that must have no effect. */
async function callsFor(ids: readonly string[]): Promise<number> {
  const run = await runOnEmulator(silent, (id) => ids.includes(id), quick);
  const reason = expect.stringContaining('did not come either') as string;
  expect(run.outcome(noEffect)).toMatchObject({ kind: 'could-not-run', reason });
  return run.session.traffic().callsCreated;
}

it('a silent target is asked for the update on another mute only where no case has waited for one', async () => {
  const [alone, withOther] = await Promise.all([callsFor([noEffect]), callsFor([noEffect, delivered])]);
  expect(withOther).toBe(alone);
});

it('a walk on a silent target goes by what it reads', async () => {
  const run = await runOnEmulator(silent, (id) => id === anySequence, quick);
  expect(run.outcome(anySequence)).toMatchObject({
    kind: 'satisfied',
    observed: expect.stringMatching(/^walked 32 steps .*no updates come that could be looked at/) as string,
  });
});
