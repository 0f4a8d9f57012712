import { gzipSync } from 'node:zlib';
import type { Variant } from '../deviation.ts';
import { withHeader } from '../editing.ts';

/** The same answers in another wrapping. */
export const transportVariants: readonly Variant[] = [
  {
    id: 'replies-gzip',
    summary: 'Compresses its answers for clients that take gzip',
    hooks: () => ({
      reply: ({ request }, reply) =>
        reply.body !== undefined && String(request.headers['accept-encoding']).includes('gzip')
          ? { ...withHeader(reply, 'Content-Encoding', 'gzip'), raw: gzipSync(JSON.stringify(reply.body)) }
          : reply,
    }),
  },
];
