import { cutText } from '../catalogue/cut-text.ts';
import type { Exchange, RecordedHeaders } from '../results/results.ts';
import type { Recorded } from './send-options.ts';

/** Characters of a body that are kept in a record. */
const recordedBodyLength = 65_536;

/** A body as far as a record keeps it. */
export interface RecordedBody {
  readonly text: string;
  readonly truncated?: true;
}

/**
 * What is recorded of an answered request, made when it is first looked at: most repetitions are not recorded. Of a long
 * body it holds no more than will be recorded.
 */
export class ExchangeRecord implements Recorded {
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly #body: RecordedBody;
  readonly #make: (body: RecordedBody) => Exchange;
  #made: Exchange | undefined;
  #stepPrefix = '';

  constructor(text: string, times: Pick<Recorded, 'sentAt' | 'answeredAt'>, make: (body: RecordedBody) => Exchange) {
    this.sentAt = times.sentAt;
    this.answeredAt = times.answeredAt;
    this.#body = recordedBody(text);
    this.#make = make;
  }

  get exchange(): Exchange {
    if (this.#made === undefined) {
      this.#made = this.#make(this.#body);
      this.#made.step = this.#stepPrefix + this.#made.step;
    }
    return this.#made;
  }

  /** Lets the exchange, which is yet to be made, be the control of another. */
  markAsControl(): void {
    this.#stepPrefix = 'control: ';
  }
}

/** A body as it is kept in a record: long ones are cut, and say so. */
export function recordedBody(text: string): RecordedBody {
  if (text.length <= recordedBodyLength) return { text };
  return { text: cutText(text, recordedBodyLength), truncated: true };
}

/**
 * Headers as they are kept in a record.
 * @param rawHeaders names and values by turns, as Node gives them
 * @returns by lower-case name; a name that came several times has all its values. Without a prototype, since a name may
 * be `__proto__`
 */
export function recordedHeaders(rawHeaders: readonly string[]): RecordedHeaders {
  const headers = Object.create(null) as RecordedHeaders;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}
