import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  callItem,
  rosterItem,
  type ScriptedReply,
  type ScriptedTarget,
  type TargetOverrides,
} from '../../dev/testing/targets/scripted-target.ts';
import { type ScriptedSession, startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import type { CallKind } from '../../engine/target/target.ts';
import type { CallUnderTest } from './call.ts';

type Step = (callback: string, id: string, target: ScriptedTarget) => void | Promise<void>;

interface Behaviour {
  /** Members of the answer to the create request beside the id. */
  readonly created?: object;
  /** What happens after that answer. */
  readonly then?: Step;
  /** What GET of the call answers; 404 without. */
  readonly read?: (id: string) => ScriptedReply;
  /** What a mute is answered; 200 without. */
  readonly mute?: ScriptedReply;
}

async function targetThat(
  { created = {}, then = () => undefined, read, mute }: Behaviour,
  overrides: TargetOverrides = {},
): Promise<Pick<ScriptedSession, 'target' | 'session'> & { make(kind?: CallKind): CallUnderTest }> {
  let calls = 0;
  const { target, session, scope, call } = await startScriptedSession(({ method, path, json }, self) => {
    if (method === 'POST' && path.endsWith('/calls')) {
      calls += 1;
      const id = `call-${calls}`;
      setImmediate(() => void then(String(json['callbackUri']), id, self));
      return { status: 201, json: { id, ...created } };
    }
    return method === 'GET' ? read?.(path.split('/').at(-1) ?? '') : path.endsWith('/mute') ? mute : undefined;
  }, overrides);
  let cases = 0;
  return { target, session, make: (kind) => call(scope(`case ${(cases += 1)}`), kind) };
}

/** Says that a call is established, and sends its roster. */
const establish: Step = async (callback, id, target) => {
  await target.notify(callback, callItem(id, { state: 'established', myParticipantId: `me-${id}` }));
  await target.notify(callback, rosterItem(id, { id: `me-${id}`, isMuted: false }));
};

describe('a call is ready', () => {
  it('when a notification says so', async () => {
    const { target, make } = await targetThat({ created: { state: 'establishing' }, then: establish });
    const call = await make().ready();
    expect(call.own.participantId).toBe('me-call-1');
    expect(target.lines()).toEqual(['POST calls']);
  });

  it.each(['established', 'Established'])('when the answer to the create request says %s', async (state) => {
    const { target, make } = await targetThat({ created: { state, myParticipantId: 'me' }, then: establish });
    await make().ready();
    await make().ready();
    expect(target.lines()).toEqual(['POST calls', 'POST calls']);
  });

  it('when GET says so, after as many readings as it takes', async () => {
    let reads = 0;
    const { target, make } = await targetThat({
      created: { state: 'establishing' },
      read: (id) => {
        reads += 1;
        return { status: 200, json: { id, state: reads < 3 ? 'establishing' : 'established', myParticipantId: 'me' } };
      },
    });
    const call = await make().ready();
    expect(call.own.participantId).toBe('me');
    expect(target.lines().filter((line) => line === 'GET calls/call-1')).toHaveLength(3);
  });

  it('when the state is told late, on a target without reads', async () => {
    let established = false;
    const { make, session } = await targetThat({
      then: async (callback, id, target) => {
        // Far longer than the quiet window, within the notification timeout.
        await sleep(5 * session.quietWindowMs());
        established = true;
        await establish(callback, id, target);
      },
    });
    await make().ready();
    expect(established).toBe(true);
    established = false;
    await make().ready();
    expect(established).toBe(true);
  });

  it('when the quiet window is over, where the target tells nothing; only the first call waits longer', async () => {
    const { target, make } = await targetThat({}, { timeouts: { notificationMs: 150 } });
    const call = await make().ready();
    expect(call.own.participantId).toBeUndefined();
    await Promise.all([make().ready(), make().ready()]);
    expect(target.lines().filter((line) => line.startsWith('GET'))).toEqual(['GET calls/call-1']);
  });

  it('when its first roster has come, however late, where the target sends one', async () => {
    let rosters = 0;
    const { make, session } = await targetThat(
      {
        created: { state: 'established', myParticipantId: 'me' },
        then: async (callback, id, target) => {
          await sleep(1.5 * session.quietWindowMs());
          rosters += 1;
          await target.notify(callback, rosterItem(id, { id: 'me', isMuted: false }));
        },
      },
      { timeouts: { quietMs: 120, notificationMs: 3_000 } },
    );
    await make().ready();
    expect(rosters).toBe(1);
    await Promise.all([make().ready(), make().ready()]);
    expect(rosters).toBe(3);
  });

  it('after one call has taught the others how calls of its kind come about', async () => {
    const { target, make } = await targetThat({ created: { state: 'establishing' }, then: establish });
    await Promise.all([make().ready(), make().ready(), make().ready(), make('meeting').ready()]);
    expect(target.lines().filter((line) => line.startsWith('GET'))).toEqual([]);
  });

  it('though GET never names the own participant: it is asked once', async () => {
    const { target, make } = await targetThat({
      created: { state: 'established' },
      read: (id) => ({ status: 200, json: { id, state: 'established' } }),
    });
    await make().ready();
    await make().ready();
    expect(target.lines().filter((line) => line.startsWith('GET'))).toEqual(['GET calls/call-1']);
  });
});

describe('a call is not to be had', () => {
  it('when it is never established', async () => {
    const { make } = await targetThat(
      {
        created: { state: 'establishing' },
        then: (callback, id, target) => void target.notify(callback, callItem(id, { state: 'establishing' })),
      },
      { timeouts: { notificationMs: 150 } },
    );
    await expect(make().ready()).rejects.toThrow(
      'the call call-1 was created and not established within 300 ms (state establishing)',
    );
  });

  it.each(['terminating', 'Terminated'])('when it ends by itself before it is established (%s)', async (state) => {
    const { make, session } = await targetThat({
      created: { state: 'establishing' },
      then: async (callback, id, target) => void (await target.notify(callback, callItem(id, { state }))),
    });
    const call = make();
    await expect(call.ready()).rejects.toThrow(CouldNotRun);
    await expect(call.ready()).rejects.toThrow(`the call call-1 ended by itself (state ${state.toLowerCase()})`);
    await call.release();
    expect(session.traffic()).toMatchObject({ callsCreated: 1, callsLeaked: 0 });
  });

  it('when it is over before it has begun', async () => {
    const { make } = await targetThat({ created: { state: 'terminated' } });
    await expect(make().ready()).rejects.toThrow('the call call-1 ended by itself (state terminated)');
  });

  it('when it ends by itself before it is muted', async () => {
    const { make, target } = await targetThat({
      created: { state: 'established', myParticipantId: 'me' },
      then: establish,
      mute: { status: 404 },
    });
    const call = await make().ready();
    expect((await call.mute()).status).toBe(404);
    await target.notify(call.mailbox.url, callItem(call.id, { state: 'terminated' }));
    await expect(call.mute()).rejects.toThrow('the call call-1 ended by itself before its case was over');
    // What the case itself deleted is gone for that reason.
    await call.end();
    expect((await call.mute()).status).toBe(404);
  });
});
