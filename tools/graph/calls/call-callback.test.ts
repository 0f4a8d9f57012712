import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  callItem,
  rosterItem,
  type ScriptedReply,
  type ScriptedTarget,
  type TargetOverrides,
} from '../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';
import { machineClock } from '../../engine/target/clock.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import type { CallUnderTest } from './call.ts';

interface Fixture {
  readonly call: CallUnderTest;
  readonly target: ScriptedTarget;
  /** Sends a roster update with these participants. */
  roster(...participants: object[]): Promise<void>;
}

/** A group call that is established, on a target that sends nothing on its own. */
async function establishedCall(
  overrides: TargetOverrides = {},
  created: object = { myParticipantId: 'me' },
  mute?: ScriptedReply,
): Promise<Fixture> {
  const { target, call } = await startScriptedSession(
    ({ path }) => {
      if (path.endsWith('/calls')) return { status: 201, json: { id: 'call', state: 'established', ...created } };
      return path.endsWith('mute') ? mute : undefined;
    },
    { ...overrides, timeouts: { notificationMs: 300, quietMs: 30, ...overrides.timeouts } },
  );
  const established = await call().ready();
  return {
    call: established,
    target,
    roster: async (...participants) => {
      await target.notify(established.mailbox.url, rosterItem('call', ...participants));
    },
  };
}

const application = (id: string) => ({ info: { identity: { application: { id } } } });
const me = (isMuted: boolean) => ({ id: 'me', isMuted });
const user = { info: { identity: { user: { id: 'carla' } } } };

describe('the own participant', () => {
  it('is the one that the call names, as a GUID where it is one', async () => {
    const { call, roster } = await establishedCall({}, { myParticipantId: '0FE0623FD62842EDB4BD8AC290072CC5' });
    await call.mute();
    await roster({ id: 'other', isMuted: false }, { id: '0fe0623f-d628-42ed-b4bd-8ac290072cc5', isMuted: true });
    expect((await call.callback.ownReported(true))?.json).toBeDefined();
  });

  it('is the one that a notification of the call names', async () => {
    const { call, target, roster } = await establishedCall({}, {});
    await target.notify(call.mailbox.url, callItem('call', { state: 'established', myParticipantId: 'me' }));
    expect(call.own.participantId).toBe('me');
    await call.mute();
    await roster({ id: 'me', isMuted: true });
    expect(await call.callback.ownReported(true)).toBeDefined();
  });

  it('bears the application, where the call names none', async () => {
    const { call, roster } = await establishedCall({ applicationId: 'mine' }, {});
    await call.mute();
    await roster(
      { id: '1', isMuted: true, ...application('policy bot') },
      { id: '2', isMuted: false, ...application('mine') },
    );
    expect(await call.callback.ownReported(false)).toBeDefined();
    expect(await call.callback.ownDelivery(true)).toBeUndefined();
  });

  it('is the only application, where none is known', async () => {
    const { call, roster } = await establishedCall({}, {});
    await call.mute();
    await roster({ id: '1', isMuted: false, ...user }, { id: '2', isMuted: true, ...application('a') });
    expect(await call.callback.ownReported(true)).toBeDefined();
  });

  it.each([
    ['two applications', [application('a'), application('b')]],
    ['users alone', [user]],
  ])('cannot be told among %s', async (_what, participants) => {
    const { call, roster } = await establishedCall({}, {});
    const sent = participants.map((participant, index) => ({ id: `${index}`, isMuted: true, ...participant }));
    await call.mute();
    await roster(...sent);
    const waits = vi.spyOn(machineClock, 'after');
    onTestFinished(() => waits.mockRestore());
    const longestWait = () => Math.max(...waits.mock.calls.map(([ms]) => ms));
    await expect(call.callback.ownReported(true)).rejects.toThrow(CouldNotRun);
    expect(longestWait()).toBeGreaterThan(call.session.quietWindowMs());
    // Nobody waits for that twice.
    waits.mockClear();
    await expect(call.callback.ownReported(true)).rejects.toThrow('give applicationId in the target file');
    expect(longestWait()).toBeLessThanOrEqual(call.session.quietWindowMs());
    expect(await call.callback.rosterUpdate()).toBeDefined();
  });
});

describe('an update of the own participant', () => {
  it('may come after others, though nothing but its application tells it', async () => {
    const { call, roster } = await establishedCall({ timeouts: { notificationMs: 15_000 } }, {});
    await call.mute();
    await roster({ id: '1', isMuted: false, ...user });
    const reported = call.callback.ownReported(true);
    await new Promise((resolve) => setTimeout(resolve, 3 * call.session.quietWindowMs()));
    await roster({ id: '2', isMuted: true, ...application('a') });
    expect(await reported).toBe(call.mailbox.deliveries[1]);
  });

  it('counts only after the request left', async () => {
    const { call, roster } = await establishedCall();
    await roster({ id: 'me', isMuted: true });
    await call.mute();
    expect(await call.callback.ownReported(true)).toBeUndefined();
    expect(call.deliveries()).toEqual([]);
  });

  it('may be one entity, and one of several', async () => {
    const { call, target } = await establishedCall();
    await call.mute();
    const { resourceData, ...item } = rosterItem('call', { id: 'me', isMuted: true }) as { resourceData: object[] };
    await target.notify(call.mailbox.url, rosterItem('call', { id: 'other', isMuted: false }));
    await target.notify(call.mailbox.url, callItem('call', { state: 'established' }), {
      ...item,
      resourceData: resourceData[0],
    });
    expect(await call.callback.ownReported(true)).toBe(call.mailbox.deliveries[1]);
    expect(await call.callback.rosterUpdate()).toBe(call.mailbox.deliveries[0]);
  });

  it('is missed when others alone are reported', async () => {
    const { call, roster } = await establishedCall();
    await call.mute();
    await roster({ id: 'other', isMuted: true });
    expect(await call.callback.ownReported(true)).toBeUndefined();
  });

  it('need not come when the call was muted before', async () => {
    const { call, roster } = await establishedCall({ timeouts: { notificationMs: 60_000 } });
    await call.mute();
    await roster({ id: 'me', isMuted: true });
    expect(call.state.mutedBefore).toBe(false);
    await call.mute();
    expect(call.state.mutedBefore).toBe(true);
    await expect(call.callback.ownReported(true)).rejects.toThrow('this case had muted the call before');
    await expect(call.callback.rosterUpdate()).rejects.toThrow('this case had muted the call before');
    await roster({ id: 'me', isMuted: true });
    expect(await call.callback.ownReported(true)).toBeDefined();
  });

  it('has to come after an unmute', async () => {
    const { call, roster } = await establishedCall();
    await call.mute();
    await call.unmute();
    expect(await call.callback.ownReported(false)).toBeUndefined();
    await roster({ id: 'me', isMuted: false });
    expect(await call.callback.ownReported(false)).toBeDefined();
  });

  it('has to come after a refusal was followed by a mute', async () => {
    const { call } = await establishedCall({}, { myParticipantId: 'me' }, { status: 400 });
    await call.mute();
    expect(call.state.muted).toBe(false);
    expect(call.inconclusiveBecause).toBeUndefined();
    expect(await call.callback.ownReported(true)).toBeUndefined();
  });
});

describe('silence', () => {
  it('lasts through the quiet window, and is broken at once', async () => {
    const { call, roster } = await establishedCall();
    await call.mute();
    expect(await call.callback.breaksSilence(() => true)).toBeUndefined();
    await call.mute();
    const broken = call.callback.breaksSilence((delivery) => call.reportsOwn(delivery, true));
    await roster({ id: 'me', isMuted: true });
    expect(await broken).toBe(call.mailbox.deliveries[0]);
  });

  it('is judged after four times the slowest delivery', async () => {
    const { call } = await establishedCall();
    call.session.noteDelivery(50);
    call.session.noteDelivery(20);
    expect(call.session.quietWindowMs()).toBe(200);
    const before = performance.now();
    await call.mute();
    await call.callback.breaksSilence(() => true);
    expect(performance.now() - before).toBeGreaterThanOrEqual(199);
  });

  it('begins where a request to another call says so', async () => {
    const { call, roster } = await establishedCall();
    await roster({ id: 'me', isMuted: true });
    call.beginSilence(performance.now());
    expect(call.state.mutedBefore).toBe(false);
    expect(await call.callback.breaksSilence(() => true)).toBeUndefined();
  });
});

describe('a call that is let go of', () => {
  const updatesSeen = ({ session }: CallUnderTest) =>
    session.observer.book.findings.find(({ requirement }) => requirement === 'roster.method')?.count;

  it('waits for the update on what changed it last, and lets it be judged', async () => {
    const { call, roster, target } = await establishedCall();
    call.session.noteDelivery(10_000);
    await roster({ id: 'me', isMuted: false });
    await call.mute();
    await call.mute();
    const released = call.release();
    await roster({ id: 'me', isMuted: true });
    await released;
    expect(updatesSeen(call)).toBe(2);
    expect(target.lines().at(-1)).toBe('DELETE calls/call');
  });

  it('waits no longer than silence lasts that says something', async () => {
    const { call, roster } = await establishedCall();
    await roster({ id: 'me', isMuted: false });
    await call.mute();
    await call.release();
    expect(updatesSeen(call)).toBe(1);
  });

  it.each<[string, ScriptedReply | undefined, boolean]>([
    ['a target that has sent nothing', undefined, false],
    ['a mute that was refused', { status: 400 }, true],
  ])('does not wait for %s', async (_what, mute, isHeard) => {
    const { call, roster } = await establishedCall({}, undefined, mute);
    call.session.noteDelivery(10_000);
    if (isHeard) await roster({ id: 'me', isMuted: false });
    await call.mute();
    await call.release();
    expect(call.session.receiver.received).toBe(isHeard ? 1 : 0);
  });

  const found = ({ session }: CallUnderTest, requirement: string) => {
    const finding = session.observer.book.findings.find((one) => one.requirement === requirement);
    return finding && `${finding.violated} of ${finding.count} ${finding.things}`;
  };

  it.each<[string, (fixture: Fixture) => Promise<unknown>, { delivered?: string; selfMuted?: string }]>([
    ['reported muted', ({ roster }) => roster(me(true)), { delivered: '0 of 1 mutes', selfMuted: '0 of 1 mutes' }],
    [
      'reported muted at last',
      async ({ roster }) => {
        await roster(me(false));
        await roster(me(true));
      },
      { delivered: '0 of 1 mutes', selfMuted: '0 of 1 mutes' },
    ],
    ['reported not muted', ({ roster }) => roster(me(false)), { delivered: '0 of 1 mutes', selfMuted: '1 of 1 mutes' }],
    ['not reported at all', async () => undefined, { delivered: '1 of 1 mutes' }],
    ['unmuted again', ({ call }) => call.unmute(), {}],
    ['deleted by its case', ({ call }) => call.end(), {}],
  ])('after a mute is held against the promise to announce it: %s', async (_what, act, { delivered, selfMuted }) => {
    const fixture = await establishedCall({ timeouts: { notificationMs: 60 } });
    const { call, roster } = fixture;
    await roster(me(false));
    call.session.noteOwnIdentifiable(true);
    await call.mute();
    await act(fixture);
    await call.release();
    expect([found(call, 'roster.delivered'), found(call, 'roster.self-muted')]).toEqual([delivered, selfMuted]);
  });

  it('is not held against it where nobody knows whether updates report the own participant', async () => {
    const { call, roster } = await establishedCall();
    await roster(me(false));
    await call.mute();
    await call.release();
    expect(found(call, 'roster.delivered')).toBeUndefined();
  });
});
