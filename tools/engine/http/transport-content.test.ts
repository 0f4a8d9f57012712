import http from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { timesAsLong } from '../../dev/testing/growth.ts';
import { listen, open, rawServer, reply, request, useRealConnections } from '../../dev/testing/real-connections.ts';

useRealConnections();

describe('a body', () => {
  it.each([
    ['without end', '', 'x'.repeat(50_000)],
    ['packed small', 'Content-Encoding: gzip\r\n', gzipSync(Buffer.alloc(40_000_000))],
    ['packed with Brotli', 'Content-Encoding: br\r\n', brotliCompressSync(Buffer.alloc(40_000_000))],
  ])('that is too large: %s', async (_, headers, bytes) => {
    const client = open(
      await rawServer((socket) => {
        socket.write(`HTTP/1.1 200 OK\r\nConnection: close\r\n${headers}\r\n`);
        const write = () => void (socket.destroyed || socket.write(bytes, write));
        write();
      }),
    );
    await expect(client.send(request())).rejects.toMatchObject({
      kind: 'too-large',
      message: 'the body of the answer is larger than the 100000 bytes that are read',
    });
  });

  it('may be as large as the limit', async () => {
    const client = open(await rawServer((socket) => socket.write(reply('x'.repeat(100_000)))));
    expect((await client.send(request())).bytes).toBe(100_000);
  });

  it('may come without a length, at the end of which the connection ends', async () => {
    const client = open(await rawServer((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\n{"id":"1"}')));
    expect((await client.send(request())).json()).toEqual({ id: '1' });
  });

  it.each([
    ['more of it', '{"id":"2"}'],
    ['a second answer', reply('{"id":"2"}')],
  ])('ends where its length says, though %s follows', async (_, more) => {
    const client = open(await rawServer((socket) => socket.write(reply('{"id":"1"}') + more)));
    // What follows an answer is no beginning of the next.
    for (let round = 0; round < 2; round += 1) expect((await client.send(request())).json()).toEqual({ id: '1' });
    expect(client.statistics).toMatchObject({ requests: 2, answered: 2, unanswered: 0 });
  });

  it.each([
    ['{"text":"Grüße"}', 'not JSON: line 1, column 9: the string does not end'],
    ['{"text":"aé","id":1}', 'not JSON: line 1, column 20: expected a comma or }, but the text ends'],
    ['{"text":"日本"}', 'not valid UTF-8, as JSON has to be: byte 13 of 13 is 0xE6'],
  ])('whose length counts characters breaks, and says where: %s', async (text, place) => {
    const { length } = text;
    const cut = Buffer.from(text).subarray(0, length).toString();
    const bytes = `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${text}`;
    const answer = await open(await rawServer((socket) => socket.write(bytes))).send(request());
    expect(answer).toMatchObject({ status: 200, text: cut });
    expect(() => answer.json()).toThrow(
      `the body is ${place}; it ends there because its Content-Length is ${length} (bytes, not characters)`,
    );
  });

  it('that is cut off is not said to end by a length that it has not', async () => {
    const bytes = 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{"id":';
    const answer = await open(await rawServer((socket) => socket.end(bytes))).send(request());
    expect(() => answer.json()).toThrow(/but the text ends$/);
  });

  it('that breaks in its middle is not said to end by its length', async () => {
    const answer = await open(await rawServer((socket) => socket.write(reply('{"id":NaN}')))).send(request());
    expect(() => answer.json()).toThrow(/unexpected "N"$/);
  });

  it('may be none, where the headers say that it is packed', async () => {
    const client = open(
      await rawServer((socket) => socket.write('HTTP/1.1 204 No Content\r\nContent-Encoding: gzip\r\n\r\n')),
    );
    expect(await client.send(request())).toMatchObject({ status: 204, text: '' });
  });

  it('that was sent is not needed whole for an answer', async () => {
    const server = http.createServer((_, response) => response.writeHead(413, { Connection: 'close' }).end('too much'));
    const client = open(`http://${await listen(server)}/beta`);
    const body = { text: 'x'.repeat(1024 * 1024), contentType: 'application/json' };
    expect((await client.send(request({ body }))).status).toBe(413);
  });

  it('is none for HEAD', async () => {
    const client = open(await rawServer((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n')));
    expect(await client.send(request({ method: 'HEAD' }))).toMatchObject({ status: 200, text: '' });
  });
});

describe('headers', () => {
  it('may say anything', async () => {
    const hostile = [
      `Content-Type: ${' '.repeat(1)}${';'.repeat(5_000)}`,
      `Link: ${'<a>; rel="__proto__", '.repeat(100)}`,
      '__proto__: polluted',
      'constructor: polluted',
      `Location: ${'/x'.repeat(3_000)}`,
      'X-Bytes: \xe9\x80',
      'Set-Cookie: a=b',
      'Set-Cookie: c=d',
    ].join('\r\n');
    const client = open(await rawServer((socket) => socket.write(reply('{}', `${hostile}\r\n`), 'latin1')));
    const answer = await client.send(request());
    expect(answer.header('__proto__')).toEqual(['polluted']);
    expect(answer.header('toString')).toEqual([]);
    expect(answer.header('set-cookie')).toEqual(['a=b', 'c=d']);
    expect({}).not.toHaveProperty('polluted');
  });

  it('cost no time in anybody’s regular expressions', async () => {
    const asking = async (spaces: number) => {
      const header = `Content-Type: a${' '.repeat(spaces)}b\r\n`;
      const client = open(await rawServer((socket) => socket.write(reply('{}', header))));
      return async () => {
        for (let count = 0; count < 5; count += 1) await client.send(request());
      };
    };
    expect(await timesAsLong(await asking(14_000), await asking(1))).toBeLessThan(5);
  });
});
