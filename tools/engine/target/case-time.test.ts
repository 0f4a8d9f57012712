import { describe, expect, it } from 'vitest';
import { CaseTime } from './case-time.ts';

type Step = 'waits' | 'goes on' | 'sends' | 'is answered';

/** The time of a case that does this at these moments, in milliseconds, and is judged at the last one. */
function timeOf(steps: readonly (readonly [at: number, step: Step])[], judgedAt: number): number {
  let now = 0;
  const time = new CaseTime(() => now);
  const waits: (() => void)[] = [];
  const requests: (() => void)[] = [];
  for (const [at, step] of steps) {
    now = at;
    if (step === 'waits') waits.push(time.waits());
    else if (step === 'sends') requests.push(time.sends());
    else (step === 'goes on' ? waits : requests).shift()?.();
  }
  now = judgedAt;
  return time.elapsedMs();
}

describe('the time of a case', () => {
  it.each<[string, readonly (readonly [number, Step])[], number, number]>([
    ['is nothing where nothing was sent', [[10, 'waits']], 50, 0],
    [
      'begins with the first request',
      [
        [10, 'sends'],
        [20, 'is answered'],
      ],
      50,
      40,
    ],
    [
      'leaves out what came before it',
      [
        [0, 'waits'],
        [30, 'goes on'],
        [30, 'sends'],
        [40, 'is answered'],
      ],
      45,
      15,
    ],
    [
      'leaves out the wait for a slot between two requests',
      [
        [0, 'sends'],
        [10, 'is answered'],
        [10, 'waits'],
        [60, 'goes on'],
        [60, 'sends'],
        [70, 'is answered'],
      ],
      75,
      25,
    ],
    [
      'leaves out a wait that goes on',
      [
        [0, 'sends'],
        [10, 'is answered'],
        [10, 'waits'],
      ],
      90,
      10,
    ],
    [
      'contains a wait beside a request under way',
      [
        [0, 'sends'],
        [5, 'waits'],
        [20, 'is answered'],
        [30, 'goes on'],
      ],
      40,
      30,
    ],
    [
      'counts two waits side by side once',
      [
        [0, 'sends'],
        [10, 'is answered'],
        [10, 'waits'],
        [20, 'waits'],
        [30, 'goes on'],
        [50, 'goes on'],
      ],
      60,
      20,
    ],
    [
      'contains what the target makes it wait for',
      [
        [0, 'sends'],
        [10, 'is answered'],
      ],
      310,
      310,
    ],
  ])('%s', (_title, steps, judgedAt, expected) => {
    expect(timeOf(steps, judgedAt)).toBe(expected);
  });

  it('ends a wait once', () => {
    let now = 0;
    const time = new CaseTime(() => now);
    time.sends()();
    const goOn = time.waits();
    now = 10;
    goOn();
    const other = time.waits();
    goOn();
    now = 30;
    other();
    expect(time.elapsedMs()).toBe(0);
  });
});
