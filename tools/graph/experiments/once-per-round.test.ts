import { expect, it } from 'vitest';
import { OncePerRound } from './once-per-round.ts';

/** What is asked for in this order, and what is made for it. */
it.each<[what: string, asked: readonly (readonly [round: string, repetition: number])[], made: readonly string[]]>([
  [
    'the same round',
    [
      ['a', 0],
      ['a', 0],
      ['a', 0],
    ],
    ['a'],
  ],
  [
    'second attempts',
    [
      ['a', 0],
      ['a again', 0],
      ['a', 0],
      ['a again', 0],
    ],
    ['a', 'a again'],
  ],
  [
    'another repetition',
    [
      ['a', 0],
      ['a 1', 1],
      ['a', 0],
      ['a 1', 1],
    ],
    ['a', 'a 1'],
  ],
  [
    'a repetition from before the last two',
    [
      ['a', 0],
      ['a 1', 1],
      ['a 2', 2],
      ['a 1', 1],
      ['a', 0],
    ],
    ['a', 'a 1', 'a 2', 'a'],
  ],
])('makes once what is asked for in %s', (_what, asked, expected) => {
  const rounds = new OncePerRound<object>();
  const made: string[] = [];
  const given = asked.map(([round, repetition]) =>
    rounds.get(round, repetition, () => {
      made.push(round);
      return { round };
    }),
  );
  expect(made).toEqual(expected);
  expect(given.map((each) => ('round' in each ? each.round : undefined))).toEqual(asked.map(([round]) => round));
});

it('makes again what was forgotten', () => {
  const rounds = new OncePerRound<object>();
  const first = rounds.get('a', 0, () => ({}));
  expect(rounds.get('a', 0, () => ({}))).toBe(first);
  rounds.forget('a');
  expect(rounds.get('a', 0, () => ({}))).not.toBe(first);
});
