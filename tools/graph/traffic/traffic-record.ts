import { curlLine } from '../../engine/http/curl.ts';
import { recordedBody, recordedHeaders } from '../../engine/http/exchange-record.ts';
import { NotJson, parseJson } from '../../engine/http/json-depth.ts';
import type { Exchange, NotificationRecord, RecordedHeaders } from '../../engine/results/results.ts';
import { kindOfBody } from '../payloads/notification-items.ts';
import { redacted } from '../../engine/http/redaction.ts';
import type { HeaderPairs, TrafficExchange } from './recorded.ts';
import { secretHeaders } from './secrets-in.ts';

/** Headers that curl makes itself. */
const madeByCurl = /^(content-length|connection|host|transfer-encoding)$/;

/**
 * A request in the form in which results.json has those of a run.
 * @param startedAt the beginning of the traffic, by the clock of its file
 */
export function exchangeRecord(exchange: TrafficExchange, startedAt: number): Exchange {
  const { place, at, method, url, headers, body, answer } = exchange;
  const sent = withoutSecrets(headers, '$TOKEN');
  const curlHeaders = Object.fromEntries(Object.entries(sent).filter(([name]) => !madeByCurl.test(name)));
  const address = url.origin + url.pathname + url.search;
  return {
    step: `${/\/mute\/?$/.test(url.pathname) ? 'mute' : 'read operation'} (${place})`,
    sentAtMs: at - startedAt,
    // Not every file says how long it took, and no requirement of traffic is about it.
    ms: 0,
    request: { method, url: address, headers: sent, ...(body === undefined ? { body: null } : cutBody(body)) },
    ...(answer && {
      response: {
        status: answer.status,
        headers: withoutSecrets(answer.headers),
        ...cutBody(answer.body?.toString() ?? ''),
      },
    }),
    curl: curlLine({ method, url: address, headers: curlHeaders, body: body ?? null }),
  };
}

/** A request to a callback in the form in which results.json has those of a run. */
export function notificationRecord(exchange: TrafficExchange, startedAt: number): NotificationRecord {
  const { at, method, url, headers, body = '' } = exchange;
  return {
    receivedAtMs: at - startedAt,
    kind: kindOfText(body),
    method,
    path: url.pathname + url.search,
    headers: withoutSecrets(headers),
    ...cutBody(body),
    problems: [],
  };
}

/** Headers for a record, with what stands there in place of a bearer token. */
function withoutSecrets(headers: HeaderPairs, token = redacted): RecordedHeaders {
  return recordedHeaders(
    headers.flatMap(([name, value]) => {
      if (!secretHeaders.has(name.toLowerCase())) return [name, value];
      return [name, /^Bearer +\S/i.test(value) ? `Bearer ${token}` : redacted];
    }),
  );
}

function cutBody(text: string): { body: string; truncated?: true } {
  const { text: body, ...cut } = recordedBody(text);
  return { body, ...cut };
}

function kindOfText(text: string): string {
  try {
    return kindOfBody(parseJson(text));
  } catch (error) {
    if (error instanceof NotJson) return 'unknown';
    throw error;
  }
}
