import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import nock from 'nock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import type { SendOptions } from './send-options.ts';
import { Semaphore } from './semaphore.ts';
import { defaultMaxBodyBytes } from '../target/target.ts';
import { ThrottleBudget } from './throttle.ts';
import { createTrafficStatistics } from './traffic.ts';
import { transmit } from './transport.ts';

interface Received {
  method: string;
  path: string;
  headers: Record<string, unknown>;
  body: string;
}

const token = 'tok-0123456789';
const sink: { server?: Server; baseUrl: string; received?: Received } = { baseUrl: '' };

beforeAll(async () => {
  // nock would send the request on with headers of its own; everything here stays on loopback.
  nock.restore();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url = '', headers } = request;
      sink.received = { method, path: url, headers, body };
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sink.server = server;
  sink.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/beta`;
});

afterAll(() => {
  sink.server?.close();
  nock.activate();
});

/** Sends a request to a real server. @returns what arrived there */
async function send(request: Partial<SendOptions>, options: Partial<HttpClientOptions> = {}): Promise<Received> {
  delete sink.received;
  const client = createHttpClient({
    baseUrl: sink.baseUrl,
    token,
    requestTimeoutMs: 5_000,
    maxBodyBytes: defaultMaxBodyBytes,
    semaphore: new Semaphore(1),
    startedAt: 0,
    now: () => performance.now(),
    wait: async () => undefined,
    transmit,
    signal: new AbortController().signal,
    statistics: createTrafficStatistics(),
    ...options,
  });
  try {
    await client.send({
      step: 'mute',
      method: 'POST',
      path: '/communications/calls/c1/mute',
      clientRequestId: 'a5b7c1d2-0000-4000-8000-000000000001',
      throttle: new ThrottleBudget(0),
      record: () => undefined,
      ...request,
    });
  } finally {
    await client.close();
  }
  const { received } = sink;
  if (received === undefined) throw new Error('nothing arrived');
  return received;
}

describe('what is sent', () => {
  it('is JSON with the token, the id of the request and the configured headers', async () => {
    const received = await send({ body: { json: { clientContext: 'é' } } }, { headers: { 'X-Tenant': 'blue' } });
    expect(received).toEqual({
      method: 'POST',
      path: '/beta/communications/calls/c1/mute',
      headers: {
        accept: 'application/json',
        'accept-encoding': 'gzip, deflate',
        authorization: `Bearer ${token}`,
        'client-request-id': 'a5b7c1d2-0000-4000-8000-000000000001',
        connection: 'keep-alive',
        'content-length': '22',
        'content-type': 'application/json',
        host: new URL(sink.baseUrl).host,
        'user-agent': 'call-mute-conformance',
        'x-tenant': 'blue',
      },
      body: '{"clientContext":"é"}',
    });
  });

  it('has no body, no length but zero and no media type when there is none to send', async () => {
    const { headers, body } = await send({});
    expect(headers).not.toHaveProperty('content-type');
    expect(headers).toMatchObject({ 'content-length': '0' });
    expect(body).toBe('');
  });

  it.each([
    ['text without a media type', 'plain words', null],
    ['text with a media type of any case', '{"clientContext":1}', 'Application/JSON; Charset=UTF-8'],
    ['broken JSON', '{"clientContext":', 'application/json'],
    ['an empty body with a media type', '', 'application/json'],
    ['a form', 'a=b&c=d', 'application/x-www-form-urlencoded'],
  ])('is %s', async (_, text, contentType) => {
    for (const sent of [text, Buffer.from(text)]) {
      const { headers, body } = await send({ body: { text: sent, contentType } });
      expect(body).toBe(text);
      expect(headers['content-type']).toBe(contentType ?? undefined);
      expect(headers['content-length']).toBe(String(text.length));
    }
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE'])('is %s with and without a body', async (method) => {
    expect(await send({ method, body: { json: { a: 1 } } })).toMatchObject({ method, body: '{"a":1}' });
    expect(await send({ method })).toMatchObject({ method, body: '' });
  });

  it.each([null, '', 'Bearer', 'Bearer ', 'Basic Zm9vOmJhcg==', 'bearer tok-0123456789'])(
    'has the Authorization %j',
    async (authorization) => {
      const { headers } = await send({ authorization });
      // Spaces at the end of a field are no part of it: RFC 9110, section 5.5.
      expect(headers['authorization']).toBe(authorization?.trimEnd());
    },
  );

  it('has no Authorization without a token, unless one is configured', async () => {
    expect((await send({}, { token: undefined })).headers).not.toHaveProperty('authorization');
    const { headers } = await send({}, { token: undefined, headers: { authorization: 'ApiKey 1' } });
    expect(headers['authorization']).toBe('ApiKey 1');
  });

  it('has the token that was fetched, and leaves out what is null', async () => {
    const leftOut = { Accept: null, 'client-request-id': null, 'accept-encoding': null, 'user-agent': null };
    const { headers } = await send({ headers: leftOut }, { token: async () => 'fetched' });
    expect(headers).toMatchObject({ authorization: 'Bearer fetched' });
    for (const name of Object.keys(leftOut)) expect(headers).not.toHaveProperty(name.toLowerCase());
  });

  it('keeps the path as it is given, dot segments and escapes included', async () => {
    const { path } = await send({ path: "/communications/calls/..%2F%00/./it's/../mute?a=b%20c+d" });
    expect(path).toBe("/beta/communications/calls/..%2F%00/./it's/../mute?a=b%20c+d");
    expect((await send({ path: '/x' }, { baseUrl: `${sink.baseUrl}/` })).path).toBe('/beta/x');
  });

  it('may be below the origin, for a path out of a Location', async () => {
    expect(await send({ method: 'GET', path: '/other/calls/1', below: 'origin' })).toMatchObject({
      path: '/other/calls/1',
    });
  });

  it.each([
    'http://evil.example/x',
    '//evil.example/x',
    'x',
    '',
    '@evil.example/',
    '/a b',
    '/a#b',
    '/a\\b',
    '/%zz',
    '/é',
    '/a\r\nb',
  ])('is never %j', async (path) => {
    await expect(send({ path })).rejects.toThrow(TypeError);
  });

  it('is refused when a header cannot be sent', async () => {
    await expect(send({ authorization: 'Bearer a\r\nX: y' })).rejects.toThrow(/cannot be sent/);
  });
});
