import http from 'node:http';
import https from 'node:https';
import net, { type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  closers,
  listen,
  open,
  rawServer,
  reply,
  request,
  useRealConnections,
} from '../../dev/testing/real-connections.ts';
import { Semaphore } from './semaphore.ts';

useRealConnections();

describe('a connection', () => {
  it('that is refused', async () => {
    const server = net.createServer();
    const address = await listen(server);
    for (const close of closers.splice(0)) close();
    const client = open(`http://${address}/beta`);
    await expect(client.send(request())).rejects.toMatchObject({
      kind: 'refused',
      message: `nothing listens at ${address}: the connection was refused (ECONNREFUSED)`,
    });
    expect(client.statistics).toMatchObject({ requests: 1, unanswered: 0 });
  });

  it.each([
    ['before an answer', '', 'reset'],
    ['in the status line', 'HTTP/1.1 20', 'torn'],
    ['in the headers', 'HTTP/1.1 200 OK\r\nContent-Le', 'torn'],
    ['in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"id":', 'torn'],
    ['in a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"i', 'torn'],
    ['between chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n', 'torn'],
  ])('that ends %s', async (_, bytes, kind) => {
    for (const end of [
      (socket: Socket) => socket.end(bytes),
      (socket: Socket) => (bytes === '' ? socket.resetAndDestroy() : socket.write(bytes, () => socket.destroy())),
    ]) {
      const client = open(await rawServer((socket) => end(socket)));
      await expect(client.send(request())).rejects.toMatchObject({ kind, onIdleConnection: false });
      expect(client.statistics).toMatchObject({ requests: 1, unanswered: 1, answered: 0 });
    }
  });

  it.each<[string, string | Buffer]>([
    ['a mail server', '220 mail.example ESMTP\r\n'],
    ['zeros', '\0\0\0\0\0\0'],
    ['a header of 200 kB', `HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(200_000)}\r\n\r\n`],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}'],
    [
      'more than its length, packed',
      Buffer.concat([
        Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${gzipSync('{}').length}\r\n\r\n`),
        gzipSync('{}'),
        Buffer.from('{}'),
      ]),
    ],
    ['a body that is not packed as it says', reply('plain', 'Content-Encoding: gzip\r\n')],
    [
      'a body that is not packed with Brotli either',
      reply('<html><body>hello</body></html>', 'Content-Encoding: br\r\n'),
    ],
  ])('that brings %s', async (_, bytes) => {
    const client = open(await rawServer((socket) => socket.write(bytes)));
    const fault = await client.send(request()).catch((error: unknown) => error);
    expect(fault).toMatchObject({ kind: 'protocol' });
    expect(String(fault)).not.toMatch(/\n|\/node_modules\//);
    expect(client.statistics.unanswered).toBe(0);
  });

  it('that brings nothing, or a byte now and then', async () => {
    /** Time passes with what the target does, however busy the machine is. */
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const later = (ms: number, act: () => void = () => undefined) =>
      setImmediate(() => {
        vi.advanceTimersByTime(ms);
        act();
      });

    const silent = open(await rawServer(() => later(60)), { requestTimeoutMs: 60 });
    await expect(silent.send(request())).rejects.toMatchObject({
      kind: 'timeout',
      message: 'there was no answer within 60 ms',
    });
    let drip: () => void = () => undefined;
    const dripping = open(
      await rawServer((socket) => {
        drip = () => void socket.write('x');
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx');
      }),
      { requestTimeoutMs: 80 },
    );
    /** Every byte that has come brings the next one, 10 ms later. */
    const add = () => {
      later(10, drip);
      return true;
    };
    const memory = { held: 0, begin: () => ({ add, drop: () => undefined }), close: () => undefined };
    await expect(dripping.send(request({ memory }))).rejects.toMatchObject({
      kind: 'timeout',
      message: expect.stringMatching(
        /^the answer began, but was not complete within 80 ms: its Content-Length is 1000, and \d+ bytes of the body came$/,
      ),
    });
    const flooding = open(
      await rawServer((socket) => {
        const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(50);
        const flood = () => void (socket.destroyed || socket.write(hints, () => later(5, flood)));
        flood();
      }),
      { requestTimeoutMs: 80 },
    );
    await expect(flooding.send(request())).rejects.toMatchObject({ kind: 'timeout' });
  });

  it('counts its time from when it leaves, not from when it waits for a slot', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const answering = (socket: Socket) => {
      vi.advanceTimersByTime(200);
      socket.write(reply('{}'));
    };
    const client = open(await rawServer(answering), { requestTimeoutMs: 700, semaphore: new Semaphore(1) });
    const answers = await Promise.all([1, 2, 3, 4].map(() => client.send(request())));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('ends with the run', async () => {
    const run = new AbortController();
    const client = open(
      await rawServer((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{', () => run.abort());
      }),
      { signal: run.signal },
    );
    await expect(client.send(request())).rejects.toMatchObject({ name: 'Interrupted' });
    expect(client.statistics.unanswered).toBe(0);
  });

  it('ends with a signal of its own, shared by many', async () => {
    const warnings: unknown[] = [];
    const note = (warning: unknown) => warnings.push(warning);
    process.on('warning', note);
    const cleanUp = new AbortController();
    const client = open(await rawServer((_, __, count) => count === 14 && cleanUp.abort()));
    const requests = Array.from({ length: 14 }, () => client.send(request({ signal: cleanUp.signal })));
    for (const outcome of await Promise.allSettled(requests)) {
      expect(outcome).toMatchObject({ reason: { name: 'Interrupted' } });
    }
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });
});

describe('connections', () => {
  it('are used again', async () => {
    const sockets = new Set<Socket>();
    const client = open(
      await rawServer((socket) => {
        sockets.add(socket);
        socket.write(reply('{}'));
      }),
    );
    for (let round = 0; round < 5; round += 1) await client.send(request());
    expect(sockets.size).toBe(1);
  });

  it('that the target ended while they were idle are nobody’s fault', async () => {
    /** Answers the first request of each connection, and ends it with the second. */
    const seen = new WeakSet<Socket>();
    const baseUrl = await rawServer((socket) => {
      if (seen.has(socket)) socket.resetAndDestroy();
      else socket.write(reply('{}'));
      seen.add(socket);
    });

    const reading = open(baseUrl);
    await reading.send(request({ method: 'GET' }));
    expect((await reading.send(request({ method: 'GET' }))).status).toBe(200);
    expect(reading.statistics).toMatchObject({ requests: 3, answered: 2, lostOnIdleConnection: 1, unanswered: 0 });

    const muting = open(baseUrl);
    await muting.send(request());
    await expect(muting.send(request())).rejects.toMatchObject({ kind: 'reset', onIdleConnection: true });
    // From now on each request has a connection of its own.
    for (let round = 0; round < 3; round += 1) expect((await muting.send(request())).status).toBe(200);
    expect(muting.statistics).toMatchObject({ requests: 5, answered: 4, lostOnIdleConnection: 1, unanswered: 0 });
  });

  it('that the target ends in the middle of an answer are its fault, idle before or not', async () => {
    const baseUrl = await rawServer((socket, _, count) => {
      if (count === 1) socket.write(reply('{}'));
      else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{');
    });
    const client = open(baseUrl);
    await client.send(request());
    await expect(client.send(request())).rejects.toMatchObject({ kind: 'torn', onIdleConnection: false });
    expect(client.statistics.unanswered).toBe(1);
  });

  it('are never listeners', async () => {
    const create = vi.spyOn(http, 'createServer');
    const client = open(await rawServer((socket) => socket.write(reply('{}'))));
    await client.send(request());
    expect(create).not.toHaveBeenCalled();
    create.mockRestore();
  });

  it('are secure when they should be', async () => {
    const { private: key, cert } = generate([{ name: 'commonName', value: 'localhost' }], {
      keySize: 2048,
      algorithm: 'sha256',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    const server = https.createServer({ key, cert }, (_, response) => response.end('{}'));
    const port = (await listen(server)).split(':')[1];
    const baseUrl = `https://localhost:${port}/beta`;
    const fault = await open(baseUrl)
      .send(request())
      .catch((error: unknown) => error);
    expect(fault).toMatchObject({ kind: 'tls', message: expect.stringContaining(`localhost:${port}`) });
    expect((await open(baseUrl, { tls: { ca: cert } }).send(request())).status).toBe(200);
    expect((await open(baseUrl, { tls: { insecure: true } }).send(request())).status).toBe(200);
    const otherName = open(`https://127.0.0.1:${port}/beta`, { tls: { ca: cert } });
    await expect(otherName.send(request())).rejects.toMatchObject({ kind: 'tls' });
    const plain = http.createServer((_, response) => response.end('{}'));
    const mistaken = open(`https://${await listen(plain)}/beta`);
    await expect(mistaken.send(request())).rejects.toMatchObject({ kind: 'tls' });
  });

  it('go through the proxy that is given', async () => {
    const target = await rawServer((socket) => socket.write(reply('{"through":"proxy"}')));
    const connects: string[] = [];
    const proxy = http.createServer();
    proxy.on('connect', (incoming, socket: Socket) => {
      connects.push(incoming.url ?? '');
      const { hostname, port } = new URL(`http://${incoming.url}`);
      const onward = net.connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      closers.push(() => onward.destroy());
    });
    const client = open(target, { proxy: `http://${await listen(proxy)}` });
    expect((await client.send(request())).json()).toEqual({ through: 'proxy' });
    expect((await client.send(request())).status).toBe(200);
    expect(connects).toEqual([new URL(target).host]);
  });

  it.each([407, 502])('are not blamed for what the proxy answers: %i', async (status) => {
    const proxy = http.createServer();
    proxy.on('connect', (_incoming, socket: Socket) =>
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 2\r\n\r\n{}`),
    );
    const client = open('http://target.example/beta', { proxy: `http://${await listen(proxy)}` });
    await expect(client.send(request())).rejects.toMatchObject({
      kind: 'unreachable',
      message: `the proxy would not connect to the target: it answered ${status}`,
    });
  });
});
