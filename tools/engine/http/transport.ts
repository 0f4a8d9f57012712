import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import supertest from 'supertest';
import type { AnswerMemory } from './memory-budget.ts';

/** One request exactly as it is to be sent. */
export interface WireRequest {
  readonly method: string;
  readonly origin: string;
  /** Path and query, encoded. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer | undefined;
  readonly agent: Agent;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  /** Told of every byte of the body; refuses them when there is no room for more. */
  readonly hold?: AnswerMemory;
}

/** What came back, whole, whatever it says. */
export interface WireAnswer {
  readonly status: number;
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[];
  /** Unpacked where it came packed with gzip, deflate or Brotli. */
  readonly body: Buffer;
}

/** A request that failed: with the error of Node or superagent, and how far it had come. */
export interface WireFailure {
  readonly error: unknown;
  /** Whether any byte of an answer had arrived. */
  readonly answerBegun: boolean;
  /** Whether the connection had carried a request before. */
  readonly reusedConnection: boolean;
  /** Bytes of the body, where its Content-Length promised some. */
  readonly length?: { readonly promised: number; readonly received: number };
}

/** A proxy would not connect to the target. */
class ProxyRefusal extends Error {
  readonly code = 'EPROXY';

  constructor(status: number) {
    super(`the proxy would not connect to the target: it answered ${status}`);
  }
}

/** A request under way. */
export interface Transmission {
  readonly outcome: Promise<{ readonly answer: WireAnswer } | { readonly failure: WireFailure }>;
  /** Ends it at once; the outcome is a failure then. */
  abort(): void;
}

/** What superagent and the agent have to see of the headers; everything else of a target is kept from their parsers. */
const neededHeaders = ['connection', 'content-encoding', 'content-length', 'keep-alive'] as const;

/** What superagent says on its own where a request does not. */
const addedBySuperagent = ['accept-encoding', 'content-type'] as const;

/** Sends one request through supertest. No redirect is followed, nothing is sent twice, no status is an error. */
export function transmit(request: WireRequest): Transmission {
  const test = new supertest.Test(request.origin, request.method, request.path);
  let sent: ClientRequest | undefined;
  let socketError: unknown;
  let incoming: IncomingMessage | undefined;
  let unpacker: Writable | undefined;
  let abandon: (error: Error) => void = () => undefined;
  let bytesBefore = 0;
  let body = Buffer.alloc(0);
  let received = 0;
  let bodyEnded: () => void = () => undefined;

  test
    .agent(request.agent)
    .ok(() => true)
    .timeout({ deadline: request.timeoutMs })
    .maxResponseSize(request.maxBodyBytes)
    .parse((message, done: (error: Error | null, body: unknown) => void) => {
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (request.hold?.add(chunk.length) === false)
          abandon(Object.assign(new Error('no room'), { code: 'ENOROOM' }));
        else chunks.push(chunk);
      });
      message.on('end', () => {
        body = Buffer.concat(chunks);
        done(null, body);
        bodyEnded();
      });
    });
  if (request.body !== undefined) {
    test.send(request.body);
    // Only text goes out as it is; superagent would make JSON of a Buffer.
    test.serialize((data: string) => data);
  }
  const said = new Set(request.headers.map(([name]) => name.toLowerCase()));
  for (const name of addedBySuperagent) if (!said.has(name)) test.unset(name);
  for (const [name, value] of request.headers) test.set(name, value);

  test.once('request', () => {
    sent = test.req as ClientRequest;
    sent.once('socket', (socket) => {
      bytesBefore = socket.bytesRead;
    });
    // supertest puts errors of its own, without a code, in the place of some of these.
    sent.prependOnceListener('error', (error) => {
      socketError = error;
    });
    // What a proxy refuses with would pass for the target's answer.
    sent.once('proxyConnect', ({ statusCode }: { statusCode: number }) => {
      if (statusCode !== 200) abandon(new ProxyRefusal(statusCode));
    });
    sent.prependOnceListener('response', (message) => {
      incoming = message;
      message.headers = Object.fromEntries(
        neededHeaders.flatMap((name) => (message.headers[name] === undefined ? [] : [[name, message.headers[name]]])),
      );
      const pipe = message.pipe.bind(message);
      message.pipe = (to, options) => {
        if (to instanceof Writable) unpacker = to;
        return pipe(to, options);
      };
      // Errors after the outcome is clear, a reset while the rest is thrown away say, concern nobody.
      message.on('error', () => undefined);
    });
  });

  let abort: () => void = () => undefined;
  const outcome = new Promise<Awaited<Transmission['outcome']>>((resolve) => {
    const fail = (error: unknown): void => {
      const reusedConnection = sent?.reusedSocket ?? false;
      const answerBegun = incoming !== undefined || (sent?.socket?.bytesRead ?? 0) > bytesBefore;
      const promised = Number(incoming?.headers['content-length']);
      const length = promised > 0 ? { promised, received } : undefined;
      resolve({ failure: { error, answerBegun, reusedConnection, ...(length && { length }) } });
      request.hold?.drop();
      incoming?.destroy();
      // A few bytes of Brotli go on being unpacked, in megabytes of memory, long after nobody wants them.
      unpacker?.destroy();
    };
    const answer = ({ statusCode = 0, rawHeaders }: IncomingMessage): void =>
      resolve({ answer: { status: statusCode, rawHeaders, body } });
    abandon = (error) => {
      fail(error);
      test.abort();
    };
    abort = () => abandon(new Error('aborted'));
    test.end((error: unknown) => {
      const cause = error === null || hasCode(error) ? error : (socketError ?? error);
      if (incoming === undefined) fail(cause ?? new Error('there was no answer'));
      else if (cause === null) answer(incoming);
      else if (isSurplus(cause, incoming)) {
        const whole = incoming;
        bodyEnded = () => answer(whole);
      } else fail(cause);
    });
  });
  return { outcome, abort };
}

function hasCode(error: unknown): error is { readonly code: unknown } {
  return typeof error === 'object' && error !== null && 'code' in error;
}

/**
 * Whether what is no HTTP came after an answer that is whole by its own Content-Length: every client takes that answer,
 * and one whose length counts characters ends before its JSON does. The end of a packed body comes from who unpacks it.
 */
function isSurplus(error: unknown, { complete, headers }: IncomingMessage): boolean {
  const isNotHttp = hasCode(error) && String(error.code).startsWith('HPE_');
  return isNotHttp && complete && headers['content-encoding'] === undefined;
}
