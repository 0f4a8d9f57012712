import { cutText } from '../contract/cut-text.ts';
import type { RecordedHeaders } from '../results/results.ts';

/** Characters of a body that are kept in a record. */
const recordedBodyLength = 65_536;

/** A body as it is kept in a record: long ones are cut, and say so. */
export function recordedBody(text: string): { readonly text: string; readonly truncated?: true } {
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
