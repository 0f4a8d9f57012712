import { describe, expect, it } from 'vitest';
import { rosterItem, type ScriptedTarget, type TargetOverrides } from '../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';
import type { CallUnderTest } from '../../graph/calls/call.ts';
import { CallScope } from '../../graph/calls/call-scope.ts';
import { CouldNotRun, Interrupted } from './could-not-run.ts';

async function fixture(overrides: TargetOverrides = {}, signal?: AbortSignal) {
  let calls = 0;
  const { target, session, scope, call } = await startScriptedSession(
    ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/calls')) return undefined;
      calls += 1;
      return { status: 201, json: { id: `call-${calls}`, state: 'established', myParticipantId: `me-${calls}` } };
    },
    overrides,
    { ...(signal && { signal }) },
  );
  /** A call of a case of its own. */
  const made = (name: string, meeting?: string): Promise<CallUnderTest> =>
    call(scope(name), meeting === undefined ? 'group' : 'meeting', meeting).ready();
  return { target, session, made };
}

function muted(target: ScriptedTarget, call: CallUnderTest, own: CallUnderTest = call): Promise<number> {
  const { participantId = '' } = own.own;
  return target.notify(call.mailbox.url, rosterItem(call.id, { id: participantId, isMuted: true }));
}

describe('an update that nobody asked for', () => {
  it('is one that comes before the call was muted, or without a mute at all', async () => {
    const { target, session, made } = await fixture();
    const [early, never, fine] = await Promise.all([made('early'), made('never'), made('fine')]);
    for (const call of [early, never]) await muted(target, call);
    for (const call of [early, fine]) await call.mute();
    await muted(target, fine);
    for (const call of [early, never, fine]) await call.release();
    expect(session.unsolicited).toEqual([
      `early: call ${early.id} was reported muted before its mute was sent`,
      `never: call ${never.id} was reported muted without any mute`,
    ]);
  });

  it('is none that another leg of the meeting has set off', async () => {
    const { target, session, made } = await fixture();
    const [one, other] = [await made('one', 'meeting'), await made('other', 'meeting')];
    await one.mute();
    await muted(target, other);
    await Promise.all([one.release(), other.release()]);
    expect(session.unsolicited).toEqual([]);
  });

  it('is none on a call that is kept, which may have been muted before', async () => {
    const { target, session, made } = await fixture({ calls: { group: { id: 'kept', participantId: 'me' } } });
    const call = await made('kept');
    await muted(target, call);
    await call.release();
    expect(session.unsolicited).toEqual([]);
  });
});

describe('a session', () => {
  it('waits for all that is still to be cleared up', async () => {
    const { target, session, made } = await fixture();
    const call = await made('one');
    session.track(call.release());
    session.track(Promise.reject(new Error('whatever it was')));
    await session.finish();
    expect(target.lines()).toContain(`DELETE calls/${call.id}`);
    expect(session.traffic()).toMatchObject({ callsCreated: 1, callsLeaked: 0 });
  });

  it('says what to look at when nothing at all came to its callback', async () => {
    const silent = await fixture();
    await (await silent.made('one')).mute();
    await silent.session.finish();
    expect(silent.session.notes.join()).toContain(
      `nothing came to the callback listener at ${silent.session.receiver.url}`,
    );
    const heard = await fixture();
    const call = await heard.made('one');
    await call.mute();
    await muted(heard.target, call);
    await heard.session.finish();
    expect(heard.session.notes).toEqual([]);
  });

  it('sends nothing but what clears up once the run is interrupted', async () => {
    const stop = new AbortController();
    const { target, made } = await fixture({}, stop.signal);
    const call = await made('one');
    stop.abort();
    await expect(call.mute()).rejects.toThrow(Interrupted);
    await call.release();
    expect(target.lines()).toEqual(['POST calls', `DELETE calls/${call.id}`]);
  });

  it('sends nothing to a target that cannot be reached', async () => {
    const { target, session, made } = await fixture();
    session.unreachable = { request: 'POST x', problem: 'nothing listens', advice: 'Is it running?' };
    const sending = made('one');
    await expect(sending).rejects.toThrow(CouldNotRun);
    await expect(sending).rejects.toThrow('POST x: nothing listens. Is it running?');
    expect(target.requests).toEqual([]);
  });
});

describe('a case', () => {
  it('names its requests by seed, case and step', async () => {
    const { target, session } = await fixture();
    const send = (label: string) => {
      const scope = new CallScope(session, 'case', '/communications', label);
      return Promise.all([1, 2].map(() => scope.send({ step: 'mute', method: 'GET', path: '/x' })));
    };
    await send('case');
    await send('case');
    await send('case again');
    const ids = target.requests.map(({ headers }) => headers['client-request-id']);
    expect(ids.slice(0, 2).sort()).toEqual(ids.slice(2, 4).sort());
    expect(new Set(ids).size).toBe(4);
  });

  it('has identifiers and a seed of its own, the same in every run', async () => {
    const { session } = await fixture();
    const [one, same, other] = ['a', 'a', 'b'].map((label) => new CallScope(session, label, '/app', label));
    expect(one?.uuid('x')).toBe(same?.uuid('x'));
    expect(one?.uuid('x')).not.toBe(same?.uuid('y'));
    expect(one?.nextClientContext()).not.toBe(one?.nextClientContext());
    expect(Number.isInteger(one?.seed)).toBe(true);
    expect(one?.seed).not.toBe(other?.seed);
  });
});
