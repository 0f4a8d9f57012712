import { describe, expect, it } from 'vitest';
import {
  callItem,
  rosterItem,
  type ScriptedReply,
  type ScriptedRequest,
  type TargetOverrides,
} from '../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';
import { examineCalls } from './calls.ts';
import type { DoctorFinding } from './finding.ts';

/** What happens on a target, with the callback of the call that is asked for. */
interface Behaviour {
  /** Whether GET …/participants lists the own participant as muted; it lists nobody without. */
  readonly listed?: boolean;
  /** What the first roster says of the own participant, when a call is created; none comes without. */
  readonly first?: boolean;
  /** Whether something else comes to the callback before the mute. */
  readonly heard?: boolean;
  /** So many milliseconds after the mute its update comes; none without. */
  readonly updateMs?: number;
  readonly unmute?: ScriptedReply;
  /** What is answered in place of all that. */
  readonly reply?: (request: ScriptedRequest) => ScriptedReply | undefined;
}

const me = (isMuted: boolean) => ({ id: 'me', isMuted });

/** What the doctor finds of calls on a target, by step. */
async function findings(behaviour: Behaviour, overrides: TargetOverrides = {}): Promise<Map<string, DoctorFinding>> {
  const { listed, first, heard = false, updateMs, unmute, reply } = behaviour;
  const callbacks = new Map<string, string>();
  let shared = '';
  let peers = 0;
  const { session } = await startScriptedSession(async (request, target) => {
    const told = reply?.(request);
    if (told !== undefined) return told;
    const { method, path, json } = request;
    const [, id = '', action = ''] = /\/calls\/([^/]+)\/?([^/]*)$/.exec(path) ?? [];
    const uri = callbacks.get(id) ?? `${shared}/${id}`;
    if (method === 'POST' && path.endsWith('/calls')) {
      const made = `made-${(peers += 1)}`;
      callbacks.set(made, String(json['callbackUri']));
      if (first !== undefined) await target.notify(String(json['callbackUri']), rosterItem(made, me(first)));
      return { status: 201, json: { id: made, state: 'established', myParticipantId: 'me' } };
    }
    if (action === 'participants') {
      if (heard) await target.notify(uri, callItem(id, { state: 'established' }));
      return { status: 200, json: { value: listed === undefined ? [] : [me(listed)] } };
    }
    if (action === 'unmute' && unmute?.status === 200) await target.notify(uri, rosterItem(id, me(false)));
    if (action === 'mute' && updateMs !== undefined) {
      // The doctor may be gone by then.
      setTimeout(() => void target.notify(uri, rosterItem(id, me(true))).catch(() => undefined), updateMs);
    }
    return action === 'unmute' ? unmute : undefined;
  }, overrides);
  shared = `${session.receiver.url}/callbacks/shared`;
  const found = new Map<string, DoctorFinding>();
  for await (const finding of examineCalls(session, {})) found.set(finding.step, finding);
  return found;
}

const keptAlone: TargetOverrides = {
  calls: { group: { id: 'kept', participantId: 'me' }, meeting: 'none', peerToPeer: 'none' },
};
const readable = { capabilities: { participants: true } };

describe('no update of a call that is kept in time', () => {
  it.each<[string, Behaviour, TargetOverrides, RegExp, RegExp]>([
    [
      'it comes late, where the mute changed nothing and was not waited for long',
      { listed: true, updateMs: 120 },
      { ...keptAlone, ...readable, timeouts: { notificationMs: 10_000 } },
      /^it came only \d+ ms after the mute$/,
      /^Give --quiet-window more than that, such as \d+ms\.$/,
    ],
    [
      'it comes later than the timeout allows, where nobody knows whether the mute changed anything',
      { updateMs: 700 },
      { ...keptAlone, timeouts: { notificationMs: 500 } },
      /^it came only \d+ ms after the mute$/,
      /^Give --notification-timeout more than that, such as \d+ms\.$/,
    ],
    [
      'nothing ever comes',
      { listed: true },
      { ...keptAlone, ...readable },
      /^nothing came to http:\/\/127\.0\.0\.1:\d+\/callbacks\/shared\/kept$/,
      /^Make that the callbackUri of the call kept, and give callback\.listen in the target file a fixed port\.$/,
    ],
    [
      'other things come, and the call was muted already',
      { listed: true, heard: true },
      { ...keptAlone, ...readable },
      /^none came; the call kept was muted already/,
      /^Declare unmute, if the target has it; else give a call that is not muted/,
    ],
    [
      'other things come, and unmute, which is declared, is refused',
      { listed: true, heard: true, unmute: { status: 409 } },
      { ...keptAlone, capabilities: { participants: true, unmute: true } },
      /^none came; the call kept was muted already, .*unmute is declared, and did not succeed/,
      /^unmute is declared, and POST …\/unmute was answered 409: fix it, or set capabilities: \{unmute: false\}/,
    ],
    [
      'other things come, and nobody can tell the own participant in the list',
      { heard: true },
      { calls: { ...keptAlone.calls, group: { id: 'kept' } }, ...readable },
      /^none came; it is not known whether the call kept was muted before/,
      /^Give applicationId in the target file, or give participantId beside the id of the call\.$/,
    ],
    [
      'other things come, and the target announces no mute',
      { listed: false, heard: true },
      { ...keptAlone, ...readable },
      /^none came within 200 ms, though the callback is reached/,
      /^If the target is slow, raise --notification-timeout/,
    ],
  ])('%s', async (_what, behaviour, overrides, detail, fix) => {
    const update = (await findings(behaviour, overrides)).get('roster update');
    expect(update).toMatchObject({
      state: 'problem',
      detail: expect.stringMatching(detail) as string,
      fix: expect.stringMatching(fix) as string,
    });
  });

  it('that comes in time is no problem', async () => {
    const inTime = { ...keptAlone, ...readable, timeouts: { notificationMs: 10_000 } };
    const found = await findings({ listed: false, updateMs: 60 }, inTime);
    expect(found.get('roster update')?.state).toBe('ok');
  });
});

describe('an application that joins muted', () => {
  const created: TargetOverrides = { calls: { meeting: 'none', peerToPeer: 'none' } };

  it('is told of, and what a mute changes cannot be judged without unmute', async () => {
    const found = await findings({ first: true }, created);
    expect(found.get('joins muted')).toEqual({
      step: 'joins muted',
      state: 'note',
      detail:
        'the application is muted when its call is established; unmute is not declared, so what a mute changes cannot be judged',
    });
    expect(found.get('roster update')).toMatchObject({
      state: 'problem',
      detail: expect.stringMatching(/^none came; the application is muted from the start/) as string,
      fix: 'Declare unmute, if the target has it; else let the application join without being muted.',
    });
  });

  it('is unmuted first where unmute is declared', async () => {
    const unmuting = { ...created, capabilities: { unmute: true }, timeouts: { notificationMs: 10_000 } };
    const found = await findings({ first: true, updateMs: 0, unmute: { status: 200 } }, unmuting);
    expect(found.get('joins muted')?.detail).toMatch(/unmute is declared, so each call is unmuted before/);
    expect(found.get('roster update')?.state).toBe('ok');
  });

  it('is told to be muted still where unmute is declared and refused', async () => {
    const found = await findings(
      { first: true, unmute: { status: 403 } },
      { ...created, capabilities: { unmute: true } },
    );
    expect(found.get('joins muted')?.detail).toMatch(/unmute is declared, but did not unmute it$/);
    expect(found.get('roster update')?.fix).toMatch(/^unmute is declared, and POST …\/unmute was answered 403: fix it/);
  });

  it('is not spoken of where it joins without being muted, or its first roster does not come', async () => {
    for (const first of [{ first: false }, {}]) {
      const found = await findings({ ...first, updateMs: 0 }, { ...created, timeouts: { notificationMs: 1_000 } });
      expect([...found.keys()]).not.toContain('joins muted');
      expect(found.get('roster update')?.state).toBe('ok');
    }
  });
});

describe('a call that cannot be had', () => {
  it('is over, though the target file gives it', async () => {
    const over = ({ method, path }: ScriptedRequest) =>
      method === 'GET' && path.endsWith('/kept') ? { status: 200, json: { state: 'terminated' } } : undefined;
    const found = await findings({ reply: over }, keptAlone);
    expect(found.get('established')).toMatchObject({
      state: 'problem',
      fix: 'Give the id of a call that is established.',
    });
  });

  it.each<[string, ScriptedReply]>([
    ['refused', { status: 400 }],
    ['without an id', { status: 201, json: {} }],
  ])('is a peer-to-peer call that is %s', async (_what, told) => {
    const isPeer = ({ json }: ScriptedRequest) => Array.isArray(json['targets']) && json['targets'].length === 1;
    const found = await findings({ reply: (request) => (isPeer(request) ? told : undefined), updateMs: 0 });
    expect(found.get('group call')?.state).toBe('ok');
    expect(found.get('peer-to-peer call')).toMatchObject({
      state: 'problem',
      fix: expect.stringMatching(/^Say in the target file how peer-to-peer calls are made: .* or none/) as string,
    });
  });
});
