/** What a URL of the calling API names; judges nothing. */
export interface ResourceUrl {
  readonly kind: 'call' | 'participants' | 'participant' | 'operation' | 'other';
  readonly callId: string | undefined;
  readonly operationId: string | undefined;
}

/**
 * Tells what the URL of a call, its participants or one of its operations names.
 * @param url absolute or relative, with or without version, as Location and resourceUrl have it (facts 21, 39); keys as
 *   segments or in parentheses
 * @returns never throws; whatever it does not know is of kind `other`, with the id of the call where there is one
 */
export function parseResourceUrl(url: string): ResourceUrl {
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*/s, '');
  const segments = path
    .replace(/^\/|\/$/g, '')
    .split('/')
    .flatMap((segment) => withKeyApart(decode(segment)));
  const at = segments.findIndex(
    (segment, index) => (segment === 'communications' || segment === 'app') && segments[index + 1] === 'calls',
  );
  const after = at < 0 ? [] : segments.slice(at + 2);
  const [callId, collection, id, ...rest] = after.map((segment) => (segment === '' ? undefined : segment));
  const kind = callId === undefined ? 'other' : kindOf(after.length, collection, id, rest.length);
  return { kind, callId, operationId: kind === 'operation' ? id : undefined };
}

function kindOf(
  length: number,
  collection: string | undefined,
  id: string | undefined,
  further: number,
): ResourceUrl['kind'] {
  if (further > 0) return 'other';
  if (length === 1) return 'call';
  if (collection === 'participants') return length === 2 ? 'participants' : id === undefined ? 'other' : 'participant';
  return collection === 'operations' && id !== undefined ? 'operation' : 'other';
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * `calls('{id}')` as `calls` and its key: the form of the URL conventions of OData 4.01 (section 4.3.1) for what Graph
 * writes as `calls/{id}` (4.3.6, key-as-segment).
 */
function withKeyApart(segment: string): string[] {
  const [, collection, key] = /^(\w+)\((?:id=)?'(.*)'\)$/s.exec(segment) ?? [];
  return collection === undefined || key === undefined ? [segment] : [collection, key.replaceAll("''", "'")];
}
