import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync, unzipSync } from 'node:zlib';
import { utf8Problem } from '../http/utf8.ts';

/** The body of a delivery as text. */
export interface DecodedBody {
  readonly text: string;
  /** Length as it was sent. */
  readonly bytes: number;
  /** Whether there was more than is kept. */
  readonly truncated: boolean;
  /** Why it cannot be read; undefined when it can. */
  readonly problem?: string;
}

/**
 * Reads the body of a delivery, at most so many bytes of it, as sent and as unpacked.
 * @param done called once: when the body is complete, or as soon as it is too long. Not at all when the connection ends
 * before
 */
export function readBody(request: IncomingMessage, limit: number, done: (body: DecodedBody) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    if (bytes > limit) return;
    bytes += chunk.length;
    if (bytes <= limit) {
      chunks.push(chunk);
      return;
    }
    chunks.push(chunk.subarray(0, chunk.length - (bytes - limit)));
    const problem = `the body is longer than the ${limit} bytes that are read`;
    done({ text: Buffer.concat(chunks).toString(), bytes, truncated: true, problem });
  });
  request.on('end', () => {
    if (bytes > limit) return;
    const [only] = chunks;
    const raw = chunks.length === 1 && only ? only : Buffer.concat(chunks);
    done(decode(raw, request.headers['content-encoding'], limit));
  });
}

/** The unpackers by their Content-Encoding (RFC 9110, section 8.4.1). */
const unpackers: Readonly<Record<string, (packed: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: unzipSync,
  br: brotliDecompressSync,
};

function decode(raw: Buffer, encoding: string | undefined, limit: number): DecodedBody {
  const bytes = raw.length;
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity' || bytes === 0) return textOf(raw, bytes);
  const unpack = Object.hasOwn(unpackers, name) ? unpackers[name] : undefined;
  if (unpack === undefined) {
    return { text: raw.toString(), bytes, truncated: false, problem: `the Content-Encoding ${name} is not known` };
  }
  try {
    return textOf(unpack(raw, { maxOutputLength: limit }), bytes);
  } catch (error) {
    if (error instanceof RangeError) {
      return { text: '', bytes, truncated: true, problem: `the body unpacks to more than ${limit} bytes` };
    }
    return { text: raw.toString(), bytes, truncated: false, problem: `the body is not packed with ${name} as it says` };
  }
}

/** @param bytes as it was sent */
function textOf(body: Buffer, bytes: number): DecodedBody {
  const problem = utf8Problem(body)?.message;
  return { text: body.toString(), bytes, truncated: false, ...(problem !== undefined && { problem }) };
}
