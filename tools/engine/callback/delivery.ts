import type { RecordedHeaders } from '../results/results.ts';
import type { DecodedBody } from './callback-body.ts';
import { recordedHeaders } from '../http/exchange-record.ts';
import { NotJson, parseJson } from '../http/json-depth.ts';

/** What of a delivery is known when it has arrived. */
export interface Arrival {
  /** When its header arrived, in milliseconds of performance.now(). */
  readonly receivedAt: number;
  readonly method: string;
  /** Path and query, as received. */
  readonly path: string;
  /** Whether that is exactly what the callback URI said. */
  readonly atExpectedPath: boolean;
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[];
}

/** In characters. */
const shortBody = 64 * 1024;

/** One request to a callback, whatever it was. Headers and JSON are made of it only when they are looked at. */
export class Delivery implements Omit<Arrival, 'rawHeaders'> {
  readonly receivedAt: number;
  readonly method: string;
  readonly path: string;
  readonly atExpectedPath: boolean;
  /** As UTF-8, unpacked. */
  readonly body: string;
  /** Length of the body as it was sent. */
  readonly bytes: number;
  /** Whether the body was longer than what is kept of it. */
  readonly truncated: boolean;
  /** Why the body could not be read; undefined when it could. */
  readonly bodyProblem: string | undefined;
  // One string takes a fraction of the memory of two dozen, and most headers are never looked at.
  readonly #head: string;
  #headers: RecordedHeaders | undefined;
  // Read, a body takes many times the memory of its text: kept as long as there is enough.
  #read: WeakRef<{ json: unknown; problem: string | undefined }> | undefined;
  // What cannot be read is said in a line: a megabyte of junk is looked through once, not by each rule.
  #problem: string | undefined;

  constructor(arrival: Arrival, body: DecodedBody) {
    this.receivedAt = arrival.receivedAt;
    this.method = arrival.method;
    this.path = arrival.path;
    this.atExpectedPath = arrival.atExpectedPath;
    this.body = body.text;
    this.bytes = body.bytes;
    this.truncated = body.truncated;
    this.bodyProblem = body.problem;
    this.#head = arrival.rawHeaders.join('\n');
  }

  /** Names and values by turns, as they came, secrets included. */
  get rawHeaders(): string[] {
    return this.#head === '' ? [] : this.#head.split('\n');
  }

  /** By lower-case name, fit for a record: the credentials of Authorization are left out. */
  get headers(): RecordedHeaders {
    if (this.#headers === undefined) {
      this.#headers = recordedHeaders(this.rawHeaders);
      const { authorization } = this;
      if (authorization !== undefined) this.#headers['authorization'] = withoutCredentials(authorization);
    }
    return this.#headers;
  }

  /** The Authorization header as it came, to be verified and never recorded; undefined when there is none. */
  get authorization(): string | undefined {
    const { rawHeaders } = this;
    const index = rawHeaders.findIndex((name, at) => at % 2 === 0 && name.toLowerCase() === 'authorization');
    return index === -1 ? undefined : rawHeaders[index + 1];
  }

  /** What the body says as JSON, of any shape; undefined when it is none. */
  get json(): unknown {
    return this.#parsed.json;
  }

  /** Why the body is not JSON; undefined when it is. */
  get jsonProblem(): string | undefined {
    return this.#parsed.problem;
  }

  /** Roughly how much memory this takes, in bytes. */
  get size(): number {
    return this.body.length + this.#head.length + this.path.length + 300;
  }

  get #parsed(): { json: unknown; problem: string | undefined } {
    if (this.#problem !== undefined) return { json: undefined, problem: this.#problem };
    const known = this.#read?.deref();
    if (known !== undefined) return known;
    const read = this.#parse();
    this.#problem = read.problem;
    if (read.problem !== undefined) return read;
    // What a WeakRef has shown lives until all that is due is done: of long bodies that is too much at once.
    if (this.body.length <= shortBody) this.#read = new WeakRef(read);
    return read;
  }

  #parse(): { json: unknown; problem: string | undefined } {
    if (this.bodyProblem !== undefined) return { json: undefined, problem: this.bodyProblem };
    try {
      return { json: parseJson(this.body), problem: undefined };
    } catch (error) {
      if (error instanceof NotJson) return { json: undefined, problem: error.message };
      throw error;
    }
  }
}

/** Keeps the scheme, which says what kind of credentials there were. */
function withoutCredentials(authorization: string): string {
  const [, scheme] = /^([A-Za-z]{1,20}) +\S/.exec(authorization) ?? [];
  return scheme === undefined ? '[redacted]' : `${scheme} [redacted]`;
}
