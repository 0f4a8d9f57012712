import type { Exchange, RecordedHeaders } from '../results/results.ts';
import { ExchangeRecord, type RecordedBody } from './exchange-record.ts';
import { NotJson, parseJson } from './json-depth.ts';
import type { WireAnswer } from './transport.ts';
import { utf8Problem, type Utf8Problem } from './utf8.ts';

/** What came back for a request, as HTTP says it and no more. */
export class HttpAnswer {
  readonly status: number;
  /** By lower-case name; a name that came several times has all its values. */
  readonly headers: RecordedHeaders;
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[];
  /** The body as UTF-8, with U+FFFD for what is none. */
  readonly text: string;
  /** Length of the body, unpacked. */
  readonly bytes: number;
  /** When the request left, in milliseconds of performance.now(). */
  readonly sentAt: number;
  /** When the whole answer was there, in milliseconds of performance.now(). */
  readonly answeredAt: number;
  /** What is recorded of it. */
  readonly record: ExchangeRecord;
  readonly #utf8Problem: Utf8Problem | undefined;

  constructor(
    wire: WireAnswer,
    headers: RecordedHeaders,
    times: { readonly sentAt: number; readonly answeredAt: number },
    record: (body: RecordedBody) => Exchange,
  ) {
    this.status = wire.status;
    this.headers = headers;
    this.rawHeaders = wire.rawHeaders;
    this.text = wire.body.toString('utf8');
    this.#utf8Problem = utf8Problem(wire.body);
    this.bytes = wire.body.length;
    this.sentAt = times.sentAt;
    this.answeredAt = times.answeredAt;
    this.record = new ExchangeRecord(this.text, times, record);
  }

  /** All values of a header, in the order they came; the name in any case. */
  header(name: string): string[] {
    return [this.headers[name.toLowerCase()] ?? []].flat();
  }

  /**
   * The body as JSON, of any shape and whatever Content-Type says.
   * @throws NotJson when it is none, or nests too deep
   */
  json(): unknown {
    try {
      if (this.#utf8Problem !== undefined) throw new NotJson(this.#utf8Problem.message, this.#utf8Problem);
      return parseJson(this.text);
    } catch (error) {
      if (!(error instanceof NotJson) || !error.isCutOff || !this.#endsByLength) throw error;
      throw new NotJson(
        `${error.message}; it ends there because its Content-Length is ${this.bytes} (bytes, not characters)`,
      );
    }
  }

  /** Whether Content-Length says where the body ends. */
  get #endsByLength(): boolean {
    const [length] = this.header('content-length');
    return this.bytes > 0 && length === String(this.bytes);
  }
}
