import type { Exchange, NotificationRecord } from '../results/results.ts';
import { judge } from '../contract/judge.ts';
import type { CallUnderTest } from '../target/call.ts';
import type { Delivery } from '../target/callback-receiver.ts';
import { recordedBody } from '../target/exchange-record.ts';
import { kindOfBody } from '../target/notifications.ts';
import type { TargetSession } from '../target/session.ts';

/** What a report keeps of one case, in characters of everything together. */
export const transcriptLimit = 256 * 1024;

/** Notifications that a report keeps of one case at most. */
const notificationLimit = 200;

/** What a transcript holds, before and after it is cut. */
export interface Transcript {
  readonly exchanges: readonly Exchange[];
  readonly notifications: readonly NotificationRecord[];
}

function record(delivery: Delivery, session: TargetSession): NotificationRecord {
  const { text, truncated = delivery.truncated } = recordedBody(delivery.body);
  return {
    receivedAtMs: Math.round(delivery.receivedAt - session.startedAt),
    kind: kindOfBody(delivery.json),
    method: delivery.method,
    path: delivery.path,
    headers: delivery.headers,
    body: text,
    ...(truncated && { truncated }),
    problems:
      delivery.jsonProblem !== undefined
        ? [delivery.jsonProblem]
        : judge(delivery.json, 'notification')
            .filter(({ level }) => level === 'must')
            .slice(0, 20)
            .map(({ pointer, message }) => `${pointer || '/'}: ${message}`),
  };
}

/**
 * What came to the callbacks of a case's calls, in the order of arrival, with what is wrong with each; no more than a
 * transcript has room for, since judging costs time too.
 */
export function notificationRecords(
  calls: readonly CallUnderTest[],
  session: TargetSession,
): { notifications: NotificationRecord[]; complete: boolean } {
  const deliveries = calls
    .flatMap(({ mailbox }) => [...mailbox.deliveries])
    .sort((one, other) => one.receivedAt - other.receivedAt);
  const notifications: NotificationRecord[] = [];
  let room = transcriptLimit;
  for (const delivery of deliveries) {
    if (room <= 0 || notifications.length >= notificationLimit) return { notifications, complete: false };
    notifications.push(record(delivery, session));
    room -= delivery.size;
  }
  return { notifications, complete: true };
}

function length(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [name, member]) => sum + name.length + length(member), 0);
}

/** A text of its own: a mere slice would keep all of what it is a slice of in memory. */
function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return Buffer.from(text.slice(0, end), 'utf16le').toString('utf16le');
}

/** Every text in a value cut; numbers of members and items stay as they are. */
function cutTexts<T>(value: T, most: number): T {
  if (typeof value === 'string') return cutText(value, most) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => cutTexts(item, most)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cutTexts(member, most)])) as T;
}

function cutBody<T extends { body: string | null; truncated?: boolean }>(part: T, most: number): T {
  if (part.body === null || part.body.length <= most) return part;
  return { ...part, body: cutText(part.body, most), truncated: true };
}

function cutExchange(exchange: Exchange, most: number): Exchange {
  const { request, response, curl } = exchange;
  return {
    ...exchange,
    request: cutBody(request, most),
    ...(response && { response: cutBody(response, most) }),
    curl: curl.length > most + 2_000 ? `${cutText(curl, most + 2_000)}…` : curl,
  };
}

/**
 * A transcript within its limit: as it is, else with all bodies cut to the same length; where headers and paths alone
 * are too much, those too, and where that does not do, without its last parts.
 * @returns `whole` false when anything was left out
 */
export function cutTranscript({ exchanges, notifications }: Transcript): {
  exchanges: Exchange[];
  notifications: NotificationRecord[];
  whole: boolean;
} {
  const whole = { exchanges: [...exchanges], notifications: [...notifications], whole: true };
  if (length(whole) <= transcriptLimit) return whole;
  const parts = exchanges.length + notifications.length;
  // A body stands in its exchange and again in the curl line.
  for (let most = Math.floor(transcriptLimit / parts / 3); most > 16; most = Math.floor(most / 4)) {
    const cut = {
      exchanges: exchanges.map((exchange) => cutExchange(exchange, most)),
      notifications: notifications.map((notification) => cutBody(notification, most)),
      whole: false,
    };
    if (length(cut) <= transcriptLimit) return cut;
  }
  for (let kept = Math.min(parts, 64); kept > 1; kept = Math.floor(kept / 2)) {
    const cut = {
      exchanges: cutTexts(exchanges.slice(0, kept), 400),
      notifications: cutTexts(notifications.slice(0, kept), 400),
      whole: false,
    };
    if (length(cut) <= transcriptLimit) return cut;
  }
  return { exchanges: [], notifications: [], whole: false };
}
