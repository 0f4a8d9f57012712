import http from 'node:http';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { send, sendRaw, start, until } from '../../dev/testing/started-receiver.ts';
import { Interrupted } from '../target/could-not-run.ts';

describe('waiting', () => {
  it('ends with the first delivery that fulfils the condition', async () => {
    const mailbox = (await start()).open();
    const waiting = mailbox.waitFor(({ body }) => body === '2', 5_000);
    await send(mailbox.url, {}, '1');
    await send(mailbox.url, {}, '2');
    expect(await waiting).toBe(mailbox.deliveries[1]);
  });

  it('ends at once when it is there already', async () => {
    const mailbox = (await start()).open();
    await send(mailbox.url, {}, '1');
    expect(await mailbox.waitFor(() => true, 0)).toBe(mailbox.deliveries[0]);
    expect(await mailbox.waitUntil((all) => all.length === 1, 0)).toBe(true);
  });

  it('ends at the deadline with nothing', async () => {
    const mailbox = (await start()).open();
    const beganAt = performance.now();
    expect(await mailbox.waitFor(() => true, 30)).toBeUndefined();
    expect(await mailbox.waitUntil(() => false, 30)).toBe(false);
    expect(performance.now() - beganAt).toBeGreaterThanOrEqual(58);
  });

  it('counts what had arrived before the deadline, however busy the process was', async () => {
    const mailbox = (await start()).open();
    const { hostname, port } = new URL(mailbox.url);
    const socket = net.connect(Number(port), hostname);
    await new Promise((resolve) => socket.once('connect', resolve));
    const waiting = mailbox.waitFor(() => true, 20);
    socket.write(`POST ${mailbox.expectedPath} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}`);
    const busyUntil = performance.now() + 60;
    while (performance.now() < busyUntil);
    expect(await waiting).toMatchObject({ body: '{}' });
    socket.destroy();
  });

  it('waits for all together', async () => {
    const mailbox = (await start()).open();
    const waiting = mailbox.waitUntil((all) => all.length >= 3, 5_000);
    await Promise.all(['1', '2', '3'].map((body) => send(mailbox.url, {}, body)));
    expect(await waiting).toBe(true);
  });

  it('is for a complete body', async () => {
    const receiver = await start();
    const mailbox = receiver.open();
    const outgoing = http.request(mailbox.url, { method: 'POST', headers: { 'Content-Length': 4 } });
    outgoing.on('error', () => undefined);
    outgoing.write('ab');
    expect(await mailbox.waitFor(() => true, 40)).toBeUndefined();
    const completedAt = performance.now();
    const waiting = mailbox.waitFor(() => true, 5_000);
    outgoing.end('cd');
    expect(await waiting).toMatchObject({ body: 'abcd' });
    expect(mailbox.deliveries[0]?.receivedAt).toBeLessThan(completedAt);
  });

  it('ends with the run, with its mailbox, and with what its condition throws', async () => {
    const mailbox = (await start()).open();
    const run = new AbortController();
    const outcomes = Promise.allSettled([
      mailbox.waitFor(() => false, 5_000, run.signal),
      mailbox.waitUntil(() => false, 5_000, run.signal),
    ]);
    run.abort();
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: expect.any(Interrupted) });
    await expect(mailbox.waitFor(() => true, 5_000, run.signal)).rejects.toThrow(Interrupted);

    const broken = mailbox.waitFor(() => {
      throw new Error('a condition that cannot be asked');
    }, 5_000);
    const brokenLater = mailbox.waitUntil((all) => {
      if (all.length > 0) throw new Error('another');
      return false;
    }, 5_000);
    const failures = Promise.allSettled([broken, brokenLater]);
    await send(mailbox.url);
    for (const failure of await failures) expect(failure.status).toBe('rejected');

    const abandoned = mailbox.waitFor(() => false, 5_000);
    mailbox.close();
    expect(await abandoned).toBeUndefined();
  });
});

describe('a stranger', () => {
  it.each([
    '/',
    '/callbacks/',
    `/callbacks/${'0'.repeat(32)}/notify`,
    '/../../etc/passwd',
    '/%2e%2e/%00',
    '/callbacks/shared/%E0%A4%A',
    '/<script>alert(1)</script>',
    '*',
  ])('is told nothing at %s', async (path) => {
    const receiver = await start();
    receiver.open();
    const reply = await sendRaw(
      receiver,
      `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Mark: echo\r\nConnection: close\r\n\r\n`,
    );
    expect(reply).toMatch(
      /^HTTP\/1\.1 404 Not Found\r\n(?:(?:Content-Length: 0|Date: [^\r]+|Connection: close)\r\n)+\r\n$/,
    );
    expect(receiver).toMatchObject({ strangers: 1, received: 0 });
  });

  it('may send junk', async () => {
    const receiver = await start();
    const mailbox = receiver.open();
    for (const junk of ['\0\0\0\0\r\n\r\n', 'hello\r\n\r\n', `GET ${'x'.repeat(40_000)}`, 'POST / HTTP/9.9\r\n\r\n']) {
      expect(await sendRaw(receiver, junk)).toMatch(/^HTTP\/1\.1 4\d\d [A-Z][\w ]+\r\nConnection: close\r\n\r\n$/);
    }
    expect((await send(mailbox.url)).status).toBe(202);
  });

  it('may send much', async () => {
    const receiver = await start();
    const mailbox = receiver.open();
    await Promise.allSettled([1, 2, 3].map(() => send(`${receiver.url}/x`, {}, Buffer.alloc(20_000_000))));
    expect((await send(mailbox.url)).status).toBe(202);
    expect(receiver.received).toBe(1);
  });

  it('cannot keep deliveries out by half-open connections', async () => {
    const receiver = await start({ limits: { connections: 20 } });
    const mailbox = receiver.open();
    const half = Array.from({ length: 200 }, (_, index) => {
      const socket = net.connect(receiver.port, '127.0.0.1');
      socket.on('error', () => undefined);
      if (index % 2) socket.write('POST /callbacks HTTP/1.1\r\nHost: x\r\n');
      return socket;
    });
    await Promise.all(half.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    expect((await send(mailbox.url, {}, '{}')).status).toBe(202);
    await until(() => half.filter((socket) => socket.closed).length >= 180);
    for (const socket of half) socket.destroy();
  });

  it('is not waited for', async () => {
    const receiver = await start({ limits: { headerMs: 50, requestMs: 60 } });
    const mailbox = receiver.open();
    const headers = `POST ${mailbox.expectedPath} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n123`;
    const replies = await Promise.all(['', 'POST / HTTP/1.1\r\nHo', headers].map((bytes) => sendRaw(receiver, bytes)));
    expect(replies.filter((reply) => reply.includes(' 408 '))).toHaveLength(3);
    expect(receiver.received).toBe(0);
  });
});
