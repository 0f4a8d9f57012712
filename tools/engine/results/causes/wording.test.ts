import { describe, expect, it } from 'vitest';
import { agreement, likeness, wordingOf } from './wording.ts';

describe('a wording', () => {
  it.each([
    ['it is 0, in 37 of 200 answers; all were repeated mutes', 'it is 0'],
    ['it was sent to /callbacks/x?call=roster.delta-announces-a-mute@app&a=b', 'it was sent to /callbacks/x?&a=b'],
    ['POST x was answered 404 with the error A: b c; then it ended', 'POST x was answered 404; then it ended'],
    ['POST x was answered 404 with "no such page"', 'POST x was answered 404'],
    ['POST x was answered 201 with a completed operation', 'POST x was answered 201 with a completed operation'],
    ['no call 4eded15b-62b6-8cef-b6fb-201a1fa16897 after 12 ms', 'no call  after '],
  ])('of “%s” has nothing that differs from run to run', (actual, wording) => {
    expect(wordingOf(actual)).toBe(wording);
  });

  it.each<[string, string, number]>([
    ['it is 0', 'it is 0', 1],
    ['it is 0', 'it is 2', 0.5],
    ['it is "E190"', 'it is "E191"', 1],
    ['POST x was answered 404', 'POST x was answered 500', 0],
    ['it was PUT', 'none came', 0],
    ['at /value/0/a: a is missing', 'at /value/0/b: a is missing', 0],
    ['at /value/0/a: a is missing', 'at /value/0/a: a is null', 0.714],
    ['at /value/0/participants/0/a: a is missing', 'at /value/0/a: a is missing', 0.857],
    ['at /a: a must be b, and is missing', 'at /a: a must be b, and is ""', 0],
    ['at /a: a must be b, and is 17', 'at /a: a must be b, and is "17"', 0],
    ['at /a: a must be b, and is "x"', 'at /a: a must be b, and is "y"', 0.778],
    ['', '', 1],
    ['…', '?', 0],
  ])('“%s” is like “%s” by %d', (one, other, share) => {
    expect(likeness(one, other)).toBeCloseTo(share, 3);
  });

  it.each<[string[], string[], number]>([
    [['it is 0'], ['it is 2', 'it is 0'], 1],
    [['it is 0', 'none'], ['it is 0'], 0.5],
    [[], ['it is 0'], 0],
    [['it is 0'], [], 0],
  ])('%j agree with %j by %d', (seen, known, share) => {
    expect(agreement(seen, known)).toBe(share);
  });
});
