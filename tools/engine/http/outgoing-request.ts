import type { Exchange, RecordedHeaders, RecordedRequest, RecordedResponse } from '../results/results.ts';
import { curlLine } from './curl.ts';
import { recordedBody, type RecordedBody } from './exchange-record.ts';
import type { RequestBody, SendOptions } from './send-options.ts';
import type { WireRequest } from './transport.ts';

/** Characters that a path and its query may hold: RFC 3986, sections 3.3 and 3.4. */
const encodedPath = /^\/(?!\/)(?:[\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*$/;

type Times = Pick<Exchange, 'sentAtMs' | 'ms'>;

/** A request ready to leave, as often as need be, and to be recorded. */
export interface OutgoingRequest {
  readonly wire: Pick<WireRequest, 'method' | 'origin' | 'path' | 'headers' | 'body'>;
  answered(times: Times, head: Pick<RecordedResponse, 'status' | 'headers'>, body: RecordedBody): Exchange;
  failed(times: Times, failure: string): Exchange;
}

/**
 * Makes of what a case asks for exactly what is sent.
 * @param token the bearer token; the record names it `$TOKEN`
 * @param configured headers that the target file adds to every request
 * @throws TypeError when the path is not one below the base URL, or not encoded
 */
export function prepareRequest(
  request: SendOptions,
  base: URL,
  token: string | undefined,
  configured: Readonly<Record<string, string>>,
): OutgoingRequest {
  if (!encodedPath.test(request.path)) {
    throw new TypeError(`"${request.path}" is not an encoded path that starts with a single slash`);
  }
  const path = request.below === 'origin' ? request.path : base.pathname.replace(/\/+$/, '') + request.path;
  const headers = headersOf(request, token, configured);
  const body = bodyOf(request.body);
  const method = request.method.toUpperCase();
  const recorded = record({ method, url: base.origin + path, headers, body, token });
  return {
    wire: { method, origin: base.origin, path, headers, body },
    answered: (times, head, { text, ...cut }) => ({
      step: request.step,
      ...times,
      ...recorded(),
      response: { ...head, body: text, ...cut },
    }),
    failed: (times, failure) => ({ step: request.step, ...times, ...recorded(), failure }),
  };
}

type HeaderPairs = WireRequest['headers'];

/** Later layers win over earlier ones, whatever the case of the names; null leaves a header out. */
function headersOf(
  request: SendOptions,
  token: string | undefined,
  configured: Readonly<Record<string, string>>,
): HeaderPairs {
  const { authorization = token === undefined ? undefined : `Bearer ${token}`, body } = request;
  const layers: Readonly<Record<string, string | null>>[] = [
    {
      Accept: 'application/json',
      // Brotli is unpacked too, but not asked for.
      'Accept-Encoding': 'gzip, deflate',
      'User-Agent': 'call-mute-conformance',
      'client-request-id': request.clientRequestId,
    },
    configured,
    authorization === undefined ? {} : { Authorization: authorization },
    body === undefined ? {} : { 'Content-Type': 'json' in body ? 'application/json' : body.contentType },
    request.headers ?? {},
  ];
  const merged = new Map<string, readonly [string, string]>();
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer)) {
      if (value === null) merged.delete(name.toLowerCase());
      else merged.set(name.toLowerCase(), [name, value]);
    }
  }
  return [...merged.values()];
}

function bodyOf(body: RequestBody | undefined): string | Buffer | undefined {
  if (body === undefined) return undefined;
  return 'json' in body ? JSON.stringify(body.json) : body.text;
}

/** The recorded request and its curl line, made when first asked for and then shared by all repetitions. */
function record(sent: {
  method: string;
  url: string;
  headers: HeaderPairs;
  body: string | Buffer | undefined;
  token: string | undefined;
}): () => { request: RecordedRequest; curl: string } {
  let made: { request: RecordedRequest; curl: string } | undefined;
  return () => {
    if (made !== undefined) return made;
    const { method, url, token } = sent;
    const headers: RecordedHeaders = {};
    for (const [name, value] of sent.headers) {
      headers[name.toLowerCase()] = token ? value.replaceAll(token, () => '$TOKEN') : value;
    }
    const body = sent.body === undefined ? null : sent.body.toString();
    const { text, ...cut } = body === null ? { text: null } : recordedBody(body);
    made = { request: { method, url, headers, body: text, ...cut }, curl: curlLine({ method, url, headers, body }) };
    return made;
  };
}
