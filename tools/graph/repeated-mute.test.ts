import { describe, expect, it } from 'vitest';
import { startScriptedSession } from '../dev/testing/targets/scripted-session.ts';
import { CaseContext } from './context.ts';
import { muteAgain } from './repeated-mute.ts';

/** A target that refuses to mute what is muted; its requests as `call action`. */
async function refusingRepeats(unmute: boolean) {
  const muted = new Set<string>();
  const requests: string[] = [];
  const { scope, call } = await startScriptedSession(
    ({ path }) => {
      const [, id = '', action] = /\/calls\/([^/]+)\/(u?n?mute)$/.exec(path) ?? [];
      if (action === undefined) return undefined;
      requests.push(`${id} ${action}`);
      if (action === 'unmute') return { status: muted.delete(id) ? 200 : 409, json: { id: 'op' } };
      if (muted.has(id)) return { status: 409 };
      muted.add(id);
      return { status: 200, json: { id: 'op' } };
    },
    { capabilities: { unmute }, timeouts: { notificationMs: 100, quietMs: 10 } },
  );
  const one = scope();
  return { requests, context: new CaseContext(one), call: await call(one).ready() };
}

describe('a further mute', () => {
  it('comes after an unmute where the target refuses it', async () => {
    const { call, context, requests } = await refusingRepeats(true);
    expect((await muteAgain(call)).status).toBe(200);
    expect((await muteAgain(call)).status).toBe(200);
    expect((await context.muteAnyway(call)).status).toBe(200);
    const again = ['call-1 mute', 'call-1 unmute', 'call-1 mute'];
    expect(requests).toEqual(['call-1 mute', ...again, ...again]);
  });

  it('is refused on the same call, and made on a fresh one, where the target cannot unmute', async () => {
    const { call, context, requests } = await refusingRepeats(false);
    await muteAgain(call);
    expect((await muteAgain(call)).status).toBe(409);
    expect((await context.muteAnyway(call)).status).toBe(200);
    expect(requests).toEqual(['call-1 mute', 'call-1 mute', 'call-1 mute', 'call-2 mute']);
  });
});
