/** Names and values of headers, in their order. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** A request that somebody recorded, and what came of it. */
export interface TrafficExchange {
  /** Where it stands in its file, in words. */
  readonly place: string;
  /** When it left, in milliseconds of whatever clock the file has. */
  readonly at: number;
  readonly method: string;
  /** Absolute. */
  readonly url: URL;
  readonly headers: HeaderPairs;
  /** Undefined where the file does not have it, or there was none. */
  readonly body: string | undefined;
  /** Undefined where none was recorded. */
  readonly answer: RecordedAnswer | undefined;
}

export interface RecordedAnswer {
  readonly status: number;
  readonly headers: HeaderPairs;
  /** Undefined where there was one that the file does not have. */
  readonly body: Buffer | undefined;
}

/** What was read of a file. */
export interface RecordedTraffic {
  readonly format: 'HAR' | 'cassette';
  /** In the order in which they left. */
  readonly exchanges: readonly TrafficExchange[];
  /** What could not be read, in sentences. */
  readonly notes: readonly string[];
}

/** The first value of a header; the name in any case. */
export function headerOf(headers: HeaderPairs, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** Where something stands in the file and what it is, in words. */
export function placeOf({ place, method, url }: TrafficExchange): string {
  return `${place}: ${method} ${url.origin}${url.pathname}`;
}
