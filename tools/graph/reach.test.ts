import { describe, expect, it } from 'vitest';
import { startScriptedSession } from '../dev/testing/targets/scripted-session.ts';
import { TransportFault } from '../engine/http/transport-fault.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import { reach } from './reach.ts';

describe('reach', () => {
  it('takes any kind of call that can be had', async () => {
    let creations = 0;
    const { session } = await startScriptedSession(({ path }) =>
      path.endsWith('/calls') && ++creations === 1 ? { status: 400 } : undefined,
    );
    await reach(session);
    expect(session.unreachable).toBeUndefined();
  });

  it('takes any answer for a call that is kept, and none at all for no target', async () => {
    const there = await startScriptedSession(() => ({ status: 500 }), { calls: { group: { id: 'kept' } } });
    await reach(there.session);
    expect(there.session.unreachable).toBeUndefined();
    const gone = await startScriptedSession(undefined, { calls: { group: { id: 'kept' } } });
    await gone.target.close();
    await reach(gone.session);
    expect(gone.session.unreachable).toMatchObject({
      request: `GET ${gone.target.baseUrl}/communications/calls/kept`,
      problem: expect.stringContaining('the connection was refused') as string,
      advice: expect.stringContaining('--wait 60s') as string,
    });
    await expect(gone.scope('one').send({ step: 'x', method: 'GET', path: '/x' })).rejects.toThrow(CouldNotRun);
    await expect(gone.scope('one').sendRelease({ step: 'x', method: 'GET', path: '/x' })).rejects.toThrow(
      TransportFault,
    );
  });

  it('says which request failed when no call can be had at all', async () => {
    const { target, session } = await startScriptedSession(() => ({ status: 403, text: 'no' }));
    await reach(session);
    expect(session.unreachable).toMatchObject({ request: `POST ${target.baseUrl}/communications/calls` });
    expect(session.unreachable?.problem).toContain('the group call could not be created');
    expect(target.lines()).toEqual(['POST calls', 'POST calls', 'POST calls']);
  });
});
