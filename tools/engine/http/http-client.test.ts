import { gzipSync } from 'node:zlib';
import nock from 'nock';
import { describe, expect, it } from 'vitest';
import { never, origin, token, useNockedClients } from '../../dev/testing/nocked-client.ts';
import { CouldNotRun, Interrupted } from '../target/could-not-run.ts';
import { NotJson } from './json-depth.ts';
import type { transmit } from './transport.ts';
import { TransportFault } from './transport-fault.ts';

const clients = useNockedClients();

describe('what comes back', () => {
  it('is handed over whatever the status, with all values of a header', async () => {
    nock(origin)
      .post(/mute/)
      .reply(418, 'short and stout', ['Location', '/a', 'location', '/b', 'Content-Type', 'text/plain']);
    const answer = await clients.open().send(clients.request());
    expect(answer).toMatchObject({ status: 418, text: 'short and stout', bytes: 15 });
    expect(answer.header('LOCATION')).toEqual(['/a', '/b']);
    expect(answer.header('etag')).toEqual([]);
    expect(answer.headers['location']).toEqual(['/a', '/b']);
    expect(() => answer.json()).toThrow(NotJson);
  });

  it.each([
    'application/json',
    'application/json;odata.metadata=minimal; odata.streaming=true',
    'APPLICATION/JSON',
    'text/html',
    'multipart/form-data',
    'multipart/mixed; boundary=x',
    'image/png',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'constructor',
    ';;;',
    '',
  ])('is read as JSON when it is some, with the media type %j', async (contentType) => {
    nock(origin)
      .post(/mute/)
      .reply(200, '{"id":"a=b&c"}', contentType === '' ? [] : ['Content-Type', contentType]);
    const answer = await clients.open().send(clients.request());
    expect(answer.json()).toEqual({ id: 'a=b&c' });
    expect(answer.header('content-type')).toEqual(contentType === '' ? [] : [contentType]);
  });

  it('is unpacked', async () => {
    nock(origin)
      .post(/mute/)
      .reply(200, gzipSync('{"id":"gzip"}'), ['Content-Encoding', 'gzip', 'Content-Type', 'application/json']);
    const answer = await clients.open().send(clients.request());
    expect(answer.json()).toEqual({ id: 'gzip' });
    expect(answer.header('content-encoding')).toEqual(['gzip']);
  });

  it('is a redirect that nobody follows; the token stays here', async () => {
    const elsewhere = nock('http://evil.example').post(/.*/).reply(200).persist();
    const itself = nock(origin).get('/self').reply(200);
    nock(origin).post(/mute/).reply(307, '', ['Location', 'http://evil.example/steal']);
    const client = clients.open();
    expect((await client.send(clients.request())).status).toBe(307);
    nock(origin).post(/mute/).reply(301, '', ['Location', '/self']);
    expect((await client.send(clients.request())).status).toBe(301);
    nock(origin).post(/mute/).reply(303, '', ['Location', 'javascript:alert(1)']);
    expect((await client.send(clients.request())).status).toBe(303);
    expect(elsewhere.isDone() || itself.isDone()).toBe(false);
    expect(clients.statistics.requests).toBe(3);
  });

  it('may be invalid UTF-8, which is shown with replacements and is no JSON', async () => {
    nock(origin)
      .post(/mute/)
      .reply(200, Buffer.from([0x22, 0xff, 0x22]));
    const answer = await clients.open().send(clients.request());
    expect(answer).toMatchObject({ text: '"\uFFFD"', bytes: 3 });
    expect(() => answer.json()).toThrow(
      new NotJson('the body is not valid UTF-8, as JSON has to be: byte 2 of 3 is 0xFF'),
    );
  });
});

describe('what is recorded', () => {
  it('is the exchange with its duration and a curl line, the token by name', async () => {
    nock(origin)
      .post(/mute/)
      .reply(200, () => {
        clients.clock += 12;
        return '{"id":"op"}';
      });
    const answer = await clients.open().send(clients.request({ body: { json: { clientContext: "it's" } } }));
    expect(clients.exchanges).toEqual([answer.record.exchange]);
    expect(answer.record.exchange).toEqual({
      step: 'mute',
      sentAtMs: 0,
      ms: 12,
      request: {
        method: 'POST',
        url: `${origin}/beta/communications/calls/c1/mute`,
        headers: {
          accept: 'application/json',
          'accept-encoding': 'gzip, deflate',
          'user-agent': 'call-mute-conformance',
          'client-request-id': 'a5b7c1d2-0000-4000-8000-000000000001',
          authorization: 'Bearer $TOKEN',
          'content-type': 'application/json',
        },
        body: '{"clientContext":"it\'s"}',
      },
      response: { status: 200, headers: {}, body: '{"id":"op"}' },
      curl: expect.stringContaining(
        String.raw`-H "authorization: Bearer $TOKEN" -H 'content-type: application/json' --data-raw '{"clientContext":"it'\''s"}'`,
      ),
    });
    expect(JSON.stringify(clients.exchanges)).not.toContain(token);
  });

  it('cuts long bodies, and says so', async () => {
    nock(origin).post(/mute/).reply(200, 'x'.repeat(100_000));
    const answer = await clients
      .open()
      .send(clients.request({ body: { text: 'y'.repeat(100_000), contentType: null } }));
    const [exchange] = clients.exchanges;
    expect(exchange?.request).toMatchObject({ truncated: true, body: 'y'.repeat(65_536) });
    expect(exchange?.response).toMatchObject({ truncated: true, body: 'x'.repeat(65_536) });
    expect(exchange?.curl.length).toBeLessThan(2_000);
    expect(answer.text).toHaveLength(100_000);
  });

  it('is kept for a request without an answer too', async () => {
    nock(origin)
      .post(/mute/)
      .replyWithError(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    const fault = await clients
      .open()
      .send(clients.request())
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(TransportFault);
    expect(fault).toMatchObject({ kind: 'dns', message: 'the name in target.example does not resolve (ENOTFOUND)' });
    expect(clients.exchanges).toMatchObject([
      { failure: 'the name in target.example does not resolve (ENOTFOUND)', ms: 0 },
    ]);
    expect(clients.exchanges[0]).not.toHaveProperty('response');
  });
});

describe('time', () => {
  it('limits a whole exchange', async () => {
    nock(origin)
      .post(/mute/)
      .reply(() => never);
    nock(origin).post(/mute/).delayBody(60_000).reply(200, 'late');
    const client = clients.open({ requestTimeoutMs: 30 });
    await expect(client.send(clients.request())).rejects.toMatchObject({
      kind: 'timeout',
      message: 'there was no answer within 30 ms',
    });
    await expect(client.send(clients.request())).rejects.toMatchObject({ kind: 'timeout' });
    expect(clients.statistics).toMatchObject({ requests: 2, unanswered: 2, timeouts: 2, consecutiveTimeouts: 2 });
    nock.abortPendingRequests();
  });

  it('is given up after eight timeouts in a row, not when answers come between', async () => {
    const timeout = Object.assign(new Error('out of time'), { code: 'ECONNABORTED' });
    const failure = { error: timeout, answerBegun: false, reusedConnection: false };
    const answer = { status: 204, rawHeaders: [], body: Buffer.alloc(0) };
    const failing: typeof transmit = ({ method }) => ({
      outcome: Promise.resolve(method === 'POST' ? { failure } : { answer }),
      abort: () => undefined,
    });
    const client = clients.open({ transmit: failing });
    const cleanUp = (signal?: AbortSignal) =>
      client.send(clients.request({ method: 'DELETE', path: '/communications/calls/c1', ...(signal && { signal }) }));
    for (let round = 0; round < 8; round += 1) {
      await expect(client.send(clients.request())).rejects.toThrow(TransportFault);
      if (round === 3) await cleanUp();
    }
    expect(clients.statistics).toMatchObject({ givenUp: undefined, consecutiveTimeouts: 4 });
    for (let round = 0; round < 4; round += 1) {
      await expect(client.send(clients.request())).rejects.toThrow(TransportFault);
    }
    await expect(client.send(clients.request())).rejects.toThrow(CouldNotRun);
    expect(clients.statistics.requests).toBe(13);

    // What was made is still cleared up, for five seconds.
    const { signal } = new AbortController();
    clients.clock += 4_999;
    expect((await cleanUp(signal)).status).toBe(204);
    clients.clock += 1;
    await expect(cleanUp(signal)).rejects.toThrow(CouldNotRun);
  });

  it('keeps to the ceiling of requests', async () => {
    nock(origin).post(/mute/).times(3).reply(200);
    const client = clients.open({ rate: { perSecond: 20 } });
    await client.send(clients.request());
    await client.send(clients.request());
    clients.clock += 500;
    await client.send(clients.request());
    expect(clients.waits).toEqual([50]);
  });

  it('ends with the run: what is under way at once, what follows not at all', async () => {
    const run = new AbortController();
    nock(origin)
      .post(/mute/)
      .reply(() => {
        run.abort();
        return never;
      });
    const client = clients.open({ signal: run.signal });
    await expect(client.send(clients.request())).rejects.toThrow(Interrupted);
    await expect(client.send(clients.request())).rejects.toThrow(Interrupted);
    expect(clients.exchanges).toMatchObject([{ failure: 'the run was interrupted' }]);
    expect(clients.statistics).toMatchObject({ requests: 1, unanswered: 0 });

    nock.cleanAll();
    nock(origin).delete(/calls/).reply(204);
    const cleanUp = clients.request({
      method: 'DELETE',
      path: '/communications/calls/c1',
      signal: new AbortController().signal,
    });
    expect((await client.send(cleanUp)).status).toBe(204);
  });
});

describe('a request that makes something', () => {
  it('comes to its end though the run does, if it has left', async () => {
    const run = new AbortController();
    nock(origin)
      .post(/mute/)
      .reply(() => {
        run.abort();
        return [201, 'made'];
      });
    const finish = new AbortController();
    const client = clients.open({ signal: run.signal });
    expect((await client.send(clients.request({ finish: finish.signal }))).text).toBe('made');
    await expect(client.send(clients.request({ finish: finish.signal }))).rejects.toThrow(Interrupted);
    expect(clients.statistics.requests).toBe(1);
  });

  it('is ended all the same when that takes too long', async () => {
    const finish = new AbortController();
    nock(origin)
      .post(/mute/)
      .reply(() => {
        finish.abort();
        return never;
      });
    await expect(clients.open().send(clients.request({ finish: finish.signal }))).rejects.toThrow(Interrupted);
  });
});
