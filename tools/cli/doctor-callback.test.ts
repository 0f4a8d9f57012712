import { describe, expect, it } from 'vitest';
import { examine, open, quick, targetThat } from '../dev/testing/examined-target.ts';
import { keptCalls, ownParticipant, startPlainTarget } from '../dev/testing/targets/plain-target.ts';
import { rosterItem, type ScriptedTarget } from '../dev/testing/targets/scripted-target.ts';

/** A target that names no own participant, and reports somebody else muted. */
async function targetThatReportsAStranger(): Promise<ScriptedTarget> {
  const carla = { id: 'x', isMuted: true, info: { identity: { user: { id: 'carla' } } } };
  const target = await targetThat(
    (uri, callId) => target.notify(uri, rosterItem(callId, carla)),
    () => undefined,
    undefined,
    {},
  );
  return target;
}

describe('what the doctor says of the callback', () => {
  it('recognises a target that is probably in a container', async () => {
    const { baseUrl } = await targetThat(() => undefined);
    const { exitCode, step } = await examine({ baseUrl, ...quick });
    expect(exitCode).toBe(4);
    expect(step('roster update')).toContain('nothing at all came to http://127.0.0.1:');
    expect(step('roster update')).toContain(
      'give --callback-listen 0.0.0.0:9000 --callback-url http://host.docker.internal:9000',
    );
  });

  it('says what else keeps updates away', async () => {
    const { baseUrl } = await targetThat(() => undefined);
    const withUrl = await examine({ baseUrl, callbackUrl: 'http://bot.example', ...quick });
    expect(withUrl.step('roster update')).toMatch(
      /fix +The target has to POST .*Does http:\/\/bot\.example lead to 127\.0\.0\.1, port \d+,/,
    );
    const lost = await targetThat(async (uri) => fetch(new URL('/elsewhere', uri), { method: 'POST' }));
    const rewritten = await examine({ baseUrl: lost.baseUrl, ...quick });
    expect(rewritten.step('roster update')).toMatch(/1 request.* named an unknown .*\n +fix .*keep path and query/);
    const others = await targetThat(async (uri) =>
      fetch(uri, { method: 'POST', body: '{"value":[{"resourceUrl":"/communications/calls/call/operations/o"}]}' }),
    );
    const announced = await examine({ baseUrl: others.baseUrl, ...quick });
    expect(announced.step('roster update')).toMatch(/the callback is reached: \d+ other notifications came/);
  });

  it('says when nobody can tell the own participant', async () => {
    const target = await targetThatReportsAStranger();
    const { exitCode, step } = await examine({ baseUrl: target.baseUrl, ...quick });
    expect(exitCode).toBe(4);
    expect(step('own participant')).toMatch(
      /^✗ .*no update identifies it\n +fix +Give applicationId in the target file/,
    );
  });

  it('leaves calls that are kept as they were', async () => {
    const target = await startPlainTarget({ unmute: true });
    open.push(target);
    const calls = Object.fromEntries(
      Object.entries(keptCalls).map(([kind, id]) => [kind, { id, participantId: ownParticipant(id) }]),
    );
    const file = { baseUrl: target.baseUrl, token: target.token, calls, capabilities: { unmute: true } };
    const { exitCode, step } = await examine({ target: ['a.yaml'], ...quick }, { 'a.yaml': JSON.stringify(file) });
    expect(exitCode).toBe(4);
    expect(step('group call')).toContain(`kept: ${keptCalls.group}`);
    expect(step('established')).toMatch(/^– .*taken for granted/);
    expect(step('roster update')).toMatch(
      /nothing came to http.*\/callbacks\/shared\/room.*\n +fix +Make that the callbackUri/,
    );
    expect(step('peer-to-peer call')).toMatch(/^✓/);
    expect([...target.calls.values()].some(({ muted }) => muted)).toBe(false);
    expect(target.calls.size).toBe(3);
  });

  it('knows updates that come to the callback of another call', async () => {
    const uris: string[] = [];
    const target = await targetThat((uri, callId) => {
      uris.push(uri);
      const other = [...target.requests].map(({ json }) => String(json['callbackUri'])).find((one) => one !== uri);
      return target.notify(other ?? '', rosterItem(callId, { id: 'me', isMuted: true }));
    });
    const { step } = await examine({ baseUrl: target.baseUrl, ...quick });
    expect(step('roster update')).toMatch(/came to that of another call.*\n +fix +.*callbackUri of each call apart/);
  });

  it('says how it was told that a call is established', async () => {
    const target = await targetThat((uri, callId) =>
      target.notify(uri, rosterItem(callId, { id: 'me', isMuted: true })),
    );
    const { step } = await examine({ baseUrl: target.baseUrl, ...quick });
    expect(step('established')).toMatch(/^✓ .*reported in the response that created it$/);
  });

  it('does not advise again what was done', async () => {
    const target = await targetThatReportsAStranger();
    const file = { baseUrl: target.baseUrl, applicationId: 'app-of-ours' };
    const { step } = await examine({ target: ['a.yaml'], ...quick }, { 'a.yaml': JSON.stringify(file) });
    expect(step('own participant')).toMatch(/fix +No participant has the identity of the application app-of-ours/);
  });
});
