import { gzipSync } from 'node:zlib';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../results/results.ts';
import { CaseTime } from '../target/case-time.ts';
import { CouldNotRun, Interrupted } from '../target/could-not-run.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';
import type { SendOptions } from './send-options.ts';
import { NotJson } from './json-depth.ts';
import { Slots } from './slots.ts';
import { defaultMaxBodyBytes } from '../target/target.ts';
import { ThrottleBudget } from './throttle.ts';
import { createTrafficStatistics, type TrafficStatistics } from './traffic.ts';
import { transmit } from './transport.ts';
import { TransportFault } from './transport-fault.ts';

const origin = 'http://target.example';
const token = 'tok-0123456789';

/** The answer of a target that is silent. */
const never = new Promise<nock.ReplyFnResult>(() => undefined);

let clock: number;
let waits: number[];
let exchanges: Exchange[];
let statistics: TrafficStatistics;
let opened: HttpClient[];

beforeEach(() => {
  clock = 1_000;
  waits = [];
  exchanges = [];
  statistics = createTrafficStatistics();
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((client) => client.close()));
  nock.cleanAll();
});

function open(options: Partial<HttpClientOptions> = {}): HttpClient {
  const client = createHttpClient({
    baseUrl: `${origin}/beta`,
    token,
    requestTimeoutMs: 15_000,
    maxBodyBytes: defaultMaxBodyBytes,
    slots: new Slots(4),
    startedAt: 1_000,
    now: () => clock,
    wait: async (ms) => {
      waits.push(ms);
      clock += ms;
    },
    transmit,
    signal: new AbortController().signal,
    statistics,
    ...options,
  });
  opened.push(client);
  return client;
}

function request(options: Partial<SendOptions> = {}): SendOptions {
  return {
    step: 'mute',
    method: 'POST',
    path: '/communications/calls/c1/mute',
    clientRequestId: 'a5b7c1d2-0000-4000-8000-000000000001',
    throttle: new ThrottleBudget(30_000),
    record: (sent) => exchanges.push(sent.exchange),
    ...options,
  };
}

describe('what comes back', () => {
  it('is handed over whatever the status, with all values of a header', async () => {
    nock(origin)
      .post(/mute/)
      .reply(418, 'short and stout', ['Location', '/a', 'location', '/b', 'Content-Type', 'text/plain']);
    const answer = await open().send(request());
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
    const answer = await open().send(request());
    expect(answer.json()).toEqual({ id: 'a=b&c' });
    expect(answer.header('content-type')).toEqual(contentType === '' ? [] : [contentType]);
  });

  it('is unpacked', async () => {
    nock(origin)
      .post(/mute/)
      .reply(200, gzipSync('{"id":"gzip"}'), ['Content-Encoding', 'gzip', 'Content-Type', 'application/json']);
    const answer = await open().send(request());
    expect(answer.json()).toEqual({ id: 'gzip' });
    expect(answer.header('content-encoding')).toEqual(['gzip']);
  });

  it('is a redirect that nobody follows; the token stays here', async () => {
    const elsewhere = nock('http://evil.example').post(/.*/).reply(200).persist();
    const itself = nock(origin).get('/self').reply(200);
    nock(origin).post(/mute/).reply(307, '', ['Location', 'http://evil.example/steal']);
    const client = open();
    expect((await client.send(request())).status).toBe(307);
    nock(origin).post(/mute/).reply(301, '', ['Location', '/self']);
    expect((await client.send(request())).status).toBe(301);
    nock(origin).post(/mute/).reply(303, '', ['Location', 'javascript:alert(1)']);
    expect((await client.send(request())).status).toBe(303);
    expect(elsewhere.isDone() || itself.isDone()).toBe(false);
    expect(statistics.requests).toBe(3);
  });

  it('may be invalid UTF-8, which is shown with replacements and is no JSON', async () => {
    nock(origin)
      .post(/mute/)
      .reply(200, Buffer.from([0x22, 0xff, 0x22]));
    const answer = await open().send(request());
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
        clock += 12;
        return '{"id":"op"}';
      });
    const answer = await open().send(request({ body: { json: { clientContext: "it's" } } }));
    expect(exchanges).toEqual([answer.record.exchange]);
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
    expect(JSON.stringify(exchanges)).not.toContain(token);
  });

  it('cuts long bodies, and says so', async () => {
    nock(origin).post(/mute/).reply(200, 'x'.repeat(100_000));
    const answer = await open().send(request({ body: { text: 'y'.repeat(100_000), contentType: null } }));
    const [exchange] = exchanges;
    expect(exchange?.request).toMatchObject({ truncated: true, body: 'y'.repeat(65_536) });
    expect(exchange?.response).toMatchObject({ truncated: true, body: 'x'.repeat(65_536) });
    expect(exchange?.curl.length).toBeLessThan(2_000);
    expect(answer.text).toHaveLength(100_000);
  });

  it('is kept for a request without an answer too', async () => {
    nock(origin)
      .post(/mute/)
      .replyWithError(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    const fault = await open()
      .send(request())
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(TransportFault);
    expect(fault).toMatchObject({ kind: 'dns', message: 'the name in target.example does not resolve (ENOTFOUND)' });
    expect(exchanges).toMatchObject([{ failure: 'the name in target.example does not resolve (ENOTFOUND)', ms: 0 }]);
    expect(exchanges[0]).not.toHaveProperty('response');
  });
});

describe('time', () => {
  it('limits a whole exchange', async () => {
    nock(origin)
      .post(/mute/)
      .reply(() => never);
    nock(origin).post(/mute/).delayBody(60_000).reply(200, 'late');
    const client = open({ requestTimeoutMs: 30 });
    await expect(client.send(request())).rejects.toMatchObject({
      kind: 'timeout',
      message: 'there was no answer within 30 ms',
    });
    await expect(client.send(request())).rejects.toMatchObject({ kind: 'timeout' });
    expect(statistics).toMatchObject({ requests: 2, unanswered: 2, timeouts: 2, consecutiveTimeouts: 2 });
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
    const client = open({ transmit: failing });
    const cleanUp = (signal?: AbortSignal) =>
      client.send(request({ method: 'DELETE', path: '/communications/calls/c1', ...(signal && { signal }) }));
    for (let round = 0; round < 8; round += 1) {
      await expect(client.send(request())).rejects.toThrow(TransportFault);
      if (round === 3) await cleanUp();
    }
    expect(statistics).toMatchObject({ givenUp: undefined, consecutiveTimeouts: 4 });
    for (let round = 0; round < 4; round += 1) {
      await expect(client.send(request())).rejects.toThrow(TransportFault);
    }
    await expect(client.send(request())).rejects.toThrow(CouldNotRun);
    expect(statistics.requests).toBe(13);

    // What was made is still cleared up, for five seconds.
    const { signal } = new AbortController();
    clock += 4_999;
    expect((await cleanUp(signal)).status).toBe(204);
    clock += 1;
    await expect(cleanUp(signal)).rejects.toThrow(CouldNotRun);
  });

  it('keeps to the ceiling of requests', async () => {
    nock(origin).post(/mute/).times(3).reply(200);
    const client = open({ rate: { perSecond: 20 } });
    await client.send(request());
    await client.send(request());
    clock += 500;
    await client.send(request());
    expect(waits).toEqual([50]);
  });

  it('ends with the run: what is under way at once, what follows not at all', async () => {
    const run = new AbortController();
    nock(origin)
      .post(/mute/)
      .reply(() => {
        run.abort();
        return never;
      });
    const client = open({ signal: run.signal });
    await expect(client.send(request())).rejects.toThrow(Interrupted);
    await expect(client.send(request())).rejects.toThrow(Interrupted);
    expect(exchanges).toMatchObject([{ failure: 'the run was interrupted' }]);
    expect(statistics).toMatchObject({ requests: 1, unanswered: 0 });

    nock.cleanAll();
    nock(origin).delete(/calls/).reply(204);
    const cleanUp = request({
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
    const client = open({ signal: run.signal });
    expect((await client.send(request({ finish: finish.signal }))).text).toBe('made');
    await expect(client.send(request({ finish: finish.signal }))).rejects.toThrow(Interrupted);
    expect(statistics.requests).toBe(1);
  });

  it('is ended all the same when that takes too long', async () => {
    const finish = new AbortController();
    nock(origin)
      .post(/mute/)
      .reply(() => {
        finish.abort();
        return never;
      });
    await expect(open().send(request({ finish: finish.signal }))).rejects.toThrow(Interrupted);
  });
});

describe('throttling', () => {
  const throttled = (retryAfter: string, status = 429, more: string[] = []) =>
    nock(origin)
      .post(/mute/)
      .reply(status, 'slow down', ['Retry-After', retryAfter, ...more]);

  it('is waited out again and again, each time counted and recorded', async () => {
    throttled('1');
    throttled('2', 503);
    throttled('0.5');
    nock(origin).post(/mute/).reply(200, 'done');
    const answer = await open().send(request());
    expect(answer.text).toBe('done');
    expect(waits).toEqual([1_000, 2_000, 500]);
    expect(exchanges.map(({ response }) => response?.status)).toEqual([429, 503, 429, 200]);
    expect(statistics).toMatchObject({ requests: 4, throttled: 3, throttleWaitMs: 3_500 });
  });

  it('is measured by the Date of the answer where Retry-After is a date', async () => {
    throttled('Wed, 21 Oct 2015 07:28:03 GMT', 429, ['Date', 'Wed, 21 Oct 2015 07:28:00 GMT']);
    throttled('Wed, 21 Oct 2015 07:27:00 GMT', 429, ['Date', 'Wed, 21 Oct 2015 07:28:00 GMT']);
    nock(origin).post(/mute/).reply(200);
    expect((await open().send(request())).status).toBe(200);
    expect(waits).toEqual([3_000, 50]);
  });

  it('hands the answer over when the budget of the case does not suffice', async () => {
    const throttle = new ThrottleBudget(2_500);
    throttled('2');
    throttled('1');
    const answer = await open().send(request({ throttle }));
    expect(answer.status).toBe(429);
    expect(waits).toEqual([2_000]);
    expect(throttle.leftMs).toBe(500);
  });

  it.each(['3600', '99999999999999999999', '31'])('hands the answer over at once for %s', async (retryAfter) => {
    throttled(retryAfter);
    expect((await open().send(request())).status).toBe(429);
    expect(waits).toEqual([]);
  });

  it.each(['-1', 'soon', '', '1e3', 'Wed, 99 Oct 2015 07:28:00 GMT', '0x10'])(
    'clamps %j to a second, twice',
    async (retryAfter) => {
      for (let round = 0; round < 3; round += 1) throttled(retryAfter);
      expect((await open().send(request())).status).toBe(429);
      expect(waits).toEqual([1_000, 1_000]);
    },
  );

  it('is not waited out without Retry-After, nor for other statuses', async () => {
    nock(origin).post(/mute/).reply(429);
    nock(origin).post(/mute/).reply(500, '', ['Retry-After', '1']);
    const client = open();
    expect((await client.send(request())).status).toBe(429);
    expect((await client.send(request())).status).toBe(500);
    expect(statistics.throttled).toBe(0);
  });

  it('is not a matter of thousands of requests where Retry-After is 0 for ever', async () => {
    nock(origin).post(/mute/).reply(429, '', ['Retry-After', '0']).persist();
    expect((await open().send(request())).status).toBe(429);
    expect(statistics.requests).toBeLessThan(50);
  });

  it('ends for all cases together after two minutes of waiting', async () => {
    nock(origin).post(/mute/).reply(429, '', ['Retry-After', '20']).persist();
    const client = open();
    for (let round = 0; round < 10; round += 1) await client.send(request());
    expect(statistics.throttleWaitMs).toBe(120_000);
  });

  it('is time of the case, and waiting for a slot is not', async () => {
    throttled('2');
    nock(origin).post(/mute/).twice().reply(200);
    const slots = new Slots(1);
    const client = open({ slots });
    const time = new CaseTime(() => clock);
    await client.send(request({ time }));
    const release = await slots.acquire();
    const sent = client.send(request({ time }));
    await slots.untilQueueIsShorterThan(2);
    clock += 700;
    release();
    await sent;
    expect(waits).toEqual([2_000]);
    expect(time.elapsedMs()).toBe(2_000);
  });

  it('holds no slot while it waits', async () => {
    throttled('1');
    nock(origin).post(/mute/).times(2).reply(200);
    const client: HttpClient = open({
      slots: new Slots(1),
      wait: async () => {
        expect((await client.send(request({ step: 'other' }))).status).toBe(200);
      },
    });
    expect((await client.send(request())).status).toBe(200);
    expect(exchanges.map(({ step }) => step)).toEqual(['mute', 'other', 'mute']);
  });
});
