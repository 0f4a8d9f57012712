import { brotliCompressSync, constants, deflateSync } from 'node:zlib';
import {
  chunk,
  chunkedHead,
  everything,
  type HostileReply,
  jsonHead,
  packedWith,
  unanswered,
} from './hostile-reply.ts';
import { answer, drip, endless, enlarged, gzipBomb, prepared, raw, repeated } from './misbehaviours.ts';
import type { HostileExchange } from './proxy.ts';

/** A body is too large for itself, or for what is left; on a slow machine it may not even arrive in time. */
const tooLarge =
  /larger than the (8388608|131072) bytes|larger than what is left|within 2000 ms|left without an answer/;

/** In a target file: the largest body that is read, where a whole run is to meet it in each case. */
const readAtMost = { maxBodyBytes: 128 * 1024 };

/** Nothing, too little, or too late. */
export const silentReplies: readonly HostileReply[] = [
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

/** More memory than anybody can want to give: as long as bodies may be, and longer. */
export const largeReplies: readonly HostileReply[] = [
  {
    name: 'mute is answered with a body that never ends',
    reply: endless(chunkedHead, chunk(' '.repeat(65_536))),
    exitCode: [1, 3],
    verdict: ['indeterminate', 'could-not-run'],
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
    name: 'mute is answered with 256 MB packed with Brotli',
    reply: prepared(() => {
      // The best quality takes ten seconds, and packs this no better.
      const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
      return answer(200, packedWith('br'), brotliCompressSync(Buffer.alloc(256 * 1024 * 1024), { params }));
    }),
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
  },
  {
    name: 'mute is answered with 7 MB of client context',
    reply: prepared(() => enlarged('"clientContext":"', 'x'.repeat(7 * 1024 * 1024))),
    exitCode: [1, 3],
    verdict: ['passed', 'indeterminate', 'could-not-run'],
    cause: /^$|memory|larger than|left without|within 2000 ms/,
  },
  {
    name: 'everything is answered with 7 MB more than is needed',
    place: everything,
    reply: prepared(() => enlarged('{', `"more":"${'x'.repeat(7 * 1024 * 1024)}",`)),
    exitCode: [1, 3, 4],
    verdict: ['passed', 'indeterminate', 'could-not-run'],
    cause: /^$|memory|larger than|left without|within 2000 ms/,
  },
];

/** More than anybody can want, of what is given up early, or of bodies that are read less of. */
export const excessiveReplies: readonly HostileReply[] = [
  {
    name: 'mute is answered with a body that never ends, of which 128 kB are read',
    // No faster than it is refused: what is on the way by then is copied for nothing.
    reply: drip(repeated(chunk(' '.repeat(65_536)), chunkedHead), 2),
    settings: readAtMost,
    exitCode: [1, 3],
    verdict: ['indeterminate', 'could-not-run'],
    cause: tooLarge,
    whole: true,
  },
  {
    name: 'mute is answered with 110 kB of client context, and 128 kB are read',
    reply: prepared(() => enlarged('"clientContext":"', 'x'.repeat(110 * 1024))),
    settings: readAtMost,
    exitCode: [1, 3],
    verdict: ['passed', 'indeterminate', 'could-not-run'],
    cause: /^$|memory|larger than|left without|within 2000 ms/,
    whole: true,
  },
  {
    name: 'everything is answered with 110 kB more than is needed',
    place: everything,
    reply: prepared(() => enlarged('{', `"more":"${'x'.repeat(110 * 1024)}",`)),
    exitCode: 0,
    verdict: 'passed',
    cause: /^$/,
    whole: true,
  },
  {
    name: 'everything is answered with a body that never ends',
    place: everything,
    reply: endless(chunkedHead, chunk('"'.repeat(65_536))),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: tooLarge,
  },
  {
    name: 'everything is answered with 128 MB packed with deflate',
    place: everything,
    reply: prepared(() => answer(200, packedWith('deflate'), deflateSync(Buffer.alloc(128 * 1024 * 1024)))),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: tooLarge,
  },
  {
    name: 'mute is answered with 150,000 members',
    reply: prepared(() => {
      const members = Array.from({ length: 150_000 }, (_, index) => `"${index.toString(36)}":1`).join(',');
      return enlarged('{', `${members},`);
    }),
    exitCode: [1, 3],
    verdict: ['passed', 'indeterminate', 'could-not-run'],
    cause: /^$|memory|left without|within 2000 ms/,
  },
  {
    name: 'mute is answered with 50,000 levels of arrays',
    reply: answer(200, { 'Content-Type': 'application/json' }, '['.repeat(50_000) + ']'.repeat(50_000)),
    exitCode: 1,
    verdict: 'passed',
    cause: /^$/,
  },
  {
    name: 'everything is answered with 200,000 levels of objects',
    place: everything,
    reply: answer(200, { 'Content-Type': 'application/json' }, '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /cannot be read: the body nests arrays and objects deeper/,
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
    reply: endless(jsonHead, 'X-More: and more\r\n'),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /header of the answer is larger than 16 kB/,
  },
  {
    name: 'mute is answered with 103 for ever',
    reply: drip(repeated('HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n'.repeat(200)), 5),
    ...unanswered,
    cause: /the answer began, but was not complete within 2000 ms|left without an answer/,
  },
  {
    name: 'everything is answered with 100 for ever',
    place: everything,
    reply: drip(repeated('HTTP/1.1 100 Continue\r\n\r\n'.repeat(200)), 5),
    exitCode: 4,
    verdict: 'could-not-run',
    cause: /the answer began, but was not complete within 2000 ms/,
  },
  {
    name: 'mute is answered with endless trailers',
    reply: endless(`${chunkedHead}2\r\n{}\r\n0\r\n`, 'X-Trailer: and more\r\n'),
    exitCode: 3,
    verdict: 'indeterminate',
    cause: /header of the answer is larger than 16 kB|within 2000 ms/,
  },
];
