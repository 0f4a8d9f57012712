import { afterEach, describe, expect, it } from 'vitest';
import {
  openSession,
  rosterItem,
  startScriptedTarget,
  targetAt,
  type TargetOverrides,
} from '../dev/testing/targets/scripted-target.ts';
import { CallUnderTest } from './call.ts';
import { CallScope } from './call-scope.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/**
 * Two calls, one after the other, on a target whose applications join muted or not.
 * @param told what the first roster says of isMuted, if one comes
 * @param listed what GET …/participants says of it
 */
async function twoCalls(
  told: boolean | undefined,
  listed: boolean,
  capabilities: NonNullable<TargetOverrides['capabilities']>,
) {
  let calls = 0;
  const target = await startScriptedTarget(async ({ method, path, json }, self) => {
    if (method === 'POST' && path.endsWith('/calls')) {
      const id = `call${++calls}`;
      if (told !== undefined)
        await self.notify(String(json['callbackUri']), rosterItem(id, { id: 'me', isMuted: told }));
      return { status: 201, json: { id, state: 'established', myParticipantId: 'me' } };
    }
    if (path.endsWith('/participants')) return { status: 200, json: { value: [{ id: 'me', isMuted: listed }] } };
    return { status: path.endsWith('mute') ? 200 : 404, json: { id: 'op' } };
  });
  const session = await openSession(
    targetAt(target.baseUrl, { capabilities, timeouts: { notificationMs: 50, quietMs: 10 } }),
  );
  open.push({ close: () => session.finish() }, target);
  const scope = new CallScope(session, 'case', '/communications', 'case');
  const made = [await new CallUnderTest(session, scope, 'group').ready()];
  made.push(await new CallUnderTest(session, scope, 'group').ready());
  return {
    muted: made.map((call) => call.provided.muted),
    reasons: made.map((call) => call.muteSaysNothing),
    unmutes: target.lines().filter((line) => line.endsWith('/unmute')),
    reads: target.lines().filter((line) => line.endsWith('/participants')),
  };
}

const unmutes = ['POST calls/call1/unmute', 'POST calls/call2/unmute'];
const reads = ['GET calls/call1/participants', 'GET calls/call2/participants'];

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
