import { describe, expect, it } from 'vitest';
import { situationOf, Tally, tellingTrait } from './situation.ts';
import type { Trait } from './traits.ts';

type Group = readonly [count: number, violated: number, ...traits: Trait[]];

function tallied(...groups: Group[]): Tally {
  const tally = new Tally();
  for (const [count, violated, ...traits] of groups) {
    for (let n = 0; n < count; n += 1) tally.add(traits, n < violated);
  }
  return tally;
}

describe('what violations have in common', () => {
  it.each<[string, Group[], Trait | undefined]>([
    [
      'nothing is violated',
      [
        [400, 0, 'first'],
        [38, 0, 'repeated'],
      ],
      undefined,
    ],
    ['everything is', [[38, 38, 'repeated']], undefined],
    [
      'one alone is',
      [
        [376, 0, 'first'],
        [1, 1, 'meeting'],
      ],
      undefined,
    ],
    [
      'some of one kind are',
      [
        [376, 0, 'first'],
        [38, 12, 'repeated'],
      ],
      'repeated',
    ],
    [
      'two of a few are',
      [
        [402, 0, 'first'],
        [12, 2, 'meeting'],
      ],
      'meeting',
    ],
    [
      'two of many are',
      [
        [200, 0, 'first'],
        [200, 2, 'repeated'],
      ],
      undefined,
    ],
    [
      'they fit a place in the run a little better than a kind',
      [
        [310, 0, 'first'],
        [70, 7, 'repeated', 'after-200'],
        [10, 0, 'repeated'],
      ],
      'repeated',
    ],
    [
      'they fit a place in the run much better than a kind',
      [
        [300, 0, 'repeated'],
        [70, 30, 'repeated', 'after-200'],
        [100, 0, 'first'],
      ],
      'after-200',
    ],
    [
      'most are of one kind',
      [
        [376, 1, 'first'],
        [38, 30, 'repeated'],
      ],
      'repeated',
    ],
    [
      'too few are',
      [
        [376, 5, 'first'],
        [38, 30, 'repeated'],
      ],
      undefined,
    ],
    [
      'they are of all kinds',
      [
        [200, 20, 'first', 'app'],
        [200, 20, 'repeated', 'communications'],
      ],
      undefined,
    ],
    [
      'two traits hold, one for fewer others',
      [
        [300, 0, 'first'],
        [60, 0, 'app'],
        [40, 30, 'app', 'meeting'],
      ],
      'meeting',
    ],
    [
      'two hold for the same',
      [
        [300, 0, 'first'],
        [40, 30, 'app', 'meeting'],
      ],
      'meeting',
    ],
    [
      'it began late',
      [
        [25, 0],
        [25, 0, 'after-25'],
        [50, 0, 'after-25', 'after-50'],
        [314, 314, 'after-25', 'after-50', 'after-100'],
      ],
      'after-100',
    ],
    [
      'there are many thousands',
      [
        [90_000, 0, 'first'],
        [10_000, 10_000, 'repeated'],
      ],
      'repeated',
    ],
  ])('when %s', (_name, groups, expected) => {
    expect(tellingTrait(tallied(...groups))).toBe(expected);
  });
});

describe('a situation in words', () => {
  it.each<[Group[], boolean, string | undefined]>([
    [
      [
        [376, 0, 'first'],
        [38, 12, 'repeated'],
      ],
      false,
      'all 12 were repeated mutes (12 of 38)',
    ],
    [
      [
        [376, 0, 'first'],
        [38, 38, 'app'],
      ],
      true,
      'all 38 followed mutes on /app (38 of 38)',
    ],
    [
      [
        [376, 1, 'first'],
        [38, 30, 'repeated'],
      ],
      false,
      '30 of them were repeated mutes (30 of 38)',
    ],
    [[[414, 40, 'first']], false, undefined],
    [[[3, 3, 'first']], false, undefined],
  ])('%#', (groups, isConsequence, expected) => {
    expect(situationOf(tallied(...groups), isConsequence)).toBe(expected);
  });
});
