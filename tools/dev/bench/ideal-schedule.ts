/** What a target takes by itself, however fast its client is; all in milliseconds. */
export interface Delays {
  /** From a request to its answer. */
  readonly replyMs: number;
  /** From what changes a roster to its update. */
  readonly rosterMs: number;
  /** How long nothing must come before silence is believed. */
  readonly quietMs: number;
}

/** One thing that a case saw: an exchange, or a notification that came. */
export interface Timeline {
  readonly exchanges: readonly { readonly sentAtMs: number; readonly endedAtMs: number }[];
  readonly rostersAtMs: readonly number[];
  readonly endedAtMs: number;
}

/**
 * The least that a case can take: its exchanges, those under way at once counted once, and its waits. A wait in which a
 * roster came takes no longer than a roster does, one that was as long as silence no longer than silence.
 * Nobody can tell silence from a wait for a door that was as long, so that this is rather too much than too little.
 */
export function chainMs({ exchanges, rostersAtMs, endedAtMs }: Timeline, delays: Delays): number {
  const rounds = inRounds(exchanges);
  return rounds.reduce((sum, { endedAtMs: from }, index) => {
    const to = rounds[index + 1]?.sentAtMs ?? endedAtMs;
    const roster = rostersAtMs.some((at) => at > from && at <= to);
    const waited = to - from;
    const silence = waited >= delays.quietMs ? delays.quietMs : 0;
    return sum + delays.replyMs + Math.min(waited, Math.max(silence, roster ? delays.rosterMs : 0));
  }, 0);
}

/** Exchanges that overlap make a round, in the order of time. */
function inRounds(exchanges: Timeline['exchanges']): { sentAtMs: number; endedAtMs: number }[] {
  const rounds: { sentAtMs: number; endedAtMs: number }[] = [];
  for (const { sentAtMs, endedAtMs } of exchanges.toSorted((one, other) => one.sentAtMs - other.sentAtMs)) {
    const last = rounds.at(-1);
    if (last !== undefined && sentAtMs < last.endedAtMs) last.endedAtMs = Math.max(last.endedAtMs, endedAtMs);
    else rounds.push({ sentAtMs, endedAtMs });
  }
  return rounds;
}

export interface IdealSchedule {
  /** The longest of the cases. */
  readonly chainMs: number;
  readonly longest: string;
  /** All requests through so many doors at once. */
  readonly trafficMs: number;
  /** The larger of the two: no schedule takes less. */
  readonly idealMs: number;
}

/** @param requests sent in the run, those that no case shows among them */
export function idealSchedule(
  timelines: ReadonlyMap<string, Timeline>,
  requests: number,
  concurrency: number,
  delays: Delays,
): IdealSchedule {
  let longest = { id: '', ms: 0 };
  for (const [id, timeline] of timelines) {
    const ms = chainMs(timeline, delays);
    if (ms > longest.ms) longest = { id, ms };
  }
  const trafficMs = (requests * delays.replyMs) / concurrency;
  return { chainMs: longest.ms, longest: longest.id, trafficMs, idealMs: Math.max(longest.ms, trafficMs) };
}

/** As much of a case in results.json as is looked at here. */
interface TimedCase {
  readonly id: string;
  readonly durationMs: number;
  readonly exchanges: readonly { readonly sentAtMs: number; readonly ms: number }[];
  readonly notifications: readonly { readonly kind?: string; readonly receivedAtMs: number }[];
}

/** What results.json tells of when things happened in each case. */
export function timelines({ cases }: { readonly cases: readonly TimedCase[] }): Map<string, Timeline> {
  return new Map(
    cases.map(({ id, durationMs, exchanges, notifications }) => {
      const spans = exchanges.map(({ sentAtMs, ms }) => ({ sentAtMs, endedAtMs: sentAtMs + ms }));
      const rostersAtMs = notifications.flatMap(({ kind, receivedAtMs }) => (kind === 'roster' ? [receivedAtMs] : []));
      const last = Math.max(0, ...spans.map(({ endedAtMs }) => endedAtMs), ...rostersAtMs);
      const began = Math.min(...spans.map(({ sentAtMs }) => sentAtMs));
      // The case may have begun before its first request left, so that this is the latest that it can have ended.
      const endedAtMs = Number.isFinite(began) ? Math.max(last, began + durationMs) : last;
      return [id, { exchanges: spans, rostersAtMs, endedAtMs }];
    }),
  );
}
