import { parseResourceUrl } from '../contract/resource-url.ts';

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
  if (!/^[a-z][a-z0-9+.-]*:/i.test(value) || !URL.canParse(value)) return undefined;
  return new URL(value);
}

/** Takes the values of a Location header apart; judges nothing. */
export function readLocation(values: readonly string[]): Location {
  const value = values[0] ?? '';
  const resource = parseResourceUrl(value);
  return {
    values,
    value,
    url: absoluteUrl(value),
    callId: resource?.callId,
    operationId: resource?.operationId,
  };
}
