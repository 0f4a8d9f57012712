import { gzipSync } from 'node:zlib';
import { chunkedHead, everything, type HostileReply, jsonHead, packedWith, unanswered } from './hostile-reply.ts';
import { answer, asText, raw } from './misbehaviours.ts';

/** The connection ends at the wrong time. */
const torn: readonly HostileReply[] = [
  {
    name: 'mute is reset before an answer',
    reply: ({ socket }) => void socket.resetAndDestroy(),
    exitCode: 1,
    verdict: 'indeterminate',
    cause: /ended before an answer/,
    transport: 'failed',
    whole: true,
  },
  {
    name: 'everything is closed before an answer',
    place: everything,
    reply: ({ socket }) => void socket.end(),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /ended before an answer/,
  },
  {
    name: 'mute is reset in the header',
    reply: raw('HTTP/1.1 200 OK\r\nContent-Ty', 'reset'),
    exitCode: 1,
    verdict: 'indeterminate',
    cause: /in the middle of the answer/,
    transport: 'failed',
  },
  {
    name: 'mute is reset in the body',
    reply: raw(`${jsonHead}Content-Length: 1000\r\n\r\n{"id":`, 'reset'),
    exitCode: 1,
    verdict: 'indeterminate',
    cause: /in the middle of the answer/,
    transport: 'failed',
  },
  {
    name: 'everything is reset in the body',
    place: everything,
    reply: raw(`${chunkedHead}5\r\n{"id"`, 'reset'),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /in the middle of the answer/,
  },
  {
    name: 'mute has a Content-Length larger than the body, and closes',
    reply: raw(`${jsonHead}Content-Length: 1000\r\n\r\n{}`, 'close'),
    exitCode: 1,
    verdict: 'indeterminate',
    cause: /in the middle of the answer/,
    transport: 'failed',
  },
  {
    name: 'mute has a Content-Length larger than the body, and waits',
    reply: raw(`${jsonHead}Content-Length: 1000\r\n\r\n{}`, 'open'),
    ...unanswered,
    cause: /was not complete within 2000 ms|no answer within 2000 ms|left without an answer/,
  },
  {
    name: 'connections are closed right after every answer, without a word',
    place: everything,
    reply: async (exchange) => {
      const { head, body } = await asText(exchange);
      exchange.socket.write(`${head}Content-Length: ${body.length}\r\n\r\n`);
      exchange.socket.end(body);
    },
    exitCode: 0,
    verdict: 'passed',
    cause: /^$/,
    whole: true,
  },
];

/** What is not HTTP, or not as it says it is. */
const malformed: readonly HostileReply[] = [
  {
    name: 'everything is answered in another protocol',
    place: everything,
    reply: raw('SSH-2.0-OpenSSH_9.6\r\n'),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /not valid HTTP/,
  },
  {
    name: 'mute is answered with binary rubbish',
    reply: raw(Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 73) % 256))),
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /not valid HTTP/,
  },
  {
    name: 'mute has two Content-Lengths',
    reply: raw(`${jsonHead}Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}  `),
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /not valid HTTP/,
  },
  {
    name: 'mute has Content-Length and Transfer-Encoding',
    reply: raw(`${jsonHead}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /not valid HTTP/,
  },
  {
    name: 'mute has a Content-Length smaller than the body',
    reply: async (exchange) => {
      const { head, body } = await asText(exchange);
      exchange.socket.write(`${head}Content-Length: 10\r\n\r\n`);
      exchange.socket.write(body);
    },
    // The status of what is cut off is a 200, and response.schema judges the body.
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
    whole: true,
  },
  {
    name: 'mute is answered twice on one connection',
    reply: async (exchange) => {
      const { head, body } = await asText(exchange);
      const forged = '{"error":{"code":"Forged","message":"for whoever asks next"}}';
      exchange.socket.write(
        `${head}Content-Length: ${body.length}\r\n\r\n${body.toString()}HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: ${forged.length}\r\n\r\n${forged}`,
      );
    },
    exitCode: 0,
    verdict: 'passed',
    cause: /^$/,
    whole: true,
  },
  {
    name: 'mute has a chunk of more bytes than there are in the world',
    reply: raw(`${chunkedHead}ffffffffffffffffff\r\n{}`),
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /not valid HTTP/,
  },
  {
    name: 'mute has a NUL in a header',
    reply: raw(`${jsonHead}Location: /a\u0000b\r\nContent-Length: 2\r\n\r\n{}`),
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /not valid HTTP/,
  },
  {
    name: 'mute switches protocols unasked',
    reply: raw('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', 'open'),
    ...unanswered,
    cause: /within 2000 ms|left without an answer|connection ended/,
  },
  {
    name: 'mute is answered with status 999',
    reply: raw(`HTTP/1.1 999 Who Knows\r\nContent-Length: 0\r\n\r\n`),
    exitCode: 1,
    verdict: 'failed',
    cause: /was answered 999/,
  },
  {
    name: 'mute is not packed as it says',
    reply: answer(200, packedWith('gzip'), '{"id":"not packed"}'),
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /not encoded as its Content-Encoding says/,
  },
  {
    name: 'mute is packed and cut short',
    reply: answer(200, packedWith('gzip'), gzipSync(JSON.stringify({ id: 'x'.repeat(5000) })).subarray(0, 30)),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'mute is packed in a way that nobody knows',
    reply: answer(200, packedWith('rot13'), '{"vq":"k"}'),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
];

export const brokenReplies: readonly HostileReply[] = [...torn, ...malformed];
