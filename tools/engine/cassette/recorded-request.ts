import { createHash } from 'node:crypto';
import type { WireRequest } from '../http/transport.ts';
import type { RecordedExchange } from './cassette.ts';
import { contentOf, textOf } from './content.ts';
import { anyRedacted, type UsedTokens } from './used-tokens.ts';

type RecordedRequest = RecordedExchange['request'];

/** Longer bodies are kept as their hash alone: all of them derive from the seed. */
const keptLength = 8 * 1024;

/** Headers that are the same in every request, or tell it from all others. */
const usualHeaders = new Set(['accept', 'accept-encoding', 'user-agent', 'client-request-id']);

/**
 * What a request has beyond what all have; of its headers those alone that are not as usual.
 * @param configured names of headers that the target file adds to every request
 * @param clean takes secrets out of a text
 */
export function recordedRequest(
  request: Pick<WireRequest, 'headers' | 'body'>,
  tokens: UsedTokens,
  configured: readonly string[],
  clean: (text: string) => string,
): RecordedRequest {
  const headers = unusualHeaders(request, tokens, configured, clean);
  return { ...(Object.keys(headers).length > 0 && { headers }), ...recordedBody(request.body, clean) };
}

function unusualHeaders(
  request: Pick<WireRequest, 'headers' | 'body'>,
  tokens: UsedTokens,
  configured: readonly string[],
  clean: (text: string) => string,
): Record<string, string | null> {
  const isConfigured = new Set(configured.map((name) => name.toLowerCase()));
  const sent = new Map(request.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const usual: Readonly<Record<string, string | undefined>> = {
    authorization: tokens.usualHeader,
    'content-type': request.body === undefined ? undefined : 'application/json',
  };
  const others = [...sent.keys()].filter((name) => !usualHeaders.has(name) && !isConfigured.has(name));
  const headers: Record<string, string | null> = {};
  for (const name of new Set([...Object.keys(usual), ...others])) {
    const value = sent.get(name);
    const shown = value === undefined ? undefined : (tokens.inHeader(value) ?? clean(value));
    if (shown !== usual[name]) headers[name] = shown ?? null;
  }
  return headers;
}

function recordedBody(
  body: WireRequest['body'],
  clean: (text: string) => string,
): Pick<RecordedRequest, 'body' | 'bodySha256'> {
  if (body === undefined) return {};
  if (typeof body === 'string' && body.length <= keptLength) return { body: contentOf(clean(body)) };
  return { bodySha256: sha256(body) };
}

function sha256(body: string | Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

/**
 * In what a request differs from the one that was recorded under its id, as a suite of another version may make it.
 * @returns in words, or undefined when it is the same
 */
export function differenceOf(recorded: RecordedExchange, request: WireRequest, tokens: UsedTokens): string | undefined {
  if (recorded.method !== request.method || !fits(recorded.path, request.path)) {
    return `${request.method} ${request.path} instead of ${recorded.method} ${recorded.path}`;
  }
  const { headers: before = {} } = recorded.request;
  const after = unusualHeaders(request, tokens, [], (text) => text);
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!same(before[name], after[name])) return `another ${name} header`;
  }
  return isSameBody(recorded.request, request.body) ? undefined : 'another body';
}

function isSameBody({ body, bodySha256 }: RecordedRequest, sent: WireRequest['body']): boolean {
  if (bodySha256 !== undefined) return sent !== undefined && sha256(sent) === bodySha256;
  return same(body === undefined ? undefined : textOf(body), sent?.toString());
}

function same(recorded: string | null | undefined, now: string | null | undefined): boolean {
  return typeof recorded === 'string' && typeof now === 'string' ? fits(recorded, now) : recorded === now;
}

/**
 * Whether a text may have been what was recorded, before secrets were taken out of it: what stands between them has to
 * be there, in this order.
 */
function fits(recorded: string, sent: string): boolean {
  if (recorded === sent) return true;
  const parts = recorded.split(anyRedacted);
  if (parts.length === 1) return false;
  const last = parts.pop() ?? '';
  const [first = '', ...between] = parts;
  if (!sent.startsWith(first) || !sent.endsWith(last)) return false;
  let from = first.length;
  for (const part of between) {
    const at = sent.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= sent.length - last.length;
}
