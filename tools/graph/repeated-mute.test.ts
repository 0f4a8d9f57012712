import { afterEach, describe, expect, it } from 'vitest';
import { openSession, startScriptedTarget, targetAt } from '../dev/testing/targets/scripted-target.ts';
import { CallUnderTest } from './call.ts';
import { CallScope } from './call-scope.ts';
import { CaseContext } from './context.ts';
import { muteAgain } from './repeated-mute.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A target that refuses to mute what is muted; its requests as `call action`. */
async function refusingRepeats(unmute: boolean) {
  const muted = new Set<string>();
  const requests: string[] = [];
  let calls = 0;
  const target = await startScriptedTarget(({ method, path }) => {
    if (method === 'POST' && path.endsWith('/calls')) {
      return { status: 201, json: { id: `call${++calls}`, state: 'established', myParticipantId: 'me' } };
    }
    const [, call = '', action] = /\/calls\/([^/]+)\/(u?n?mute)$/.exec(path) ?? [];
    if (action === undefined) return { status: method === 'DELETE' ? 204 : 404 };
    requests.push(`${call} ${action}`);
    if (action === 'unmute') return { status: muted.delete(call) ? 200 : 409, json: { id: 'op' } };
    if (muted.has(call)) return { status: 409 };
    muted.add(call);
    return { status: 200, json: { id: 'op' } };
  });
  const session = await openSession(
    targetAt(target.baseUrl, { capabilities: { unmute }, timeouts: { notificationMs: 100, quietMs: 10 } }),
  );
  open.push({ close: () => session.finish() }, target);
  const scope = new CallScope(session, 'case', '/communications', 'case');
  return { requests, context: new CaseContext(scope), call: await new CallUnderTest(session, scope, 'group').ready() };
}

describe('a further mute', () => {
  it('comes after an unmute where the target refuses it', async () => {
    const { call, context, requests } = await refusingRepeats(true);
    expect((await muteAgain(call)).status).toBe(200);
    expect((await muteAgain(call)).status).toBe(200);
    expect((await context.muteAnyway(call)).status).toBe(200);
    const again = ['call1 mute', 'call1 unmute', 'call1 mute'];
    expect(requests).toEqual(['call1 mute', ...again, ...again]);
  });

  it('is refused on the same call, and made on a fresh one, where the target cannot unmute', async () => {
    const { call, context, requests } = await refusingRepeats(false);
    await muteAgain(call);
    expect((await muteAgain(call)).status).toBe(409);
    expect((await context.muteAnyway(call)).status).toBe(200);
    expect(requests).toEqual(['call1 mute', 'call1 mute', 'call1 mute', 'call2 mute']);
  });
});
