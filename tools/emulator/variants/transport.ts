import { gzipSync } from 'node:zlib';
import type { Variant } from '../deviation.ts';
import { withFurtherHeader, withHeader } from '../editing.ts';
import type { Reply } from '../exchange.ts';

/** The body of a reply as it would be sent. */
function textOf({ raw, body }: Reply): string | undefined {
  return raw === undefined && body !== undefined ? JSON.stringify(body) : undefined;
}

/** The same answers in another wrapping. */
export const transportVariants: readonly Variant[] = [
  {
    id: 'replies-gzip',
    summary: 'Compresses its answers for clients that take gzip',
    hooks: () => ({
      reply: ({ request }, reply) => {
        const text = textOf(reply);
        return text !== undefined && String(request.headers['accept-encoding']).includes('gzip')
          ? { ...withHeader(reply, 'Content-Encoding', 'gzip'), raw: gzipSync(text) }
          : reply;
      },
    }),
  },
  {
    id: 'replies-chunked',
    summary: 'Sends its answers in chunks',
    hooks: () => ({
      reply: (_context, reply) => {
        const text = textOf(reply);
        if (text === undefined) return reply;
        const half = Math.ceil(text.length / 2);
        return { ...reply, raw: [text.slice(0, half), text.slice(half)] };
      },
    }),
  },
  {
    id: 'connection-closed',
    summary: 'Closes the connection after each answer, and says so',
    hooks: () => ({ reply: (_context, reply) => withHeader(reply, 'Connection', 'close') }),
  },
  {
    id: 'content-type-with-parameters',
    summary: 'Declares its answers with the parameters of OData',
    hooks: () => ({
      reply: (_context, reply) =>
        reply.body === undefined
          ? reply
          : withHeader(
              reply,
              'Content-Type',
              'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
            ),
    }),
  },
  {
    id: 'json-spaced',
    summary: 'Writes JSON with line breaks and escapes what is not ASCII',
    hooks: () => ({
      reply: (_context, reply) => {
        if (textOf(reply) === undefined) return reply;
        const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
        return { ...reply, raw: JSON.stringify(reply.body, undefined, 2).replaceAll(/[^\0-\x7f]/g, escape) };
      },
    }),
  },
  {
    id: 'headers-further',
    summary: 'Sends the diagnostic headers of the service with its answers, one of them twice',
    hooks: () => ({
      reply: (_context, reply) =>
        [
          ['x-ms-ags-diagnostic', '{"ServerInfo":{"DataCenter":"West Europe","Slice":"E","Ring":"5"}}'],
          ['Cache-Control', 'private'],
          ['Vary', 'Accept-Encoding'],
          ['Vary', 'Authorization'],
        ].reduce((sum, [name = '', value = '']) => withFurtherHeader(sum, name, value), reply),
    }),
  },
  {
    id: 'requests-throttled',
    summary: 'Answers one request in forty 429 and asks for a second of patience',
    target: { timeouts: { throttleMs: 30_000 } },
    hooks: () => {
      let requests = 0;
      return {
        request: () => {
          requests += 1;
          if (requests % 40 !== 0) return undefined;
          const error = { code: 'TooManyRequests', message: 'Too many requests.' };
          return {
            status: 429,
            headers: [
              ['Content-Type', 'application/json'],
              ['Retry-After', '1'],
            ],
            body: { error },
          };
        },
      };
    },
  },
];
