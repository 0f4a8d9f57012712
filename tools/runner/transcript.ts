import type { CaseRecord } from '../results/outcome.ts';
import type { Exchange, NotificationRecord } from '../results/results.ts';
import { judge } from '../contract/judge.ts';
import type { CallUnderTest } from '../target/call.ts';
import { kindOfBody } from '../target/notifications.ts';
import type { TargetSession } from '../target/session.ts';

/** What a report keeps of one case, in characters of all its bodies together. */
const transcriptLimit = 256 * 1024;

/** What came to the callbacks of a case's calls, in the order of arrival, with what is wrong with each. */
export function notificationRecords(calls: readonly CallUnderTest[], session: TargetSession): NotificationRecord[] {
  return calls
    .flatMap(({ mailbox }) => [...mailbox.deliveries])
    .sort((one, other) => one.receivedAt - other.receivedAt)
    .slice(0, 200)
    .map((delivery) => ({
      receivedAtMs: Math.round(delivery.receivedAt - session.startedAt),
      kind: kindOfBody(delivery.json),
      method: delivery.method,
      path: delivery.path,
      headers: delivery.headers,
      body: delivery.body,
      ...(delivery.truncated && { truncated: true }),
      problems:
        delivery.jsonProblem !== undefined
          ? [delivery.jsonProblem]
          : judge(delivery.json, 'notification')
              .filter(({ level }) => level === 'must')
              .slice(0, 20)
              .map(({ pointer, message }) => `${pointer || '/'}: ${message}`),
    }));
}

/** Cuts the bodies of a transcript that is over the limit, the longest first, and says so. */
export function trim(record: CaseRecord): CaseRecord {
  const bodies = (exchanges: readonly Exchange[]) =>
    exchanges.reduce(
      (sum, { request, response }) => sum + (request.body?.length ?? 0) + (response?.body.length ?? 0),
      0,
    );
  const size =
    bodies(record.exchanges) +
    bodies(record.firstAttempt?.exchanges ?? []) +
    record.notifications.reduce((sum, { body }) => sum + body.length, 0);
  if (size <= transcriptLimit) return record;
  const parts =
    2 * (record.exchanges.length + (record.firstAttempt?.exchanges.length ?? 0)) + record.notifications.length;
  const most = Math.floor(transcriptLimit / parts);
  const cut = (exchange: Exchange): Exchange => ({
    ...exchange,
    request: cutBody(exchange.request, most),
    ...(exchange.response && { response: cutBody(exchange.response, most) }),
    curl: exchange.curl.length > most + 2000 ? `${exchange.curl.slice(0, most + 2000)}…` : exchange.curl,
  });
  return {
    ...record,
    exchanges: record.exchanges.map(cut),
    ...(record.firstAttempt && {
      firstAttempt: { ...record.firstAttempt, exchanges: record.firstAttempt.exchanges.map(cut) },
    }),
    notifications: record.notifications.map((notification) => cutBody(notification, most)),
    truncated: true,
  };
}

function cutBody<T extends { body: string | null; truncated?: boolean }>(part: T, most: number): T {
  if (part.body === null || part.body.length <= most) return part;
  return { ...part, body: part.body.slice(0, most), truncated: true };
}
