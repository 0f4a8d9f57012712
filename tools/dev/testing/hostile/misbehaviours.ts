/** The ways to answer that the corpus is made of. */
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type HostileExchange, type Misbehaviour, relay } from './proxy.ts';

/** Writes bytes past Node's own idea of HTTP, and then closes, resets or keeps the connection. */
export function raw(text: string | Buffer, then: 'close' | 'reset' | 'open' = 'close'): Misbehaviour {
  return ({ socket }) => {
    socket.write(text);
    if (then === 'close') socket.end();
    if (then === 'reset') setTimeout(() => socket.resetAndDestroy(), 20);
  };
}

/** Answers so much as the other side takes, as long as it takes it: the piece again and again. */
export function endless(head: string, piece: string): Misbehaviour {
  const bytes = Buffer.from(piece);
  return async ({ socket }) => {
    socket.write(head);
    while (!socket.destroyed) {
      if (!socket.write(bytes)) await drained(socket);
      // Other connections have to get their turn.
      else await new Promise((resolve) => setImmediate(resolve));
    }
  };
}

function drained(socket: HostileExchange['socket']): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.once('drain', done).once('close', done);
  });
}

/** Sends pieces, or the characters of a text, with a pause after each. */
export function drip(pieces: Iterable<string>, pauseMs: number): Misbehaviour {
  return async ({ socket }) => {
    for (const piece of pieces) {
      if (socket.destroyed) return;
      socket.write(piece);
      await sleep(pauseMs);
    }
  };
}

/** The piece again and again, after a head; for each answer from the beginning. */
export function repeated(piece: string, head = ''): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      yield head;
      for (;;) yield piece;
    },
  };
}

/** Answers with this status, these headers and this body, whatever was asked. */
export function answer(
  status: number,
  headers:
    Readonly<Record<string, string | readonly string[]>> | ((exchange: HostileExchange) => Record<string, string>),
  body: string | Buffer | ((exchange: HostileExchange) => string | Buffer) = '',
): Misbehaviour {
  return (exchange) => {
    const { response } = exchange;
    const fields = typeof headers === 'function' ? headers(exchange) : headers;
    for (const [name, value] of Object.entries(fields)) response.setHeader(name, value);
    response.writeHead(status).end(typeof body === 'function' ? body(exchange) : body);
  };
}

/** A misbehaviour that takes long to prepare, made when it is first needed. */
export function prepared(make: () => Misbehaviour): Misbehaviour {
  let made: Misbehaviour | undefined;
  return (exchange) => {
    made ??= make();
    return made(exchange);
  };
}

export function json(value: unknown, status = 200): Misbehaviour {
  return answer(status, { 'Content-Type': 'application/json' }, JSON.stringify(value));
}

/** Answers as the emulator does, with another body. */
export function rebodied(change: (text: string, exchange: HostileExchange) => string | Buffer): Misbehaviour {
  return async (exchange) => {
    const good = await exchange.forward();
    relay(exchange.response, { ...good, body: Buffer.from(change(good.body.toString(), exchange)) });
  };
}

/** Answers as the emulator does, with so much more after the first of what is looked for. */
export function enlarged(after: string, filling: string): Misbehaviour {
  const bytes = Buffer.from(filling);
  return async (exchange) => {
    const good = await exchange.forward();
    const at = good.body.indexOf(after);
    if (at === -1) return relay(exchange.response, good);
    const cut = at + after.length;
    const body = Buffer.concat([good.body.subarray(0, cut), bytes, good.body.subarray(cut)]);
    relay(exchange.response, { ...good, body });
  };
}

/** Answers as the emulator does, with these headers in place of its own. */
export function reheadered(change: (exchange: HostileExchange) => Readonly<Record<string, string>>): Misbehaviour {
  return async (exchange) => {
    const good = await exchange.forward();
    const headers = change(exchange);
    const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
    const kept = good.rawHeaders.flatMap((name, index) => {
      if (index % 2 === 1 || names.has(name.toLowerCase())) return [];
      return [name, good.rawHeaders[index + 1] ?? ''];
    });
    relay(exchange.response, { ...good, rawHeaders: [...kept, ...Object.entries(headers).flat()] });
  };
}

/** The answer of the emulator as bytes of HTTP, for those who do not want Node to write it. */
export async function asText(exchange: HostileExchange): Promise<{ head: string; body: Buffer }> {
  const { status, rawHeaders, body } = await exchange.forward();
  const lines = [`HTTP/1.1 ${status} OK`];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!/^(connection|keep-alive|transfer-encoding|content-length)$/i.test(name)) {
      lines.push(`${name}: ${rawHeaders[index + 1] ?? ''}`);
    }
  }
  return { head: `${lines.join('\r\n')}\r\n`, body };
}

/** Packs so many megabytes of zeros into a thousandth of it; members of a gzip body add up (RFC 1952, section 2.2). */
export function gzipBomb(megabytes: number): Buffer {
  const member = gzipSync(Buffer.alloc(16 * 1024 * 1024));
  return Buffer.concat(Array.from({ length: Math.ceil(megabytes / 16) }, () => member));
}
