import { createLocalJWKSet, createRemoteJWKSet, jwtVerify } from 'jose';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { act, authorized, createCall, meeting, oneTarget, twoTargets } from '../dev/testing/emulated-call.ts';
import { type CallbackSink, type ReceivedNotification, startCallbackSink } from '../dev/testing/callback-sink.ts';
import type { Settings } from './settings.ts';
import { type EmulatorServer, type EmulatorServerOptions, startEmulatorServer } from './start.ts';
import { selfSignedIdentity } from './tls-identity.ts';

interface Item {
  changeType: string;
  resource: string;
  resourceUrl: string;
  resourceData: unknown;
}

const started: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(started.splice(0).map((server) => server.close())));

async function start(options: EmulatorServerOptions = {}): Promise<{ emulator: EmulatorServer; sink: CallbackSink }> {
  const [emulator, sink] = await Promise.all([startEmulatorServer(options), startCallbackSink()]);
  started.push(emulator, sink);
  return { emulator, sink };
}

function withSettings(settings: Partial<Settings>): EmulatorServerOptions {
  return { deviation: { id: 'test', summary: 'Other settings', settings } };
}

function items(notifications: readonly ReceivedNotification[]): Item[] {
  return notifications.flatMap(({ body }) => (body as { value: Item[] }).value);
}

/** What happened, in short: changeType, the resource's last segment, and the state or who is muted. */
function told(notifications: readonly ReceivedNotification[]): string[] {
  return items(notifications).map(({ changeType, resourceUrl, resourceData }) => {
    const last = resourceUrl
      .split('/')
      .slice(4)
      .join('/')
      .replace(/[\da-f-]{36}/, 'id');
    const detail = Array.isArray(resourceData)
      ? resourceData.map(({ isMuted }) => (isMuted === true ? 'muted' : 'heard')).join(' ')
      : ((resourceData as Record<string, unknown>).state ?? (resourceData as Record<string, unknown>).status);
    return `${changeType} ${last === '' ? 'call' : last}: ${String(detail)}`;
  });
}

describe('deltas of a roster', () => {
  const asking = { callOptions: { '@odata.type': '#microsoft.graph.outgoingCallOptions', isDeltaRosterEnabled: true } };

  it('are sent to a call that asked for them, and hold what has changed', async () => {
    const { emulator, sink } = await start();
    const { id, myParticipantId } = await createCall(emulator, { ...twoTargets, ...asking }, sink.url());
    await sink.until(({ length }) => length === 3);
    await act(emulator, id);
    await act(emulator, id, {}, 'unmute');
    const notifications = await sink.until(({ length }) => length === 5);
    const deltas = items(notifications)
      .filter(({ resourceUrl }) => resourceUrl.endsWith('/participants'))
      .map(({ resourceData }) => resourceData);
    expect(deltas).toMatchObject([
      [{ '@odata.type': '#microsoft.graph.deltaParticipants', sequenceNumber: 1, participants: [{}, {}, {}] }],
      [{ sequenceNumber: 2, participants: [{ id: myParticipantId, isMuted: true }] }],
      [{ sequenceNumber: 3, participants: [{ id: myParticipantId, isMuted: false }] }],
    ]);
  });

  it('are not sent to a call that did not', async () => {
    const { emulator, sink } = await start();
    const options = { callOptions: { ...asking.callOptions, isDeltaRosterEnabled: false } };
    await createCall(emulator, { ...twoTargets, ...options }, sink.url());
    const [roster] = items(await sink.until(({ length }) => length === 3)).slice(-1);
    expect(roster?.resourceData).toHaveLength(3);
  });
});

describe('notifications', () => {
  it('tell of a group call in order: its states, its roster, its mutes', async () => {
    const { emulator, sink } = await start();
    const { id } = await createCall(emulator, twoTargets, sink.url());
    await sink.until(({ length }) => length === 3);
    await act(emulator, id, { clientContext: 'a' });
    await sink.until(({ length }) => length === 4);
    // A second mute changes nothing, so nothing is said until the unmute.
    await act(emulator, id, { clientContext: 'b' });
    await act(emulator, id, {}, 'unmute');
    expect(told(await sink.until(({ length }) => length === 5))).toEqual([
      'updated call: establishing',
      'updated call: established',
      'updated participants: heard heard heard',
      'updated participants: heard heard muted',
      'updated participants: heard heard heard',
    ]);
  });

  it('are posted as the page shows it, to exactly the callbackUri', async () => {
    const { emulator, sink } = await start();
    const path = '/callback/a%20b?key=1&key=2&x=%2F';
    const source = { identity: { application: { id: 'c3e3c1f2-7a5b-4a63-8b92-3e0a5e7c1d11', displayName: 'Bot' } } };
    const { id, myParticipantId } = await createCall(emulator, { source, ...twoTargets }, sink.url(path));
    await act(emulator, id);
    const received = await sink.until(({ length }) => length === 4, path);
    expect(received.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'POST']);
    const last = received.at(-1);
    expect(last?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: expect.stringMatching(/^Bearer /),
    });
    const participant = {
      '@odata.type': '#microsoft.graph.participant',
      id: expect.any(String),
      isMuted: false,
      isInLobby: false,
      mediaStreams: [
        expect.objectContaining({
          mediaType: 'audio',
          direction: 'sendReceive',
          serverMuted: false,
          label: 'main-audio',
        }),
      ],
    };
    expect(last?.body).toEqual({
      '@odata.type': '#microsoft.graph.commsNotifications',
      value: [
        {
          '@odata.type': '#microsoft.graph.commsNotification',
          changeType: 'updated',
          resource: `/app/calls/${id}/participants`,
          resourceUrl: `/communications/calls/${id}/participants`,
          resourceData: [
            expect.objectContaining({
              ...participant,
              info: expect.objectContaining({
                identity: expect.objectContaining({ user: expect.objectContaining({ displayName: 'Ann' }) }),
              }),
            }),
            expect.objectContaining(participant),
            expect.objectContaining({
              ...participant,
              id: myParticipantId,
              isMuted: true,
              mediaStreams: [expect.objectContaining({ serverMuted: true })],
              info: expect.objectContaining({
                identity: {
                  '@odata.type': '#microsoft.graph.identitySet',
                  application: { '@odata.type': '#microsoft.graph.identity', ...source.identity.application },
                },
              }),
            }),
          ],
        },
      ],
    });
  });

  it('tell only the states of a peer-to-peer call (fact 47)', async () => {
    const { emulator, sink } = await start(withSettings({ announceDeletion: true }));
    const { id } = await createCall(emulator, oneTarget, sink.url());
    await act(emulator, id).expect(400);
    await authorized(request(emulator.origin).delete(`/beta/communications/calls/${id}`), emulator);
    expect(told(await sink.until(({ length }) => length === 4))).toEqual([
      'updated call: establishing',
      'updated call: established',
      'updated call: terminating',
      'deleted call: terminated',
    ]);
  });

  it('reach every leg of a meeting, each with the whole roster', async () => {
    const { emulator, sink } = await start();
    const first = await createCall(emulator, meeting('19:shared'), sink.url('/first'));
    await sink.until(({ length }) => length === 3, '/first');
    const second = await createCall(emulator, meeting('19:shared'), sink.url('/second'));
    await sink.until(({ length }) => length === 3, '/second');
    await sink.until(({ length }) => length === 4, '/first');
    await act(emulator, second.id);
    expect(told(await sink.until(({ length }) => length === 5, '/first')).slice(2)).toEqual([
      'updated participants: heard heard heard',
      'updated participants: heard heard heard heard',
      'updated participants: heard heard heard muted',
    ]);
    expect(told(await sink.until(({ length }) => length === 4, '/second')).at(-1)).toContain('muted');
    await authorized(request(emulator.origin).delete(`/beta/communications/calls/${first.id}`), emulator);
    const left = await sink.until(({ length }) => length === 5, '/second');
    expect(told(left).at(-1)).toBe('updated participants: heard heard muted');
    expect(items(left).at(-1)?.resourceUrl).toBe(`/communications/calls/${second.id}/participants`);
  });

  it('keep apart what is not the same meeting', async () => {
    const { emulator, sink } = await start();
    const bodies = [meeting('19:one'), meeting('19:two'), twoTargets, twoTargets];
    const calls = await Promise.all(bodies.map((body, n) => createCall(emulator, body, sink.url(`/${n}`))));
    await act(emulator, calls[0]?.id ?? '');
    await sink.until(({ length }) => length === 4, '/0');
    const others = await Promise.all([1, 2, 3].map((n) => sink.until(({ length }) => length === 3, `/${n}`)));
    expect(others.flatMap(told).filter((line) => line.includes('muted'))).toEqual([]);
  });

  it('carry a token that the emulator vouches for', async () => {
    const { emulator, sink } = await start();
    await createCall(emulator, twoTargets, sink.url());
    const [first] = await sink.until(({ length }) => length === 3);
    const token = String(first?.headers.authorization).replace('Bearer ', '');
    const claims = { issuer: emulator.issuer, audience: emulator.audience };
    const { payload } = await jwtVerify(token, createLocalJWKSet(emulator.jwks), claims);
    expect(payload).toMatchObject({ iss: 'https://api.botframework.com', aud: emulator.applicationId });
    expect(payload.tid).toMatch(/^[\da-f-]{36}$/);
    await jwtVerify(token, createRemoteJWKSet(new URL(emulator.jwksUrl)), claims);
    expect(new Set(sink.received.map(({ headers }) => headers.authorization)).size).toBe(1);
  });

  it('are signed anew when time has passed', async () => {
    let now = Date.now();
    const { emulator, sink } = await start({ now: () => now });
    await createCall(emulator, twoTargets, sink.url());
    await sink.until(({ length }) => length === 3);
    now += 3_000_000;
    await createCall(emulator, twoTargets, sink.url('/later'));
    await sink.until(({ length }) => length === 3, '/later');
    expect(new Set(sink.received.map(({ headers }) => headers.authorization)).size).toBe(2);
  });

  it('go to https callbacks whose certificate nobody has signed', async () => {
    const emulator = await startEmulatorServer();
    const sink = await startCallbackSink({ tls: await selfSignedIdentity() });
    started.push(emulator, sink);
    const { id } = await createCall(emulator, twoTargets, sink.url());
    await act(emulator, id);
    expect(told(await sink.until(({ length }) => length === 4)).at(-1)).toContain('muted');
  });

  it('are lost without harm when the callback refuses or is not there', async () => {
    const { emulator } = await start();
    const sink = await startCallbackSink({ status: 500 });
    started.push(sink);
    const { id } = await createCall(emulator);
    await act(emulator, id).expect(200);
    const refused = await createCall(emulator, twoTargets, sink.url());
    await act(emulator, refused.id).expect(200);
    expect((await sink.until(({ length }) => length === 4)).length).toBe(4);
    await authorized(request(emulator.origin).get(`/beta/communications/calls/${id}`), emulator).expect(200);
  });

  it('follow the settings that the documentation leaves open', async () => {
    const { emulator, sink } = await start(withSettings({ announceFirstRoster: false, announceRepeatedMute: true }));
    const { id } = await createCall(emulator, twoTargets, sink.url());
    await act(emulator, id);
    await act(emulator, id);
    expect(told(await sink.until(({ length }) => length === 4)).slice(1)).toEqual([
      'updated call: established',
      'updated participants: heard heard muted',
      'updated participants: heard heard muted',
    ]);
  });

  it.each([
    [0, 3, 'established'],
    [60_000, 1, 'establishing'],
  ])('show a call as established only when it is, here after %i ms', async (establishAfterMs, count, expected) => {
    const { emulator, sink } = await start(withSettings({ establishAfterMs }));
    const { id } = await createCall(emulator, twoTargets, sink.url());
    expect(told(await sink.until(({ length }) => length === count))[count === 1 ? 0 : 1]).toContain(expected);
    const read = authorized(request(emulator.origin).get(`/beta/communications/calls/${id}`), emulator);
    expect((await read).body.state).toBe(expected);
  });
});
