import http from 'node:http';
import net from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { selfSignedIdentity } from '../../emulator/tls-identity.ts';
import { send, sendRaw, start } from '../../dev/testing/started-receiver.ts';

describe('a delivery', () => {
  it('is kept as it came and answered 202 without a body', async () => {
    const receiver = await start();
    const mailbox = receiver.open({ label: 'roster.callback/exact@app' });
    const before = performance.now();
    const reply = await send(
      mailbox.url,
      {
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          Authorization: 'Bearer a.b.c',
          'X-Two': ['1', '2'],
        },
      },
      '{"value":["ü"]}',
    );
    expect(reply).toMatchObject({ status: 202, body: '' });
    expect(Object.keys(reply.headers).sort()).toEqual(['connection', 'content-length', 'date']);
    const [delivery] = mailbox.deliveries;
    expect(delivery).toMatchObject({
      method: 'POST',
      path: mailbox.expectedPath,
      atExpectedPath: true,
      body: '{"value":["ü"]}',
      bytes: 16,
      truncated: false,
      json: { value: ['ü'] },
      jsonProblem: undefined,
      authorization: 'Bearer a.b.c',
    });
    expect(delivery?.receivedAt).toBeGreaterThanOrEqual(before);
    expect(delivery?.rawHeaders).toContain('Bearer a.b.c');
    expect(delivery?.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-two': ['1', '2'],
      authorization: 'Bearer [redacted]',
    });
    expect(receiver).toMatchObject({ received: 1, strangers: 0, lateDeliveries: 0 });
  });

  it('comes to a path of its own, with a query that must survive', async () => {
    const receiver = await start();
    const [one, two] = [receiver.open({ label: 'a/b c@app' }), receiver.open()];
    expect(one.expectedPath).toMatch(/^\/callbacks\/[0-9a-f]{32}\/Notify\/\?call=a-b-c-app&Case=Kept&/);
    expect(receiver.open({ plain: true }).expectedPath).toMatch(/^\/callbacks\/[0-9a-f]{32}\/notify\?call=call&/);
    expect(one.url).toBe(`http://127.0.0.1:${receiver.port}${one.expectedPath}`);
    expect(two.expectedPath).not.toBe(one.expectedPath);
    await send(two.url);
    expect([one.deliveries.length, two.deliveries.length]).toEqual([0, 1]);
  });

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])('is kept when its method is %s', async (method) => {
    const mailbox = (await start()).open();
    expect((await send(mailbox.url, { method })).status).toBe(202);
    expect(mailbox.deliveries).toMatchObject([{ method, body: '', jsonProblem: 'the body is empty' }]);
  });

  it.each([
    ['without its query', (path: string) => path.replace(/\?.*/, '')],
    ['with another path', (path: string) => path.replace('/Notify/', '/Notify')],
    ['in lower case', (path: string) => path.toLowerCase()],
    ['with an escape decoded', (path: string) => path.replace('%2F', '/')],
    ['without its empty parameter', (path: string) => path.replace('&empty=', '')],
    ['re-encoded', (path: string) => path.replace('%20', '+')],
    ['in upper case', (path: string) => path.toUpperCase()],
    ['below another path', (path: string) => `/gateway${path}`],
  ])('is kept, and told apart, when its URL comes %s', async (_, alter) => {
    const receiver = await start();
    const mailbox = receiver.open();
    const path = alter(mailbox.expectedPath);
    expect((await send(receiver.url + path)).status).toBe(202);
    expect(mailbox.deliveries).toMatchObject([{ path, atExpectedPath: false }]);
  });

  it('may name the whole URL in its request line', async () => {
    const receiver = await start();
    const mailbox = receiver.open();
    const reply = await sendRaw(receiver, `POST ${mailbox.url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(reply).toMatch(/^HTTP\/1\.1 202 /);
    expect(mailbox.deliveries).toMatchObject([{ atExpectedPath: true }]);
  });

  it('is late, not a stranger, when its mailbox was closed', async () => {
    const receiver = await start();
    const mailbox = receiver.open();
    await send(mailbox.url);
    mailbox.close();
    mailbox.close();
    expect((await send(mailbox.url)).status).toBe(202);
    expect(mailbox.deliveries).toHaveLength(1);
    expect(receiver).toMatchObject({ received: 2, lateDeliveries: 1, strangers: 0 });
  });

  it('comes over https when there is a certificate', async () => {
    const receiver = await start({ tls: await selfSignedIdentity() });
    const mailbox = receiver.open();
    expect(mailbox.url).toMatch(/^https:\/\/127\.0\.0\.1:/);
    expect((await send(mailbox.url, { rejectUnauthorized: false }, '{}')).status).toBe(202);
    expect(mailbox.deliveries).toMatchObject([{ json: {} }]);
    expect(await sendRaw(receiver, 'GET / HTTP/1.1\r\n\r\n')).not.toContain('202');
  });

  it('comes through another name where there is one, with or without its path', async () => {
    const receiver = await start({ publicUrl: 'https://hooks.example/tunnel/' });
    const mailbox = receiver.open();
    expect(mailbox.url).toBe(`https://hooks.example/tunnel${mailbox.expectedPath}`);
    const local = `http://127.0.0.1:${receiver.port}`;
    await send(local + mailbox.expectedPath);
    await send(`${local}/tunnel${mailbox.expectedPath}`);
    expect(mailbox.deliveries).toMatchObject([{ atExpectedPath: true }, { atExpectedPath: true }]);
  });

  it('of a call that exists comes to a path that can be known beforehand', async () => {
    const receiver = await start();
    const first = receiver.openShared('call 1/2');
    expect(first.url).toBe(`${receiver.url}/callbacks/shared/call%201%2F2`);
    await send(first.url);
    await send(`${first.url}?extra`);
    first.close();
    await send(first.url);
    const second = receiver.openShared('call 1/2');
    await send(second.url);
    expect(first.deliveries.map(({ atExpectedPath }) => atExpectedPath)).toEqual([true, false]);
    expect(second.deliveries).toHaveLength(1);
    expect(receiver).toMatchObject({ received: 4, lateDeliveries: 1 });
  });
});

describe('a body', () => {
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['GZIP', gzipSync],
  ])('is unpacked from %s', async (encoding, pack) => {
    const mailbox = (await start()).open();
    await send(mailbox.url, { headers: { 'Content-Encoding': encoding } }, pack('{"packed":true}'));
    expect(mailbox.deliveries).toMatchObject([{ json: { packed: true } }]);
  });

  it('is kept, and no JSON, when it is not valid UTF-8', async () => {
    const mailbox = (await start()).open();
    expect((await send(mailbox.url, {}, Buffer.from([0x22, 0xff, 0x22]))).status).toBe(202);
    const problem = 'the body is not valid UTF-8, as JSON has to be: byte 2 of 3 is 0xFF';
    expect(mailbox.deliveries).toMatchObject([{ body: '"\uFFFD"', json: undefined, jsonProblem: problem }]);
  });

  it.each([
    ['junk', '{"value":', {}, /not JSON/],
    ['two hundred levels and one', '['.repeat(201) + ']'.repeat(201), {}, /deeper than 200/],
    ['not packed as it says', '{}', { 'Content-Encoding': 'gzip' }, /not packed with gzip/],
    ['packed in an unknown way', '{}', { 'Content-Encoding': 'constructor' }, /constructor is not known/],
    ['started with a byte order mark', '\uFEFF{}', {}, /byte order mark/],
  ])('is kept, with what is wrong, when it is %s', async (_, body, headers, problem) => {
    const mailbox = (await start()).open();
    expect((await send(mailbox.url, { headers }, body)).status).toBe(202);
    expect(mailbox.deliveries).toMatchObject([{ body, json: undefined, jsonProblem: expect.stringMatching(problem) }]);
  });

  it('is cut when it is too long, and answered 413', async () => {
    const mailbox = (await start({ limits: { bodyBytes: 1000 } })).open();
    const reply = await send(mailbox.url, {}, 'x'.repeat(3_000_000));
    expect(reply).toMatchObject({ status: 413, body: '' });
    expect(mailbox.deliveries).toMatchObject([
      { truncated: true, body: 'x'.repeat(1000), jsonProblem: 'the body is longer than the 1000 bytes that are read' },
    ]);
  });

  it('is not unpacked beyond the limit', async () => {
    const mailbox = (await start()).open();
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    await send(mailbox.url, { headers: { 'Content-Encoding': 'gzip' } }, bomb);
    expect(mailbox.deliveries).toMatchObject([
      { truncated: true, body: '', jsonProblem: expect.stringContaining('unpacks') },
    ]);
  });

  it('is counted and not kept when too many are', async () => {
    const receiver = await start({ limits: { keptBytes: 2000 } });
    const mailbox = receiver.open();
    for (let round = 0; round < 5; round += 1) await send(mailbox.url, {}, 'x'.repeat(500));
    expect(mailbox.deliveries.length).toBeLessThan(4);
    expect(receiver.discarded).toBe(5 - mailbox.deliveries.length);
    mailbox.close();
    const next = receiver.open();
    await send(next.url);
    expect(next.deliveries).toHaveLength(1);
  });
});

describe('the listener', () => {
  it('says what to do when its port is taken', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toThrow(ConfigurationError);
    await expect(start({ port })).rejects.toThrow(/--callback-listen/);
  });

  it('is reached over loopback when it listens everywhere', async () => {
    const receiver = await start({ host: '0.0.0.0' });
    expect(receiver.url).toBe(`http://127.0.0.1:${receiver.port}`);
  });

  it('ends all connections when it closes', async () => {
    const receiver = await start();
    const mailbox = receiver.open();
    const waiting = mailbox.waitFor(() => true, 60_000);
    const socket = net.connect(receiver.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await receiver.close();
    await closed;
    expect(await waiting).toBeUndefined();
  });

  it('keeps every one of thousands of deliveries', async () => {
    const receiver = await start();
    const mailbox = receiver.open();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
    const body = JSON.stringify({ value: [{ resourceUrl: '/communications/calls/1/participants' }] });
    await Promise.all(Array.from({ length: 3_000 }, () => send(mailbox.url, { agent }, body)));
    agent.destroy();
    expect(mailbox.deliveries).toHaveLength(3_000);
    expect(receiver.received).toBe(3_000);
  });
});
