import type { IncomingMessage } from 'node:http';
import type { ReceivedRequest, ReceivedBody } from './exchange.ts';

/** Larger bodies are refused; a clientContext of 256 characters needs a few hundred bytes. */
const maxBodyBytes = 256 * 1024;
/** A refused body is still read as far as this, so that its sender gets to see the refusal; the rest stays unread. */
const maxDiscardedBytes = 8 * 1024 * 1024;
/** Deeper JSON could not be written again without exhausting the stack. */
const maxDepth = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const hostPattern = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/**
 * Reads a request to its end, buffering no more than the largest body that is accepted.
 * @returns undefined when the connection broke off.
 */
export async function receiveRequest(
  incoming: IncomingMessage,
  ownOrigin: string,
  requestId: string,
): Promise<ReceivedRequest | undefined> {
  const bytes = await readBytes(incoming);
  if (bytes === undefined) return undefined;
  const { host = '' } = incoming.headers;
  return {
    method: incoming.method ?? '',
    target: incoming.url ?? '',
    headers: incoming.headers,
    body: Buffer.isBuffer(bytes) ? parseBody(bytes) : { text: '', value: undefined, problem: bytes },
    origin: hostPattern.test(host) ? `${ownOrigin.slice(0, ownOrigin.indexOf('//'))}//${host}` : ownOrigin,
    requestId,
  };
}

function parseBody(bytes: Buffer): ReceivedBody {
  if (bytes.length === 0) return { text: '', value: {} };
  let text = '';
  try {
    text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    return isDeeperThan(value, maxDepth) ? { text, value: undefined, problem: 'malformed' } : { text, value };
  } catch {
    return { text: text === '' ? bytes.toString('latin1') : text, value: undefined, problem: 'malformed' };
  }
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1));
}

function readBytes(incoming: IncomingMessage): Promise<Buffer | 'too-large' | 'endless' | undefined> {
  const { 'content-length': length, 'transfer-encoding': encoding } = incoming.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let total = 0;
    incoming.on('data', (chunk: Buffer) => {
      total += chunk.length;
      if (total <= maxBodyBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (total <= maxDiscardedBytes) return;
      incoming.pause();
      resolve('endless');
    });
    incoming.on('end', () => resolve(total > maxBodyBytes ? 'too-large' : Buffer.concat(chunks)));
    incoming.on('close', () => resolve(undefined));
    incoming.on('error', () => resolve(undefined));
  });
}
