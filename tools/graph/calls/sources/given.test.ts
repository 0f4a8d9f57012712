import { describe, expect, it } from 'vitest';
import { rosterItem } from '../../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../../dev/testing/targets/scripted-session.ts';

describe('a call that is kept', () => {
  const kept = { calls: { group: { id: 'kept', participantId: 'me' } } };

  it('is nobody’s to delete, and there once for a case', async () => {
    const { target, scope, call } = await startScriptedSession(undefined, kept);
    const one = scope('one');
    const [first, second] = [call(one), call(one)];
    await first.ready();
    await expect(second.ready()).rejects.toThrow('needs a second group call, and the target file gives only kept');
    await expect(first.end()).rejects.toThrow('this case deletes its call, and kept is to be kept');
    await Promise.all([first.release(), second.release()]);
    expect(target.lines()).toEqual(['GET calls/kept']);
  });

  it('is unmuted before the first case and after each that muted it, where that is declared', async () => {
    const { target, session, scope, call } = await startScriptedSession(undefined, {
      ...kept,
      capabilities: { unmute: true },
    });
    for (const name of ['one', 'two']) {
      const shared = await call(scope(name)).ready();
      expect(shared.state.mutedBefore).toBe(false);
      await shared.mute();
      await shared.release();
    }
    const looking = await call(scope('three')).ready();
    await looking.release();
    expect(target.lines().map((line) => line.replace('calls/kept', '').trim())).toEqual([
      'GET',
      'POST /unmute',
      'POST /mute',
      'POST /unmute',
      'POST /mute',
      'POST /unmute',
    ]);
    expect(session.traffic()).toMatchObject({ callsCreated: 0, callsLeaked: 0 });
  });

  it('is known to be muted by its participants, where they are declared', async () => {
    const value = [{ id: 'me', isMuted: true }];
    const { scope, call } = await startScriptedSession(
      ({ path }) => (path.endsWith('/participants') ? { status: 200, json: { value } } : undefined),
      { ...kept, capabilities: { participants: true } },
    );
    const shared = await call(scope('one')).ready();
    expect(shared.state.mutedBefore).toBe(true);
    expect(shared.inconclusiveBecause).toContain('was muted already');
    await shared.release();
  });

  it('is put back after an interrupt, too', async () => {
    const stop = new AbortController();
    const { target, call } = await startScriptedSession(
      () => ({ status: 200, json: {} }),
      { ...kept, capabilities: { unmute: true }, timeouts: { notificationMs: 100 } },
      { signal: stop.signal },
    );
    const shared = await call().ready();
    await shared.mute();
    stop.abort();
    await shared.release();
    expect(target.lines().at(-1)).toBe('POST calls/kept/unmute');
    expect(target.lines()).toHaveLength(4);
  });

  it('keeps the updates of one case from the next', async () => {
    const value = [{ id: 'me', isMuted: false }];
    const { target, scope, call } = await startScriptedSession(
      ({ path }) => (path.endsWith('/participants') ? { status: 200, json: { value } } : undefined),
      { ...kept, capabilities: { participants: true }, timeouts: { notificationMs: 10_000 } },
    );
    const first = await call(scope('one')).ready();
    const { url } = first.mailbox;
    await first.mute();
    const releasing = first.release();
    const second = call(scope('two'));
    const coming = second.ready();
    // Late, and yet before the next case has the call.
    await target.notify(url, rosterItem('kept', { id: 'me', isMuted: true }));
    await releasing;
    await coming;
    expect(second.mailbox.deliveries).toEqual([]);
    expect(second.state.mutedBefore).toBe(false);
    await second.release();
  });

  it('is not to be had when it is over', async () => {
    const { scope, call } = await startScriptedSession(() => ({ status: 200, json: { state: 'terminated' } }), kept);
    const one = call(scope('one'));
    await expect(one.ready()).rejects.toThrow('the call kept, which the target file gives, is over (state terminated)');
    await one.release();
    const next = call(scope('two'));
    await expect(next.ready()).rejects.toThrow('is over');
    await next.release();
  });
});
