import { describe, expect, it } from 'vitest';
import type { ScriptedReply } from '../../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../../dev/testing/targets/scripted-session.ts';
import { CouldNotRun } from '../../../engine/target/could-not-run.ts';
import type { CallKind } from '../../../engine/target/target.ts';

/** Lets everything that is ready go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a call that is created', () => {
  it.each<[CallKind, number, boolean]>([
    ['group', 2, false],
    ['peerToPeer', 1, false],
    ['meeting', 0, true],
  ])('is a %s by what fact 56 says', async (kind, targets, isMeeting) => {
    const { target, scope, call } = await startScriptedSession(undefined, {
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
    const { target, session, scope, call } = await startScriptedSession();
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
    const { target, session, scope, call } = await startScriptedSession();
    const one = call(scope('one'));
    const coming = one.ready();
    await one.release();
    await coming;
    expect(target.lines()).toEqual(['POST calls', 'DELETE calls/call-1']);
    expect(session.traffic().callsLeaked).toBe(0);
  });

  it('counts as leaked when it cannot be deleted', async () => {
    const { session, scope, call } = await startScriptedSession(({ method }) =>
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
    ['answered with an id for no path', { status: 201, json: { id: '..' } }, 'the call id ".." is not valid in a path'],
    ['answered with half a character', { status: 201, text: '{"id":"\\ud800"}' }, 'is not valid in a path'],
  ])('says what to provide when create is %s', async (_what, answer, problem) => {
    const { target, scope, call } = await startScriptedSession(({ path }) =>
      path.endsWith('/calls') ? answer : undefined,
    );
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
    const { target, scope, call } = await startScriptedSession(undefined, { calls: { meeting: thread } });
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
    const { scope, call } = await startScriptedSession(undefined, { calls: { group: thread } });
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

describe('a call that a command makes', () => {
  it('is settled, muted and deleted like one that is created', async () => {
    const line = `"${process.execPath}" -e "console.log(JSON.stringify({id:'made',participantId:'me'}))"`;
    const { target, session, scope, call } = await startScriptedSession(
      ({ method }) => (method === 'GET' ? { status: 200, json: { state: 'established' } } : undefined),
      { calls: { group: { command: line } } },
    );
    const made = await call(scope('one')).ready();
    expect(made.own.participantId).toBe('me');
    expect((await made.end()).succeeded).toBe(true);
    await made.release();
    expect(target.lines()).toEqual(['GET calls/made', 'DELETE calls/made']);
    expect(session.traffic()).toMatchObject({ callsCreated: 1, callsLeaked: 0 });
  });
});
