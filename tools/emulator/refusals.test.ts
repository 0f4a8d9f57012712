import request, { type Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, authorized, closedCallback, createCall, twoTargets } from '../dev/testing/emulated-call.ts';
import { type EmulatorServer, startEmulatorServer } from './start.ts';

let emulator: EmulatorServer;
let callId: string;
beforeAll(async () => {
  emulator = await startEmulatorServer({ now: () => Date.UTC(2026, 2, 4, 5, 6, 7, 890) });
  callId = (await createCall(emulator)).id;
});
afterAll(() => emulator.close());

function mute(): Test {
  return request(emulator.origin).post(`/beta/communications/calls/${callId}/mute`);
}

describe('the bearer token', () => {
  it.each([
    ['no header', undefined],
    ['no token', 'Bearer'],
    ['an empty token', 'Bearer   '],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['a wrong token', 'Bearer wrong'],
    ['no scheme', 'wrong'],
  ])('is refused with 401 and a challenge: %s', async (_what, header) => {
    const test = mute().set('Content-Type', 'application/json');
    const { body, headers } = await (header === undefined ? test : test.set('Authorization', header))
      .send({})
      .expect(401);
    expect(body.error.code).toBe('InvalidAuthenticationToken');
    expect(headers['www-authenticate']).toMatch(/^Bearer/);
    expect(JSON.stringify([body, headers])).not.toContain('wrong');
  });

  it('may name its scheme in any case', async () => {
    for (const scheme of ['bearer', 'BEARER', 'Bearer ']) {
      await mute().set('Authorization', `${scheme} ${emulator.token}`).send({}).expect(200);
    }
  });

  it('may be any when the emulator is told so', async () => {
    const open = await startEmulatorServer({ acceptAnyToken: true });
    const test = request(open.origin)
      .post('/beta/communications/calls')
      .send({ callbackUri: closedCallback, ...twoTargets });
    await test.set('Authorization', 'Bearer whatever').expect(201);
    await request(open.origin).get('/beta/communications/calls/x').set('Authorization', 'Bearer ').expect(401);
    await request(open.origin).get('/beta/communications/calls/x').set('Authorization', 'Bearer a b').expect(401);
    await open.close();
  });

  it('of an application without permission creates no call but mutes one', async () => {
    const unprivileged = `Bearer ${emulator.unprivilegedToken}`;
    const refused = await request(emulator.origin)
      .post('/beta/communications/calls')
      .set('Authorization', unprivileged)
      .send({ callbackUri: closedCallback, ...twoTargets })
      .expect(403);
    expect(refused.body.error.code).toBe('7504');
    await mute().set('Authorization', unprivileged).send({}).expect(200);
  });
});

describe('the error body', () => {
  it('is the OData error with its inner error', async () => {
    const clientRequestId = '6a0e2c1e-6b1c-4c57-8f3c-36d1b0a1b0f4';
    const { body, headers } = await act(emulator, 'missing').set('client-request-id', clientRequestId).expect(404);
    expect(body).toEqual({
      error: {
        code: '8522',
        message: expect.stringMatching(/./),
        innerError: {
          date: '2026-03-04T05:06:07',
          'request-id': headers['request-id'],
          'client-request-id': clientRequestId,
        },
      },
    });
    expect(headers['client-request-id']).toBe(clientRequestId);
    expect(headers['content-type']).toBe('application/json');
  });

  it('repeats the request-id where the client sent none (fact 13)', async () => {
    const { headers } = await act(emulator, 'missing');
    expect(headers['client-request-id']).toBe(headers['request-id']);
  });
});

describe('the content type', () => {
  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/jsonp', 'nonsense', ';'])(
    'is refused with 415: %s',
    async (type) => {
      await authorized(mute(), emulator).set('Content-Type', type).send('{}').expect(415);
    },
  );

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json;odata.metadata=full',
  ])('is accepted: %s', async (type) => {
    await authorized(mute(), emulator).set('Content-Type', type).send('{}').expect(200);
  });

  it('is required', async () => {
    const { body } = await authorized(mute(), emulator).expect(400);
    expect(body.error.message).toContain('Content-Type');
  });
});

describe('the body', () => {
  it.each(['{', '{"clientContext":}', '{"a":1,}', 'nonsense', '{} {}', `${'['.repeat(70)}${']'.repeat(70)}`])(
    'is refused when it is not JSON: %s',
    async (text) => {
      await act(emulator, callId, text).expect(400);
    },
  );

  it('is refused when it is not UTF-8', async () => {
    const test = authorized(mute(), emulator).set('Content-Type', 'application/json');
    test.write(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]));
    await test.expect(400);
  });

  it.each(['[]', '[{}]', '"text"', '1', 'true', 'null'])('is refused when it is no object: %s', async (text) => {
    await act(emulator, callId, text).expect(400);
  });

  it.each(['1', 'true', '{}', '[]', '["a"]'])('is refused when clientContext is %s', async (value) => {
    const { body } = await act(emulator, callId, `{"clientContext":${value}}`).expect(400);
    expect(body.error.message).toContain('clientContext');
  });

  it('may be empty, an empty object or have members nobody knows', async () => {
    for (const text of ['{}', '{"clientContext":null}', '{"colour":"red","clientContext":"x","@odata.type":"#y"}']) {
      await act(emulator, callId, text).expect(200);
    }
    await authorized(mute(), emulator).set('Content-Type', 'application/json').expect(200);
    const withNull = await act(emulator, callId, { clientContext: null });
    expect(withNull.body.clientContext).toBeNull();
    expect((await act(emulator, callId, {})).body).not.toHaveProperty('clientContext');
  });

  it.each([
    'x'.repeat(256),
    '😀'.repeat(256),
    ' spaces ',
    '"\\/<b>&amp;',
    'é\u0301\u202e\ud83d\ude00',
    '\ud800',
    '\u0000\t\n',
  ])('gives its clientContext back exactly', async (clientContext) => {
    const { body } = await act(emulator, callId, JSON.stringify({ clientContext })).expect(200);
    expect(body.clientContext).toBe(clientContext);
  });

  it.each(['x'.repeat(257), '😀'.repeat(257)])('is refused when clientContext has 257 characters', async (text) => {
    await act(emulator, callId, { clientContext: text }).expect(400);
  });

  it('is refused with 413 when it is large, and the connection lives on', async () => {
    const { body } = await act(emulator, callId, { clientContext: 'x'.repeat(1024 * 1024) }).expect(413);
    expect(body.error.code).toBe('RequestEntityTooLarge');
    const padded = JSON.stringify({ padding: 'x'.repeat(300_000) });
    await act(emulator, callId, padded).expect(413);
  });
});

describe('create call', () => {
  function create(body: object): Test {
    return authorized(request(emulator.origin).post('/v1.0/communications/calls'), emulator).send(body);
  }

  it('answers 201 with the call and its address', async () => {
    const { body, headers } = await create({ callbackUri: closedCallback, tenantId: 't', ...twoTargets }).expect(201);
    expect(body).toMatchObject({
      '@odata.type': '#microsoft.graph.call',
      state: 'establishing',
      callbackUri: closedCallback,
      tenantId: 't',
      ...twoTargets,
    });
    expect(body.myParticipantId).toMatch(/^[\da-f-]{36}$/);
    expect(headers.location).toBe(`${emulator.baseUrl('v1.0')}/communications/calls/${body.id}`);
  });

  it.each([
    ['no callbackUri', twoTargets],
    ['a callbackUri that is not a valid URL', { callbackUri: 'here', ...twoTargets }],
    ['a callbackUri without TLS', { callbackUri: 'http://example.com/callback', ...twoTargets }],
    ['a callbackUri of another kind', { callbackUri: 'ftp://127.0.0.1/callback', ...twoTargets }],
    ['a callbackUri that only looks like loopback', { callbackUri: 'http://127.0.0.1.example.com/', ...twoTargets }],
    ['nobody to call', { callbackUri: closedCallback }],
    ['no targets', { callbackUri: closedCallback, targets: [] }],
    ['half the coordinates of a meeting', { callbackUri: closedCallback, chatInfo: { threadId: 'x' } }],
  ])('refuses %s', async (_what, body) => {
    await create(body).expect(400);
  });

  it('accepts callbacks over https anywhere and over http on loopback', async () => {
    for (const callbackUri of ['https://localhost:1/a', 'http://localhost:9/a', 'http://[::1]:9/a']) {
      await create({ callbackUri, ...twoTargets }).expect(201);
    }
  });
});
