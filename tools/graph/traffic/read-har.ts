import { isObject } from '../../engine/catalogue/json-value.ts';
import type { HeaderPairs, RecordedAnswer, TrafficExchange, RecordedTraffic } from './recorded.ts';

/**
 * The traffic in an HTTP archive (HAR 1.2), as browsers, Playwright, mitmproxy and Proxyman write it. What does not have
 * the form of an entry is left out, and said.
 * @param archive a value of which isHttpArchive holds
 */
export function readHar(archive: unknown): RecordedTraffic {
  const log = isObject(archive) && isObject(archive['log']) ? archive['log'] : {};
  const entries: readonly unknown[] = Array.isArray(log['entries']) ? log['entries'] : [];
  const read = entries.map((entry, index) => readEntry(entry, `entry ${index + 1}`));
  const exchanges = read.filter((exchange) => exchange !== undefined);
  const unreadable = read.length - exchanges.length;
  return {
    format: 'HAR',
    // Playwright and Chrome write entries in the order in which they ended.
    exchanges: exchanges.toSorted((one, other) => one.at - other.at),
    notes: unreadable === 0 ? [] : [`${unreadable} of ${read.length} entries do not match HAR 1.2 and were left out.`],
  };
}

function readEntry(entry: unknown, place: string): TrafficExchange | undefined {
  if (!isObject(entry) || !isObject(entry['request'])) return undefined;
  const { method, url, headers, postData } = entry['request'];
  if (typeof method !== 'string' || typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const { startedDateTime } = entry;
  const at = typeof startedDateTime === 'string' ? Date.parse(startedDateTime) : Number.NaN;
  return {
    place,
    at: Number.isNaN(at) ? 0 : at,
    method: method.toUpperCase(),
    url: new URL(url),
    headers: readHeaders(headers),
    body: isObject(postData) ? decoded(postData)?.toString('utf8') : undefined,
    answer: isObject(entry['response']) ? readAnswer(entry['response']) : undefined,
  };
}

function readAnswer({ status, headers, content }: Record<string, unknown>): RecordedAnswer | undefined {
  // A request that failed has status 0, or -1 in files of Playwright.
  if (typeof status !== 'number' || status < 100) return undefined;
  const wasEmpty = !isObject(content) || content['size'] === 0 || content['size'] === undefined;
  const body = isObject(content) ? decoded(content) : undefined;
  return { status, headers: readHeaders(headers), body: body ?? (wasEmpty ? Buffer.alloc(0) : undefined) };
}

/** The text of a body; what is not text is there in base64. */
function decoded({ text, encoding }: Record<string, unknown>): Buffer | undefined {
  if (typeof text !== 'string') return undefined;
  return Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
}

function readHeaders(headers: unknown): HeaderPairs {
  if (!Array.isArray(headers)) return [];
  return headers.flatMap((header: unknown): HeaderPairs => {
    if (!isObject(header)) return [];
    const { name, value } = header;
    // Names of HTTP/2 that begin with a colon are no headers.
    if (typeof name !== 'string' || typeof value !== 'string' || name.startsWith(':')) return [];
    return [[name, value]];
  });
}
