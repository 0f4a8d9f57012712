import type { Exchange, NotificationRecord } from '../results/results.ts';
import { cutText } from '../catalogue/cut-text.ts';
import type { Delivery } from '../callback/callback-receiver.ts';
import { recordedBody } from '../http/exchange-record.ts';
import type { Operation } from './operation.ts';

/** What a report keeps of one case, in characters of everything together. */
const caseLimit = 256 * 1024;

/** The same where the transcripts of the run are long already; an ordinary case has less. */
const tightCaseLimit = 16 * 1024;

/**
 * What all transcripts of a run may have before they are cut shorter. They are there several times over: in the worker,
 * in the main thread, in results.json while it is written.
 */
const runLimit = 10 * 1024 * 1024;

/** Of which cases a run keeps transcripts: of all, of those alone that did not hold, or of none. */
export type KeptTranscripts = 'all' | 'failures' | 'none';

/** The room that the transcripts of a run share. */
export class TranscriptRoom {
  readonly kept: KeptTranscripts;
  #left: number;

  /** @param characters of all together, before they are cut shorter */
  constructor(kept: KeptTranscripts = 'all', characters = runLimit) {
    this.kept = kept;
    this.#left = characters;
  }

  get isClosed(): boolean {
    return this.kept === 'none';
  }

  /** What a case may have that ends now. */
  get forCase(): number {
    return this.#left > 0 ? caseLimit : tightCaseLimit;
  }

  take(characters: number): void {
    this.#left -= characters;
  }
}

/** Notifications that a report keeps of one case at most. */
export const notificationLimit = 200;

/** What a transcript holds, before and after it is cut. */
export interface Transcript {
  readonly exchanges: readonly Exchange[];
  readonly notifications: readonly NotificationRecord[];
}

/**
 * What came to the callbacks of a case, in the order of arrival, with what is wrong with each; no more than a transcript
 * has room for, since judging costs time too.
 * @param limit in characters; startedAt in milliseconds of the session's clock
 */
export function notificationRecords(
  deliveries: readonly Delivery[],
  operation: Pick<Operation, 'describe'>,
  { startedAt, limit }: { readonly startedAt: number; readonly limit: number },
): { notifications: NotificationRecord[]; complete: boolean } {
  const notifications: NotificationRecord[] = [];
  let room = limit;
  for (const delivery of deliveries.toSorted((one, other) => one.receivedAt - other.receivedAt)) {
    if (room <= 0 || notifications.length >= notificationLimit) return { notifications, complete: false };
    const { text, truncated = delivery.truncated } = recordedBody(delivery.body);
    const { kind, problems } = operation.describe(delivery);
    notifications.push({
      receivedAtMs: Math.round(delivery.receivedAt - startedAt),
      kind,
      method: delivery.method,
      path: delivery.path,
      headers: delivery.headers,
      body: text,
      ...(truncated && { truncated }),
      problems,
    });
    room -= delivery.size;
  }
  return { notifications, complete: true };
}

function length(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [name, member]) => sum + name.length + length(member), 0);
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

/** How long a transcript is, in characters. */
export function transcriptLength({ exchanges, notifications }: Transcript): number {
  return length(exchanges) + length(notifications);
}

/** What of a body says anything at all. */
const shortestBody = 16;

/**
 * A transcript within its limit: as it is, else with all bodies cut to the same length; where headers and paths alone
 * are too much, those too, and where that does not do, without its first parts.
 * @param limit in characters
 * @returns `whole` false when anything was left out; `length` in characters, as it is now
 */
export function cutTranscript(
  { exchanges, notifications }: Transcript,
  limit: number,
): {
  exchanges: Exchange[];
  notifications: NotificationRecord[];
  whole: boolean;
  length: number;
} {
  const length = transcriptLength({ exchanges, notifications });
  if (length <= limit) return { exchanges: [...exchanges], notifications: [...notifications], whole: true, length };
  const cut = cutToFit({ exchanges, notifications }, limit);
  return { ...cut, whole: false, length: transcriptLength(cut) };
}

/** A transcript that is too long, cut. */
function cutToFit(
  { exchanges, notifications }: Transcript,
  limit: number,
): { exchanges: Exchange[]; notifications: NotificationRecord[] } {
  const parts = exchanges.length + notifications.length;
  const withBodies = (most: number) => ({
    exchanges: exchanges.map((exchange) => cutExchange(exchange, most)),
    notifications: notifications.map((notification) => cutBody(notification, most)),
  });
  if (transcriptLength(withBodies(shortestBody)) <= limit) {
    // A body stands in its exchange and again in the curl line.
    for (let most = Math.floor(limit / parts / 3); most > shortestBody; most = Math.floor(most / 4)) {
      const cut = withBodies(most);
      if (transcriptLength(cut) <= limit) return cut;
    }
    return withBodies(shortestBody);
  }
  for (let kept = Math.min(parts, 64); kept > 1; kept = Math.floor(kept / 2)) {
    const cut = {
      exchanges: cutTexts(exchanges.slice(-kept), 400),
      notifications: cutTexts(notifications.slice(-kept), 400),
    };
    if (transcriptLength(cut) <= limit) return cut;
  }
  return { exchanges: [], notifications: [] };
}
