import { describe, expect, it } from 'vitest';
import { chainMs, type Delays, idealSchedule, type Timeline, timelines } from './ideal-schedule.ts';

const delays: Delays = { replyMs: 100, rosterMs: 300, quietMs: 1_200 };

/** Exchanges as [sent, ended]. */
const timeline = (exchanges: [number, number][], rostersAtMs: number[], endedAtMs: number): Timeline => ({
  exchanges: exchanges.map(([sentAtMs, ended]) => ({ sentAtMs, endedAtMs: ended })),
  rostersAtMs,
  endedAtMs,
});

describe('the least that a case can take', () => {
  it.each<[string, Timeline, number]>([
    ['nothing for nothing', timeline([], [], 0), 0],
    ['a latency for an exchange, however long it took', timeline([[0, 180]], [], 180), 100],
    [
      'one for each of those that follow each other',
      timeline(
        [
          [0, 100],
          [100, 200],
          [250, 400],
        ],
        [],
        400,
      ),
      300,
    ],
    [
      'one for those that are under way at once',
      timeline(
        [
          [0, 150],
          [10, 190],
          [20, 160],
        ],
        [],
        190,
      ),
      100,
    ],
    [
      'those in any order of telling',
      timeline(
        [
          [250, 400],
          [0, 100],
        ],
        [],
        400,
      ),
      200,
    ],
    [
      'no wait for a door',
      timeline(
        [
          [0, 100],
          [900, 1_000],
        ],
        [],
        1_000,
      ),
      200,
    ],
    [
      'a roster that came meanwhile',
      timeline(
        [
          [0, 100],
          [700, 800],
        ],
        [420],
        800,
      ),
      500,
    ],
    [
      'no more of a roster than there was',
      timeline(
        [
          [0, 100],
          [300, 400],
        ],
        [290],
        400,
      ),
      400,
    ],
    ['a roster at the end', timeline([[0, 100]], [450], 460), 400],
    [
      'no roster that came during the exchange',
      timeline(
        [
          [0, 100],
          [700, 800],
        ],
        [50],
        800,
      ),
      200,
    ],
    ['silence', timeline([[0, 100]], [], 1_500), 1_300],
    ['silence in which a roster came', timeline([[0, 100]], [400], 1_500), 1_300],
    ['no silence that was shorter', timeline([[0, 100]], [], 1_200), 100],
  ])('counts %s', (_, given, expected) => {
    expect(chainMs(given, delays)).toBe(expected);
  });
});

describe('the ideal schedule', () => {
  const cases = new Map([
    ['short', timeline([[0, 100]], [], 100)],
    ['long', timeline([[0, 100]], [], 1_500)],
  ]);

  it.each([
    [100, 16, { chainMs: 1_300, longest: 'long', trafficMs: 625, idealMs: 1_300 }],
    [1_600, 16, { chainMs: 1_300, longest: 'long', trafficMs: 10_000, idealMs: 10_000 }],
    [1_600, 160, { chainMs: 1_300, longest: 'long', trafficMs: 1_000, idealMs: 1_300 }],
  ])('for %d requests, %d at once', (requests, concurrency, expected) => {
    expect(idealSchedule(cases, requests, concurrency, delays)).toEqual(expected);
  });
});

describe('the timelines of results.json', () => {
  const roster = { kind: 'roster', receivedAtMs: 420 };

  it.each([
    [
      'a case that waits after its last exchange',
      {
        durationMs: 1_400,
        exchanges: [{ sentAtMs: 10, ms: 90 }],
        notifications: [{ kind: 'call', receivedAtMs: 50 }, roster],
      },
      { exchanges: [{ sentAtMs: 10, endedAtMs: 100 }], rostersAtMs: [420], endedAtMs: 1_410 },
    ],
    [
      'a roster later than that',
      { durationMs: 95, exchanges: [{ sentAtMs: 10, ms: 90 }], notifications: [roster] },
      { exchanges: [{ sentAtMs: 10, endedAtMs: 100 }], rostersAtMs: [420], endedAtMs: 420 },
    ],
    [
      'a case without exchanges',
      { durationMs: 3, exchanges: [], notifications: [] },
      { exchanges: [], rostersAtMs: [], endedAtMs: 0 },
    ],
  ])('has %s', (_, one, expected) => {
    expect([...timelines({ cases: [{ id: 'a', ...one }] })]).toEqual([['a', expected]]);
  });
});
