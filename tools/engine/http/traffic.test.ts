import { describe, expect, it } from 'vitest';
import { countAnswer, countFault, createTrafficStatistics } from './traffic.ts';
import type { TransportFaultKind } from './transport-fault.ts';

describe('the counts of a run', () => {
  it('hold what transport.answered judges apart from the rest', () => {
    const kinds: TransportFaultKind[] = ['refused', 'unreachable', 'dns', 'tls', 'too-large', 'protocol'];
    const statistics = createTrafficStatistics();
    for (const kind of kinds) countFault(statistics, kind, 0);
    expect(statistics).toMatchObject({ unanswered: 0, unconnected: 4 });
    for (const kind of ['reset', 'torn', 'timeout'] as const) countFault(statistics, kind, 0);
    expect(statistics).toMatchObject({ unanswered: 3, unconnected: 4, timeouts: 1, givenUp: undefined });
  });

  it('give a target up after eight timeouts in a row', () => {
    const statistics = createTrafficStatistics();
    for (let count = 0; count < 7; count += 1) countFault(statistics, 'timeout', 77);
    countAnswer(statistics);
    for (let count = 0; count < 7; count += 1) countFault(statistics, 'timeout', 77);
    expect(statistics.givenUp).toBeUndefined();
    countFault(statistics, 'timeout', 77);
    countFault(statistics, 'timeout', 99);
    expect(statistics).toMatchObject({
      givenUp: 'the target was given up: 8 requests one after another were left without an answer',
      givenUpAt: 77,
    });
  });

  it('give a target up after forty timeouts in all', () => {
    const statistics = createTrafficStatistics();
    for (let count = 0; count < 39; count += 1) {
      countFault(statistics, 'timeout', 77);
      countAnswer(statistics);
    }
    expect(statistics.givenUp).toBeUndefined();
    countFault(statistics, 'timeout', 77);
    expect(statistics.givenUp).toMatch(/40 requests of this run/);
  });
});
