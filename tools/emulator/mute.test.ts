import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, authorized, callsPaths, createCall, meeting, oneTarget } from '../dev/testing/emulated-call.ts';
import { type EmulatorServer, startEmulatorServer } from './start.ts';

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

let emulator: EmulatorServer;
beforeAll(async () => {
  emulator = await startEmulatorServer();
});
afterAll(() => emulator.close());

describe.each(callsPaths)('mute under %s', (path) => {
  const version = path.slice(0, path.indexOf('/', 1));

  it('answers 200 with the operation and its address', async () => {
    const { id: callId } = await createCall(emulator);
    const { body, headers } = await act(emulator, callId, { clientContext: 'first' }, 'mute', path).expect(200);
    expect(body).toEqual({
      '@odata.type': '#microsoft.graph.muteParticipantOperation',
      '@odata.context': `${emulator.origin}${version}/$metadata#muteParticipantOperation`,
      id: expect.stringMatching(guid),
      status: 'completed',
      clientContext: 'first',
    });
    expect(headers.location).toBe(`${emulator.origin}${version}/communications/calls/${callId}/operations/${body.id}`);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['odata-version']).toBe('4.0');
    expect(headers['request-id']).toMatch(guid);
    expect(headers.date).toBeDefined();
  });

  it('keeps the operation where Location says', async () => {
    const { id } = await createCall(emulator);
    const muted = await act(emulator, id, { clientContext: 'kept' }, 'mute', path);
    const { pathname } = new URL(String(muted.headers.location));
    const read = await authorized(request(emulator.origin).get(pathname), emulator).expect(200);
    expect(read.body).toEqual(muted.body);
    await authorized(request(emulator.origin).get(`${pathname}0`), emulator).expect(404);
  });

  it.each(['mute', 'microsoft.graph.mute', 'Microsoft.Graph.mute', 'MICROSOFT.GRAPH.mute'])(
    'serves the action as %s',
    async (action) => {
      const { id } = await createCall(emulator);
      await act(emulator, id, {}, action, path).expect(200);
      await act(emulator, id, {}, action.replace('mute', 'unmute'), path).expect(200);
    },
  );

  it('unmutes', async () => {
    const { id, myParticipantId } = await createCall(emulator);
    const isMuted = async (): Promise<unknown> => {
      const { body } = await authorized(request(emulator.origin).get(`${path}/${id}/participants`), emulator);
      const participants: { id: string; isMuted: boolean; mediaStreams: { serverMuted: boolean }[] }[] = body.value;
      const others = participants.filter((participant) => participant.id !== myParticipantId);
      expect(others.map((other) => other.isMuted)).toEqual([false, false]);
      const self = participants.find((participant) => participant.id === myParticipantId);
      expect(self?.mediaStreams[0]?.serverMuted).toBe(self?.isMuted);
      return self?.isMuted;
    };
    expect(await isMuted()).toBe(false);
    await act(emulator, id, {}, 'mute', path).expect(200);
    expect(await isMuted()).toBe(true);
    const { body } = await act(emulator, id, {}, 'unmute', path).expect(200);
    expect(body['@odata.type']).toBe('#microsoft.graph.unmuteParticipantOperation');
    expect(await isMuted()).toBe(false);
  });

  it('refuses peer-to-peer calls', async () => {
    const { id } = await createCall(emulator, oneTarget);
    const { body, headers } = await act(emulator, id, {}, 'mute', path).expect(400);
    expect(body.error).toMatchObject({ code: '8506', message: expect.stringContaining('peer-to-peer') });
    expect(headers.location).toBeUndefined();
    await authorized(request(emulator.origin).get(`${path}/${id}/participants`), emulator).expect(400);
  });

  it('answers 404 for calls that are unknown, malformed or deleted', async () => {
    const { id } = await createCall(emulator);
    await authorized(request(emulator.origin).delete(`${path}/${id}`), emulator).expect(204);
    for (const missing of [id, 'f2cd7ae5-9f5c-4f37-9db2-3b1cb36d8e55', 'no-guid', '%E0%A4%A', '..%2f..']) {
      const { body } = await act(emulator, missing, {}, 'mute', path).expect(404);
      expect(body.error.code).toBe('8522');
    }
    await authorized(request(emulator.origin).get(`${path}/${id}`), emulator).expect(404);
    await authorized(request(emulator.origin).delete(`${path}/${id}`), emulator).expect(404);
  });

  it('serves its actions by POST only', async () => {
    const { id } = await createCall(emulator);
    for (const method of ['get', 'put', 'patch', 'delete'] as const) {
      const refused = await authorized(request(emulator.origin)[method](`${path}/${id}/mute`), emulator).expect(405);
      expect(refused.headers.allow).toBe('POST');
      expect(refused.body.error.code).toBe('MethodNotAllowed');
    }
    await authorized(request(emulator.origin).head(`${path}/${id}/mute`), emulator).expect(405);
    const { headers } = await authorized(request(emulator.origin).put(`${path}/${id}`), emulator).expect(405);
    expect(headers.allow).toBe('GET, DELETE');
  });
});

describe('mute', () => {
  it('gives each operation an id of its own, also when nothing changes', async () => {
    const { id } = await createCall(emulator, meeting('19:repeat'));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => act(emulator, id, { clientContext: `${n}` })),
    );
    expect(answers.map(({ status, body }) => [status, body.clientContext])).toEqual(
      answers.map((_, n) => [200, `${n}`]),
    );
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(20);
  });

  it('builds links from the Host of the request, unless that is nonsense', async () => {
    const { id } = await createCall(emulator);
    const { port } = new URL(emulator.origin);
    const named = await act(emulator, id).set('Host', `localhost:${port}`).expect(200);
    expect(named.headers.location).toMatch(`http://localhost:${port}/beta/`);
    const other = await act(emulator, id).set('Host', 'what_ever.example');
    expect(other.headers.location).toMatch('http://what_ever.example/beta/');
  });

  it('does not serve /app on v1.0', async () => {
    const { id } = await createCall(emulator);
    const refused = await authorized(request(emulator.origin).post(`/v1.0/app/calls/${id}/mute`), emulator).send({});
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({ code: 'BadRequest', message: expect.stringContaining("'app'") });
  });

  it.each([
    '/',
    '/beta',
    '/beta/communications/calls/x/y',
    '/v2/communications/calls',
    '/beta/communications/calls/a/b/c/d',
  ])('answers 404 for %s', async (path) => {
    const { body } = await authorized(request(emulator.origin).get(path), emulator).expect(404);
    expect(body.error.innerError['request-id']).toMatch(guid);
  });
});
