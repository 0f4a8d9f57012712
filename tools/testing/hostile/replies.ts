import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Verdict } from '../../results/results.ts';
import { answer, asText, drip, endless, gzipBomb, json, prepared, raw, rebodied, reheadered } from './misbehaviours.ts';
import { type HostileExchange, type Misbehaviour, type Place, relay } from './proxy.ts';

/** One way to answer badly, and what a run has to say of it. */
export interface HostileReply {
  readonly name: string;
  /** Requests to mute by default; calls are created and deleted as they should be then. */
  readonly place?: Place;
  readonly reply: Misbehaviour;
  readonly exitCode: number | readonly number[];
  /** Of the first case of status.success. */
  readonly verdict: Verdict | readonly Verdict[];
  /** What the run says of it: why it could not be reached, else why that case ended so. */
  readonly cause: RegExp;
  /** Of transport.answered, where it is more than a handful of requests. */
  readonly transport?: Verdict;
  /** All suites are run, not only those that look at answers. */
  readonly whole?: boolean;
}

/** A body is too large for itself, or for what is left; on a slow machine it may not even arrive in time. */
const tooLarge = /larger than the 8388608 bytes|larger than what is left|within 2000 ms|left without an answer/;

/** Where so many requests hang that the target is given up, it depends on the order which of them were tried. */
const unanswered = {
  exitCode: 1,
  verdict: ['indeterminate', 'could-not-run'],
  transport: 'failed',
} as const;

const everything = 'everything';
const jsonHead = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const chunkedHead = `${jsonHead}Transfer-Encoding: chunked\r\n\r\n`;

function packedWith(encoding: string): Record<string, string> {
  return { 'Content-Type': 'application/json', 'Content-Encoding': encoding };
}

function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

/** Nothing, too little, or too late. */
const silent: readonly HostileReply[] = [
  {
    name: 'mute is never answered',
    reply: () => undefined,
    ...unanswered,
    cause: /no answer within 2000 ms|left without an answer/,
    whole: true,
  },
  {
    name: 'nothing is ever answered',
    place: everything,
    reply: () => undefined,
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /no answer within 2000 ms/,
    whole: true,
  },
  {
    name: 'mute is answered with one byte a second',
    reply: drip(`${jsonHead}Content-Length: 4000\r\n\r\n${' '.repeat(4000)}`, 1_000),
    ...unanswered,
    cause: /was not complete within 2000 ms|no answer within 2000 ms|left without an answer/,
  },
  {
    name: 'everything is answered with one byte of body a second',
    place: everything,
    reply: async (exchange) => {
      exchange.socket.write(`${jsonHead}Content-Length: 4000\r\n\r\n`);
      await drip(' '.repeat(4000), 1_000)(exchange);
    },
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /was not complete within 2000 ms/,
  },
  {
    name: 'every other mute is never answered',
    reply: (() => {
      let mutes = 0;
      return async (exchange: HostileExchange) => {
        mutes += 1;
        if (mutes % 2 === 0) await exchange.behave();
      };
    })(),
    exitCode: 1,
    verdict: ['passed', 'indeterminate', 'could-not-run'],
    cause: /^$|left without an answer|no answer within/,
    transport: 'failed',
    whole: true,
  },
];

/** More than anybody can want. */
const excessive: readonly HostileReply[] = [
  {
    name: 'mute is answered with a body that never ends',
    reply: endless(chunkedHead, () => chunk(' '.repeat(65_536))),
    exitCode: [1, 3],
    verdict: ['indeterminate', 'could-not-run'],
    cause: tooLarge,
    whole: true,
  },
  {
    name: 'everything is answered with a body that never ends',
    place: everything,
    reply: endless(chunkedHead, () => chunk('"'.repeat(65_536))),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: tooLarge,
  },
  {
    name: 'mute is answered with 4 GB packed with gzip',
    reply: prepared(() => answer(200, packedWith('gzip'), gzipBomb(4096))),
    exitCode: [1, 3],
    verdict: ['indeterminate', 'could-not-run'],
    cause: tooLarge,
  },
  {
    name: 'everything is answered with 512 MB packed with deflate',
    place: everything,
    reply: prepared(() => answer(200, packedWith('deflate'), deflateSync(Buffer.alloc(512 * 1024 * 1024)))),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: tooLarge,
  },
  {
    name: 'mute is answered with 256 MB packed with Brotli',
    reply: prepared(() => answer(200, packedWith('br'), brotliCompressSync(Buffer.alloc(256 * 1024 * 1024)))),
    exitCode: [1, 3],
    verdict: ['indeterminate', 'could-not-run'],
    cause: tooLarge,
  },
  {
    name: 'mute is answered with 60 MB of JSON',
    reply: prepared(() => {
      const body = Buffer.from(JSON.stringify({ id: 'x'.repeat(60 * 1024 * 1024) }));
      return answer(200, { 'Content-Type': 'application/json' }, body);
    }),
    exitCode: [1, 3],
    verdict: ['indeterminate', 'could-not-run'],
    cause: tooLarge,
    whole: true,
  },
  {
    name: 'mute is answered with 7 MB of client context',
    reply: prepared(() => {
      const filling = 'x'.repeat(7 * 1024 * 1024);
      return rebodied((text) => text.replace(/"clientContext":"/, `$&${filling}`));
    }),
    exitCode: [1, 3],
    verdict: ['passed', 'indeterminate', 'could-not-run'],
    cause: /^$|memory|larger than|left without|within 2000 ms/,
    whole: true,
  },
  {
    name: 'everything is answered with 7 MB more than is needed',
    place: everything,
    reply: prepared(() => {
      const filling = JSON.stringify('x'.repeat(7 * 1024 * 1024));
      return rebodied((text) => text.replace(/^\{/, `{"more":${filling},`));
    }),
    exitCode: [1, 3, 4],
    verdict: ['passed', 'indeterminate', 'could-not-run'],
    cause: /^$|memory|larger than|left without|within 2000 ms/,
    whole: true,
  },
  {
    name: 'mute is answered with a million members',
    reply: prepared(() => {
      const members = Array.from({ length: 600_000 }, (_, index) => `"${index.toString(36)}":1`).join(',');
      return rebodied((text) => text.replace(/^\{/, `{${members},`));
    }),
    exitCode: [1, 3],
    verdict: ['passed', 'indeterminate', 'could-not-run'],
    cause: /^$|memory|left without|within 2000 ms/,
    whole: true,
  },
  {
    name: 'mute is answered with 200,000 levels of arrays',
    reply: answer(200, { 'Content-Type': 'application/json' }, '['.repeat(200_000) + ']'.repeat(200_000)),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
    whole: true,
  },
  {
    name: 'everything is answered with 200,000 levels of objects',
    place: everything,
    reply: answer(200, { 'Content-Type': 'application/json' }, '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /without an id in its body/,
  },
  {
    name: 'mute is answered with 200 kB of header',
    reply: raw(`${jsonHead}X-Long: ${'x'.repeat(200_000)}\r\nContent-Length: 0\r\n\r\n`),
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /header of the answer is larger than 16 kB/,
  },
  {
    name: 'everything is answered with a header that never ends',
    place: everything,
    reply: endless(jsonHead, () => 'X-More: and more\r\n'),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /header of the answer is larger than 16 kB/,
  },
  {
    name: 'mute is answered with 103 for ever',
    reply: endless('', () => 'HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n'.repeat(200)),
    ...unanswered,
    cause: /within 2000 ms|left without an answer/,
  },
  {
    name: 'everything is answered with 100 for ever',
    place: everything,
    reply: endless('', () => 'HTTP/1.1 100 Continue\r\n\r\n'.repeat(200)),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /within 2000 ms/,
  },
  {
    name: 'mute is answered with endless trailers',
    reply: endless(`${chunkedHead}2\r\n{}\r\n0\r\n`, () => 'X-Trailer: and more\r\n'),
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /header of the answer is larger than 16 kB|within 2000 ms/,
  },
];

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
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /not valid HTTP/,
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

export const replies: readonly HostileReply[] = [...silent, ...excessive, ...torn, ...malformed];
export { answer, json, rebodied, reheadered, relay };
