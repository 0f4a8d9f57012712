import type {
  Cassette,
  RecordedExchange as CassetteExchange,
  RecordedMailbox,
  TargetRecording,
} from '../../engine/cassette/cassette.ts';
import { textOf } from '../../engine/cassette/content.ts';
import type { HeaderPairs, TrafficExchange, RecordedTraffic } from './recorded.ts';

/** The traffic in a recording of the suite: what it sent, and what came to its callbacks. */
export function readCassetteTraffic({ targets }: Cassette): RecordedTraffic {
  const exchanges = targets.flatMap((tape) => {
    const sentAt = new Map(
      tape.exchanges.map(({ reqheaders, sentAtMs }) => [reqheaders['client-request-id'], sentAtMs]),
    );
    return [
      ...tape.exchanges.map((exchange, index) =>
        readExchange(exchange, `exchange ${index + 1} of ${tape.target.name}`),
      ),
      ...tape.mailboxes.flatMap((mailbox) => readMailbox(mailbox, tape, sentAt)),
    ];
  });
  return { format: 'cassette', exchanges: exchanges.toSorted((one, other) => one.at - other.at), notes: [] };
}

function readExchange(exchange: CassetteExchange, place: string): TrafficExchange {
  const { sentAtMs, scope, method, path, reqheaders, request, status, rawHeaders = [], response = '' } = exchange;
  const body = request.body === undefined ? undefined : textOf(request.body);
  const hasBody = body !== undefined || request.bodySha256 !== undefined;
  // What every request has is not written down; null is what one has not.
  const headers: Record<string, string | null> = {
    authorization: 'Bearer as-usual',
    'content-type': hasBody ? 'application/json' : null,
    ...reqheaders,
    ...request.headers,
  };
  const bytes = Buffer.from(textOf(response), exchange.responseIsBinary ? 'hex' : 'utf8');
  return {
    place,
    at: sentAtMs,
    method,
    url: new URL(path, scope),
    headers: Object.entries(headers).flatMap(([name, value]): HeaderPairs => (value === null ? [] : [[name, value]])),
    body,
    answer: status === undefined ? undefined : { status, headers: pairs(rawHeaders), body: bytes },
  };
}

function readMailbox(
  { url, path, deliveries }: RecordedMailbox,
  { usualHeaders, target }: TargetRecording,
  sentAt: ReadonlyMap<string, number>,
): TrafficExchange[] {
  return deliveries.map((delivery, index) => {
    const { after, ms, method = 'POST', path: sentTo = path, rawHeaders, body } = delivery;
    return {
      place: `delivery ${index + 1} to ${new URL(url).pathname} of ${target.name}`,
      at: (sentAt.get(after ?? '') ?? 0) + ms,
      method,
      url: sentTo === undefined ? new URL(url) : new URL(sentTo, url),
      headers: pairs([...usualHeaders, ...rawHeaders]),
      body: textOf(body),
      answer: undefined,
    };
  });
}

function pairs(rawHeaders: readonly string[]): HeaderPairs {
  return rawHeaders.flatMap((name, index): HeaderPairs =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  );
}
