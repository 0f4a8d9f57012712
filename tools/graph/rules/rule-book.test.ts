import { describe, expect, it } from 'vitest';
import { doesNotSpeakOf, type Rule } from './rule.ts';
import { RuleBook, type Seen } from './rule-book.ts';
import type { Trait } from './traits.ts';

/** Numbers are to be even; of those over a hundred it does not speak, and negative ones have a case of their own. */
const even: Rule<number> = {
  requirement: 'status.success',
  caseOf: (number) => (number < 0 ? 'negative' : undefined),
  judge(number, { demand }) {
    if (number > 100) throw doesNotSpeakOf('it is too great');
    demand(number % 2 === 0, 'an even number', `it is ${number}`, 'Look at the last digit.');
  },
};

function seen(number: number, more: Partial<Seen<number>> = {}): Seen<number> {
  return { things: 'answers', path: '/communications', traits: ['first'], evidence: () => number, ...more };
}

function bookOf(...numbers: [number, Partial<Seen<number>>?][]): RuleBook<number> {
  const book = new RuleBook<number>();
  for (const [number, more] of numbers) book.judge([even], number, seen(number, more));
  return book;
}

describe('a rule book', () => {
  it('counts what it saw, and what of it was not so', () => {
    const book = bookOf([2], [4], [3], [5], [102]);
    expect(book.findings).toEqual([
      {
        requirement: 'status.success',
        path: '/communications',
        things: 'answers',
        count: 4,
        violated: 2,
        first: { expectation: 'an even number', actual: 'it is 3', hint: 'Look at the last digit.' },
        evidence: [3, 5],
      },
    ]);
  });

  it('has nothing to tell of what no promise speaks of', () => {
    expect(bookOf([102]).findings).toEqual([]);
  });

  it('keeps paths, cases and kinds of things apart', () => {
    const book = bookOf([2], [3, { path: '/app' }], [-1], [5, { things: 'refusals' }]);
    expect(book.findings.map(({ path, slug, things, violated }) => [path, slug, things, violated])).toEqual([
      ['/communications', undefined, 'answers', 0],
      ['/app', undefined, 'answers', 1],
      ['/communications', 'negative', 'answers', 1],
      ['/communications', undefined, 'refusals', 1],
    ]);
  });

  it('keeps the first three violations and one example of what holds, and makes no more', () => {
    const made: number[] = [];
    const book = new RuleBook<number>();
    for (const number of [1, 2, 3, 4, 5, 7, 9]) {
      book.judge([even], number, seen(number, { evidence: () => made.push(number) }));
    }
    expect(book.findings[0]).toMatchObject({ count: 7, violated: 5 });
    expect(made).toEqual([1, 2, 3, 5]);
  });

  it('shows the first plain mute of those that hold, where there was one', () => {
    const sort = { things: 'answers', path: '/communications' } as const;
    const example = (...traits: Trait[][]) =>
      bookOf(...traits.map((own, index): [number, Partial<Seen<number>>] => [2 * index, { traits: own }])).sighting(
        even,
        sort,
      )?.evidence;
    expect(example(['no-context'], ['first', 'long-context'], ['first'], ['repeated'])).toEqual([4]);
    expect(example(['no-context'], ['non-ascii'])).toEqual([0]);
    expect(example(['first'], ['no-context'])).toEqual([0]);
  });

  it('tells what it has seen of one sort, in one case, on one path', () => {
    const book = bookOf([2, { about: 'small' }], [3, { about: 'small' }], [4], [-2, { about: 'small' }]);
    const sort = { things: 'answers', path: '/communications' } as const;
    expect(book.sighting(even, sort)).toMatchObject({ count: 3, violated: 1, evidence: [3] });
    expect(book.sighting(even, { ...sort, about: 'small' })).toMatchObject({
      count: 2,
      violated: 1,
      first: { expectation: 'an even number', actual: 'it is 3' },
      evidence: [3],
    });
    expect(book.sighting(even, { ...sort, slug: 'negative' })).toMatchObject({
      count: 1,
      violated: 0,
      first: undefined,
      checked: ['an even number'],
      evidence: [-2],
    });
    expect(book.sighting(even, { ...sort, about: 'great' })).toBeUndefined();
    expect(book.sighting(even, { ...sort, path: '/app' })).toBeUndefined();
    expect(book.sighting({}, sort)).toBeUndefined();
  });

  it.each([
    ['answers' as const, 'all 4 were repeated mutes (4 of 4)'],
    ['updates' as const, 'all 4 followed repeated mutes (4 of 4)'],
  ])('says of %s what the violations have in common', (things, situation) => {
    const first = Array.from({ length: 40 }, (): [number, Partial<Seen<number>>] => [2, { things }]);
    const repeated = Array.from({ length: 4 }, (): [number, Partial<Seen<number>>] => [
      3,
      { things, traits: ['repeated'] },
    ]);
    expect(bookOf(...first, ...repeated).findings[0]?.situation).toBe(situation);
  });
});
