import { afterEach, describe, expect, it } from 'vitest';
import {
  openSession,
  rosterItem,
  type ScriptedReply,
  type ScriptedTarget,
  startScriptedTarget,
  targetAt,
  type TargetOverrides,
} from '../dev/testing/targets/scripted-target.ts';
import { CallUnderTest } from './call.ts';
import { CallScope } from './call-scope.ts';
import { merge } from './create-body.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import { reach } from './reach.ts';
import type { CallSession } from './call-session.ts';
import type { CallKind } from '../engine/target/target.ts';
import { TransportFault } from '../engine/http/transport-fault.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Fixture {
  readonly target: ScriptedTarget;
  readonly session: CallSession;
  scope(name: string): CallScope;
  call(scope: CallScope, kind?: CallKind, meeting?: string): CallUnderTest;
}

async function fixture(
  overrides: TargetOverrides = {},
  reply: (path: string, method: string) => ScriptedReply | undefined = () => undefined,
): Promise<Fixture> {
  let calls = 0;
  const target = await startScriptedTarget(({ method, path }) => {
    const told = reply(path, method);
    if (told !== undefined) return told;
    if (method === 'POST' && path.endsWith('/calls')) {
      calls += 1;
      return { status: 201, json: { id: `call-${calls}`, state: 'established', myParticipantId: 'me' } };
    }
    return method === 'DELETE' ? { status: 204 } : { status: 200, json: { id: 'op' } };
  });
  const session = await openSession(
    targetAt(target.baseUrl, { ...overrides, timeouts: { notificationMs: 200, quietMs: 20, ...overrides.timeouts } }),
  );
  open.push({ close: () => session.finish() }, target);
  return {
    target,
    session,
    scope: (name) => new CallScope(session, name, '/communications', name),
    call: (scope, kind = 'group', meeting) => new CallUnderTest(session, scope, kind, meeting),
  };
}

/** Lets everything that is ready go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a call that is created', () => {
  it.each<[CallKind, number, boolean]>([
    ['group', 2, false],
    ['peerToPeer', 1, false],
    ['meeting', 0, true],
  ])('is a %s by what fact 56 says', async (kind, targets, isMeeting) => {
    const { target, scope, call } = await fixture({
      applicationId: 'my application',
      calls: { [kind]: { create: { tenantId: 'tenant', mediaConfig: { extra: 1 } } } },
    });
    const made = await call(scope('case'), kind, isMeeting ? 'meeting' : undefined).ready();
    const body = target.requests[0]?.json ?? {};
    expect(body).toMatchObject({
      '@odata.type': '#microsoft.graph.call',
      callbackUri: made.mailbox.url,
      source: { identity: { application: { id: 'my application' } } },
      tenantId: 'tenant',
      mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig', extra: 1 },
    });
    expect(body['targets']).toHaveLength(targets);
    expect('chatInfo' in body && 'meetingInfo' in body).toBe(isMeeting);
  });

  it('is deleted after its case, once, and counted', async () => {
    const { target, session, scope, call } = await fixture();
    const one = await call(scope('one')).ready();
    const other = await call(scope('other')).ready();
    await other.end();
    await Promise.all([one.release(), other.release(), call(scope('never made')).release()]);
    expect(
      target
        .lines()
        .filter((line) => line.startsWith('DELETE'))
        .sort(),
    ).toEqual(['DELETE calls/call-1', 'DELETE calls/call-2']);
    expect(session.traffic()).toMatchObject({ callsCreated: 2, callsLeaked: 0 });
  });

  it('is deleted also when its case ended while it came about', async () => {
    const { target, session, scope, call } = await fixture();
    const one = call(scope('one'));
    const coming = one.ready();
    await one.release();
    await coming;
    expect(target.lines()).toEqual(['POST calls', 'DELETE calls/call-1']);
    expect(session.traffic().callsLeaked).toBe(0);
  });

  it('counts as leaked when it cannot be deleted', async () => {
    const { session, scope, call } = await fixture({}, (_path, method) =>
      method === 'DELETE' ? { status: 500 } : undefined,
    );
    await (await call(scope('one')).ready()).release();
    expect(session.traffic()).toMatchObject({ callsCreated: 1, callsLeaked: 1 });
  });

  it.each<[string, ScriptedReply, string]>([
    [
      'refused',
      { status: 403, text: 'no permission' },
      'was answered 403 with no permission. Give a token of an application with Calls.Initiate.All',
    ],
    ['answered without a body', { status: 400 }, 'was answered 400 with an empty body'],
    ['answered without an id', { status: 201, json: {} }, 'was answered 201 without an id in its body'],
    ['answered with an id that is none', { status: 201, json: { id: 5 } }, 'with the id 5, which is not a string'],
    ['answered with a byte order mark', { status: 201, text: '\uFEFF{"id":"c"}' }, 'starts with a byte order mark'],
    [
      'answered with a page',
      { status: 404, text: '<html>\n<h1>Not\nfound</h1></html>' },
      'an HTML page: Not found. Is',
    ],
    ['answered with an id for no path', { status: 201, json: { id: '..' } }, 'the call id ".." cannot stand in a path'],
    ['answered with half a character', { status: 201, text: '{"id":"\\ud800"}' }, 'cannot stand in a path'],
  ])('says what to provide when create is %s', async (_what, answer, problem) => {
    const { target, scope, call } = await fixture({}, (path) => (path.endsWith('/calls') ? answer : undefined));
    const one = call(scope('one'));
    await expect(one.ready()).rejects.toThrow(CouldNotRun);
    await expect(one.ready()).rejects.toThrow(problem);
    await one.release();
    expect(target.lines()).toEqual(['POST calls']);
  });
});

describe('calls in the one meeting of the target file', () => {
  const thread = { create: { chatInfo: { threadId: '19:the-one' } } };

  it('come about one case after another; the legs of one case together', async () => {
    const { target, scope, call } = await fixture({ calls: { meeting: thread } });
    const [first, second] = [scope('first'), scope('second')];
    const leg = await call(first, 'meeting', 'm').ready();
    const otherLeg = await call(first, 'meeting', 'm').ready();
    const later = call(second, 'meeting', 'n');
    const coming = later.ready();
    await leg.release();
    await turn();
    expect(target.lines().filter((line) => line === 'POST calls')).toHaveLength(2);
    await otherLeg.release();
    await coming;
    await later.release();
    expect(target.lines().filter((line) => !line.startsWith('GET'))).toEqual([
      'POST calls',
      'POST calls',
      'DELETE calls/call-1',
      'DELETE calls/call-2',
      'POST calls',
      'DELETE calls/call-3',
    ]);
    const [request] = target.requests;
    expect(request?.json['chatInfo']).toMatchObject({ threadId: '19:the-one', messageId: '0' });
  });

  it('have nothing to do with each other nowhere: that is said', async () => {
    const { scope, call } = await fixture({ calls: { group: thread } });
    const one = scope('one');
    const [first, second] = [call(one), call(one)];
    const [made, refused] = await Promise.allSettled([first.ready(), second.ready()]);
    expect(made.status).toBe('fulfilled');
    expect(String(refused.status === 'rejected' && refused.reason)).toContain(
      'a second group call in a meeting of its own, and the target file gives the one threadId 19:the-one',
    );
    await Promise.all([first.release(), second.release()]);
    await (await call(scope('next')).ready()).release();
  });
});

describe('a call that is kept', () => {
  const kept = { calls: { group: { id: 'kept', participantId: 'me' } } };

  it('is nobody’s to delete, and there once for a case', async () => {
    const { target, scope, call } = await fixture(kept);
    const one = scope('one');
    const [first, second] = [call(one), call(one)];
    await first.ready();
    await expect(second.ready()).rejects.toThrow('needs a second group call, and the target file gives only kept');
    await expect(first.end()).rejects.toThrow('this case deletes its call, and kept is to be kept');
    await Promise.all([first.release(), second.release()]);
    expect(target.lines()).toEqual(['GET calls/kept']);
  });

  it('is unmuted before the first case and after each that muted it, where that is declared', async () => {
    const { target, session, scope, call } = await fixture({ ...kept, capabilities: { unmute: true } });
    for (const name of ['one', 'two']) {
      const shared = await call(scope(name)).ready();
      expect(shared.mutedBefore).toBe(false);
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
    const { scope, call } = await fixture({ ...kept, capabilities: { participants: true } }, (path) =>
      path.endsWith('/participants') ? { status: 200, json: { value } } : undefined,
    );
    const shared = await call(scope('one')).ready();
    expect(shared.mutedBefore).toBe(true);
    expect(shared.muteSaysNothing).toContain('was muted already');
    await shared.release();
  });

  it('is put back after an interrupt, too', async () => {
    const stop = new AbortController();
    const target = await startScriptedTarget(() => ({ status: 200, json: {} }));
    const session = await openSession(
      targetAt(target.baseUrl, {
        ...kept,
        capabilities: { unmute: true },
        timeouts: { notificationMs: 100, quietMs: 20 },
      }),
      stop.signal,
    );
    open.push({ close: () => session.finish() }, target);
    const shared = await new CallUnderTest(
      session,
      new CallScope(session, 'one', '/communications', 'one'),
      'group',
    ).ready();
    await shared.mute();
    stop.abort();
    await shared.release();
    expect(target.lines().at(-1)).toBe('POST calls/kept/unmute');
    expect(target.lines()).toHaveLength(4);
  });

  it('keeps the updates of one case from the next', async () => {
    const value = [{ id: 'me', isMuted: false }];
    const { target, scope, call } = await fixture(
      { ...kept, capabilities: { participants: true }, timeouts: { notificationMs: 10_000 } },
      (path) => (path.endsWith('/participants') ? { status: 200, json: { value } } : undefined),
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
    expect(second.mutedBefore).toBe(false);
    await second.release();
  });

  it('is not to be had when it is over', async () => {
    const { scope, call } = await fixture(kept, () => ({ status: 200, json: { state: 'terminated' } }));
    const one = call(scope('one'));
    await expect(one.ready()).rejects.toThrow('the call kept, which the target file gives, is over (state terminated)');
    await one.release();
    const next = call(scope('two'));
    await expect(next.ready()).rejects.toThrow('is over');
    await next.release();
  });
});

describe('a call that a command makes', () => {
  it('is settled, muted and deleted like one that is created', async () => {
    const line = `"${process.execPath}" -e "console.log(JSON.stringify({id:'made',participantId:'me'}))"`;
    const { target, session, scope, call } = await fixture({ calls: { group: { command: line } } }, (_path, method) =>
      method === 'GET' ? { status: 200, json: { state: 'established' } } : undefined,
    );
    const made = await call(scope('one')).ready();
    expect(made.own.participantId).toBe('me');
    expect((await made.end()).succeeded).toBe(true);
    await made.release();
    expect(target.lines()).toEqual(['GET calls/made', 'DELETE calls/made']);
    expect(session.traffic()).toMatchObject({ callsCreated: 1, callsLeaked: 0 });
  });
});

describe('reach', () => {
  it('takes any kind of call that can be had', async () => {
    let creations = 0;
    const { session } = await fixture({}, (path) =>
      path.endsWith('/calls') && ++creations === 1 ? { status: 400 } : undefined,
    );
    await reach(session);
    expect(session.unreachable).toBeUndefined();
  });

  it('takes any answer for a call that is kept, and none at all for no target', async () => {
    const there = await fixture({ calls: { group: { id: 'kept' } } }, () => ({ status: 500 }));
    await reach(there.session);
    expect(there.session.unreachable).toBeUndefined();
    const gone = await fixture({ calls: { group: { id: 'kept' } } });
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
    const { target, session } = await fixture({}, () => ({ status: 403, text: 'no' }));
    await reach(session);
    expect(session.unreachable).toMatchObject({ request: `POST ${target.baseUrl}/communications/calls` });
    expect(session.unreachable?.problem).toContain('the group call could not be created');
    expect(target.lines()).toEqual(['POST calls', 'POST calls', 'POST calls']);
  });
});

describe('merge', () => {
  it('goes into objects, and replaces all else', () => {
    const base = { a: 1, b: { c: 1, d: [1, 2] }, e: { f: 1 } };
    expect(merge(base, { b: { d: [3], x: null }, e: 'text', g: { h: 1 } })).toEqual({
      a: 1,
      b: { c: 1, d: [3], x: null },
      e: 'text',
      g: { h: 1 },
    });
    expect(base.b).toEqual({ c: 1, d: [1, 2] });
  });
});
