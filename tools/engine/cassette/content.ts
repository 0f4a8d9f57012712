import type { Content } from './cassette.ts';

/**
 * A body as a cassette keeps it: as a value where that gives back exactly the text, which is shorter and can be read.
 * A JSON string or number stays text, so that a string in a cassette is always the text itself.
 */
export function contentOf(text: string): Content {
  const first = text.charAt(0);
  if (first !== '{' && first !== '[') return text;
  try {
    const value = JSON.parse(text) as Content;
    return JSON.stringify(value) === text ? value : text;
  } catch {
    return text;
  }
}

/** Headers that say how a message was sent, not what it says: a body is kept unpacked, and without secrets. */
const wireHeaders = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'host',
  'keep-alive',
  'proxy-connection',
  'trailer',
  'transfer-encoding',
]);

/** The headers that stay true of a body as it is kept; names and values by turns. */
export function contentHeaders(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_text, index) => !wireHeaders.has((rawHeaders[index - (index % 2)] ?? '').toLowerCase()));
}

/** The text that was made a content of. */
export function textOf(content: Content): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}
