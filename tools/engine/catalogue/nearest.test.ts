import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearest } from './nearest.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['capabilites', 'capabilities', 1],
    ['tkoen', 'token', 1],
    ['ab', 'ba', 1],
  ])('%s to %s is %i', (one, other, distance) => {
    expect(editDistance(one, other)).toBe(distance);
  });

  it('is the same both ways and nothing only for the same text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
        expect(editDistance(one, other)).toBe(editDistance(other, one));
        expect(editDistance(one, other) === 0).toBe(one === other);
      }),
    );
  });
});

describe('nearest', () => {
  const keys = ['app', 'operations', 'participants', 'unmute'];

  it.each([
    ['operation', 'operations'],
    ['Unmute', 'unmute'],
    ['unmtue', 'unmute'],
    ['particpiants', 'participants'],
  ])('takes %s for %s', (name, meant) => {
    expect(nearest(name, keys)).toBe(meant);
  });

  it.each(['xy', 'something-else', ''])('finds nothing near to "%s"', (name) => {
    expect(nearest(name, keys)).toBeUndefined();
  });
});

describe('what was probably meant', () => {
  it('ends a sentence', () => {
    expect(didYouMean('falts', ['faults', 'cases'])).toBe('; did you mean faults?');
    expect(didYouMean('something-else', ['faults', 'cases'])).toBe('.');
  });
});
