import request, { type Test } from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { judge } from '../graph/payloads/judge.ts';
import { type SchemaName, validate } from '../graph/payloads/validators.ts';
import { startCallbackSink } from '../dev/testing/callback-sink.ts';
import {
  act,
  authorized,
  callsPaths,
  createCall,
  meeting,
  oneTarget,
  twoTargets,
} from '../dev/testing/emulated-call.ts';
import { answerSchema } from '../dev/testing/openapi-fragment.ts';
import { findVariant } from './find-deviation.ts';
import { type EmulatorServerOptions, startEmulatorServer } from './start.ts';

const started: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(started.splice(0).map((server) => server.close())));

async function start(options?: EmulatorServerOptions) {
  const [emulator, sink] = await Promise.all([startEmulatorServer(options), startCallbackSink()]);
  started.push(emulator, sink);
  return { emulator, sink };
}

async function bodyOf(test: Test, schema: SchemaName, status: number): Promise<unknown> {
  const { body } = await test.expect(status);
  expect(validate(schema, body)).toEqual([]);
  return body;
}

describe('what the emulator says keeps its own contract', () => {
  it.each(callsPaths)('in its answers under %s', async (path) => {
    const { emulator } = await start();
    const as = (test: Test): Test => authorized(test, emulator);
    for (const kind of [twoTargets, oneTarget, meeting('19:contract')]) {
      const body = { callbackUri: 'http://127.0.0.1:9/', tenantId: 't', requestedModalities: ['audio'], ...kind };
      await bodyOf(as(request(emulator.origin).post(path)).send(body), 'call', 201);
    }
    const { id } = await createCall(emulator, twoTargets);
    await bodyOf(as(request(emulator.origin).get(`${path}/${id}`)), 'call', 200);
    const muted = await bodyOf(
      act(emulator, id, { clientContext: 'x' }, 'mute', path),
      'muteParticipantOperation',
      200,
    );
    expect(judge(muted, 'operation')).toEqual([]);
    await bodyOf(act(emulator, id, {}, 'mute', path), 'muteParticipantOperation', 200);
    const unmuted = await act(emulator, id, {}, 'unmute', path).expect(200);
    expect(validate('commsOperation', unmuted.body)).toEqual([]);
    await bodyOf(
      as(request(emulator.origin).get(`${path}/${id}/operations/${unmuted.body.id}`)),
      answerSchema('/communications/calls/{call-id}/operations/{operation-id}', 'get', '200'),
      200,
    );
    const { body } = await as(request(emulator.origin).get(`${path}/${id}/participants`)).expect(200);
    expect(judge(body.value, 'participant')).toEqual([]);
    expect(body.value).toHaveLength(3);
  });

  it('in its refusals', async () => {
    const { emulator } = await start();
    const as = (test: Test): Test => authorized(test, emulator);
    const { id } = await createCall(emulator);
    const { id: peerToPeer } = await createCall(emulator, oneTarget);
    const url = `/beta/communications/calls/${id}/mute`;
    const refused: [number, Test][] = [
      [400, act(emulator, id, '{')],
      [400, act(emulator, id, '[]')],
      [400, act(emulator, id, { clientContext: 1 })],
      [400, act(emulator, peerToPeer)],
      [400, as(request(emulator.origin).post(url))],
      [400, as(request(emulator.origin).post('/v1.0/app/calls'))],
      [400, as(request(emulator.origin).post('/beta/app/calls')).send({})],
      [401, request(emulator.origin).post(url).send({})],
      [
        403,
        as(request(emulator.origin).post('/beta/app/calls')).set(
          'Authorization',
          `Bearer ${emulator.unprivilegedToken}`,
        ),
      ],
      [404, act(emulator, 'missing')],
      [404, as(request(emulator.origin).get('/elsewhere'))],
      [405, as(request(emulator.origin).get(url))],
      [413, act(emulator, id, { clientContext: 'x'.repeat(400_000) })],
      [415, as(request(emulator.origin).post(url)).type('text/plain').send('{}')],
    ];
    for (const [status, test] of refused) {
      const body = await bodyOf(test, 'errorResponse', status);
      expect(judge(body, 'error')).toEqual([]);
    }
  });

  it.each([
    ['synchronous operations', { deviation: { id: 'x', summary: '', settings: { announceDeletion: true } } }, 5, 7],
    ['asynchronous operations', { deviation: findVariant('operation-asynchronous') }, 7, 7],
  ])('in its notifications, with %s', async (_what, options, ofMutes, ofAll) => {
    const { emulator, sink } = await start(options);
    const { id } = await createCall(emulator, meeting('19:contract'), sink.url());
    await sink.until(({ length }) => length === 3);
    await act(emulator, id, { clientContext: 'x' });
    await act(emulator, id, { clientContext: 'y' }, 'unmute');
    await sink.until(({ length }) => length === ofMutes);
    await authorized(request(emulator.origin).delete(`/beta/communications/calls/${id}`), emulator).expect(204);
    for (const { body } of await sink.until(({ length }) => length === ofAll)) {
      expect(validate('commsNotifications', body)).toEqual([]);
      expect(judge(body, 'notification')).toEqual([]);
    }
  });
});
