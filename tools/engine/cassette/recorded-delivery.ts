import type { Delivery } from '../callback/callback-receiver.ts';
import type { RecordedDelivery } from './cassette.ts';
import { contentHeaders, contentOf } from './content.ts';
import type { Sending } from './request-log.ts';
import type { TokenVerdict } from '../callback/callback-token.ts';

/** A delivery, and what it came after. */
export interface HeardDelivery {
  readonly delivery: Delivery;
  /** The last request of the case that had left, if any had. */
  readonly after: Sending | undefined;
  /** When that left, or when the callback was opened. */
  readonly since: number;
  /** How often the case had waited in vain since then, and how often before. */
  readonly timeoutsBefore: number;
  readonly timeoutsBeforeRequest: number;
  readonly expectedPath: string;
  readonly token: Promise<TokenVerdict> | undefined;
}

/** Path and query of a URL. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Microseconds are enough to keep things in order. */
export function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** @param clean takes secrets out of a text */
export async function recordedDelivery(
  heard: HeardDelivery,
  clean: (text: string) => string,
): Promise<RecordedDelivery> {
  const { delivery, after, since, timeoutsBefore, timeoutsBeforeRequest, expectedPath } = heard;
  const token = await heard.token;
  const bytes = Buffer.byteLength(delivery.body);
  return {
    ...(after && { after: after.clientRequestId }),
    ...(after && after.sending > 1 && { sending: after.sending }),
    ms: rounded(delivery.receivedAt - since),
    ...(timeoutsBefore > 0 && { timeoutsBefore }),
    ...(timeoutsBeforeRequest > 0 && { timeoutsBeforeRequest }),
    ...(delivery.method !== 'POST' && { method: delivery.method }),
    ...(delivery.path !== expectedPath && { path: clean(delivery.path) }),
    rawHeaders: contentHeaders(withoutCredentials(delivery)).map(clean),
    body: contentOf(clean(delivery.body)),
    ...(delivery.bytes !== bytes && { bytes: delivery.bytes }),
    ...(delivery.truncated && { truncated: true as const }),
    ...(delivery.bodyProblem !== undefined && { bodyProblem: delivery.bodyProblem }),
    ...(token !== undefined && token.verdict !== 'valid' && { token: { ...token, reason: clean(token.reason) } }),
  };
}

/** The headers that all deliveries have alike, names and values by turns; none when there are few. */
export function usualHeaders(deliveries: readonly RecordedDelivery[]): string[] {
  const [first, ...others] = deliveries.map(({ rawHeaders }) => pairsOf(rawHeaders));
  if (first === undefined || others.length === 0) return [];
  const common = others.reduce<ReadonlySet<string>>(
    (shared, pairs) => new Set(pairs.filter((pair) => shared.has(pair))),
    new Set(first),
  );
  return [...common].flatMap((pair) => JSON.parse(pair) as [string, string]);
}

/** A delivery without the headers that all have. */
export function withoutUsual(delivery: RecordedDelivery, usual: readonly string[]): RecordedDelivery {
  const common = new Set(pairsOf(usual));
  const own = pairsOf(delivery.rawHeaders).filter((pair) => !common.delete(pair));
  return { ...delivery, rawHeaders: own.flatMap((pair) => JSON.parse(pair) as [string, string]) };
}

function pairsOf(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [JSON.stringify([name, rawHeaders[index + 1]])] : []));
}

/** The headers as they came; of Authorization only what a report shows of it. */
function withoutCredentials({ rawHeaders, headers }: Delivery): string[] {
  return rawHeaders.map((text, index) => {
    const isValue = index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization';
    return isValue ? [headers['authorization'] ?? ''].flat().join(', ') : text;
  });
}
