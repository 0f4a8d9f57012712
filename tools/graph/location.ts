import { parseResourceUrl } from './payloads/resource-url.ts';

/** The Location header of an answer, taken apart. */
export interface Location {
  /** Every value that came; a conformant answer has one. */
  readonly values: readonly string[];
  readonly value: string;
  /** Undefined when it is relative, or no URL at all. */
  readonly url: URL | undefined;
  readonly callId: string | undefined;
  readonly operationId: string | undefined;
}

function absoluteUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

/** Takes the values of a Location header apart; judges nothing. */
export function readLocation(values: readonly string[]): Location {
  const value = values[0] ?? '';
  const { callId, operationId } = parseResourceUrl(value);
  return { values, value, url: absoluteUrl(value), callId, operationId };
}

/**
 * Path and query that a Location names, relative to the URL of the request (RFC 9110, section 10.2.2), fit to be sent.
 * @returns undefined when it names none
 */
export function pathBehind(value: string, requestUrl: string): string | undefined {
  if (!URL.canParse(value, requestUrl)) return undefined;
  const { protocol, pathname, search } = new URL(value, requestUrl);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  // The URL class leaves characters as they are that no path may hold.
  const path = `${pathname}${search}`.replace(/[^\w\-.~!$&'()*+,;=:@/?%]|%(?![0-9A-Fa-f]{2})/g, encodeURIComponent);
  return path.replace(/^\/+/, '/');
}
