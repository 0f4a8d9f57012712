/** What a URL of the calling API names; judges nothing. */
export interface ResourceUrl {
  readonly kind: 'call' | 'participants' | 'participant' | 'operation' | 'other';
  /** scheme://host:port in lower case; undefined when the URL is relative. */
  readonly origin: string | undefined;
  /** The last segment before the root, where it names a version of the API. */
  readonly version: string | undefined;
  readonly root: '/communications' | '/app' | undefined;
  readonly callId: string | undefined;
  readonly participantId: string | undefined;
  readonly operationId: string | undefined;
}

/**
 * Takes the URL of a call, its participants or one of its operations apart.
 * @param url absolute or relative, with or without version, as Location and resourceUrl have it (facts 21, 39)
 * @returns never throws; whatever it does not know is of kind `other`, with as much of the rest as there is
 */
export function parseResourceUrl(url: string): ResourceUrl {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(url);
  const origin = absolute && URL.canParse(url) ? new URL(url).origin : undefined;
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  const segments = path
    .replace(/^\/|\/$/g, '')
    .split('/')
    .map(decode);
  const at = segments.findIndex(
    (segment, index) => (segment === 'communications' || segment === 'app') && segments[index + 1] === 'calls',
  );
  const [before, after] = at < 0 ? [[], []] : [segments.slice(0, at), segments.slice(at + 2)];
  const [callId, collection, id, ...rest] = after.map((segment) => (segment === '' ? undefined : segment));
  const kind = callId === undefined ? 'other' : kindOf(after.length, collection, id, rest.length);
  const version = before.at(-1);
  return {
    kind,
    origin,
    version: version !== undefined && /^(beta|v\d+\.\d+)$/i.test(version) ? version : undefined,
    root: at < 0 ? undefined : segments[at] === 'app' ? '/app' : '/communications',
    callId,
    participantId: kind === 'participant' ? id : undefined,
    operationId: kind === 'operation' ? id : undefined,
  };
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
