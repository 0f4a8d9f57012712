import { describe, expect, it } from 'vitest';
import { rosterItem, type ScriptedReply, type TargetOverrides } from '../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';

/**
 * Two calls, one after the other, on a target whose applications join muted or not.
 * @param told what the first roster says of isMuted, if one comes
 * @param listed what GET …/participants says of it
 * @param unmute what an unmute is answered; it succeeds without
 */
async function twoCalls(
  told: boolean | undefined,
  listed: boolean,
  capabilities: NonNullable<TargetOverrides['capabilities']>,
  unmute?: ScriptedReply,
) {
  let calls = 0;
  const { target, scope, call } = await startScriptedSession(
    async ({ method, path, json }, self) => {
      if (path.endsWith('/participants')) return { status: 200, json: { value: [{ id: 'me', isMuted: listed }] } };
      if (method === 'POST' && path.endsWith('/calls') && told !== undefined) {
        calls += 1;
        await self.notify(String(json['callbackUri']), rosterItem(`call-${calls}`, { id: 'me', isMuted: told }));
      }
      return path.endsWith('/unmute') ? unmute : undefined;
    },
    { capabilities, timeouts: { notificationMs: 50, quietMs: 10 } },
  );
  const one = scope();
  const made = [await call(one).ready()];
  made.push(await call(one).ready());
  return {
    muted: made.map(({ state }) => state.muted),
    reasons: made.map(({ inconclusiveBecause }) => inconclusiveBecause),
    unmutes: target.lines().filter((line) => line.endsWith('/unmute')),
    reads: target.lines().filter((line) => line.endsWith('/participants')),
  };
}

const unmutes = ['POST calls/call-1/unmute', 'POST calls/call-2/unmute'];
const reads = ['GET calls/call-1/participants', 'GET calls/call-2/participants'];

describe('a call that the application joined muted', () => {
  it.each<[string, boolean | undefined]>([
    ['the first roster says so', true],
    ['only the participants say so', undefined],
  ])('is unmuted where the target declares that, when %s', async (_name, told) => {
    expect(await twoCalls(told, true, { unmute: true, participants: true })).toMatchObject({
      muted: [false, false],
      unmutes,
      reads,
    });
  });

  it('stays as it is where the target cannot unmute, and says why a mute changes nothing', async () => {
    const { muted, reasons, unmutes: sent } = await twoCalls(true, true, { unmute: false });
    expect(muted).toEqual([true, true]);
    expect(sent).toEqual([]);
    for (const reason of reasons) expect(reason).toMatch(/muted from the start.*declare unmute/);
  });
});

describe('a call that the application joined muted, and cannot be unmuted', () => {
  it('stays as it is, and says that unmute was refused, not that it is to be declared', async () => {
    const { muted, reasons } = await twoCalls(true, true, { unmute: true }, { status: 403 });
    expect(muted).toEqual([true, true]);
    for (const reason of reasons)
      expect(reason).toMatch(/muted from the start.*unmute is declared, and did not succeed/);
  });
});

describe('a call that the application did not join muted', () => {
  it('is not read where the first roster says so', async () => {
    const none = { muted: [false, false], unmutes: [], reads: [] };
    expect(await twoCalls(false, false, { unmute: true, participants: true })).toMatchObject(none);
  });

  it('is believed to be so by its participants, whatever the first roster says', async () => {
    const read = { muted: [false, false], unmutes: [], reads };
    expect(await twoCalls(true, false, { unmute: true, participants: true })).toMatchObject(read);
  });

  it('is read once where no roster comes', async () => {
    const read = { muted: [false, false], unmutes: [], reads: reads.slice(0, 1) };
    expect(await twoCalls(undefined, false, { unmute: true, participants: true })).toMatchObject(read);
  });
});
