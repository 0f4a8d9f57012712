import { expect, test } from 'vitest';
import { divergenceWords, duration, percentage } from './figures.ts';

test.each([
  [0, '0.0 %'],
  [0.0004, '< 0.1 %'],
  [0.5, '50.0 %'],
  [0.9996, '> 99.9 %'],
  [1, '100.0 %'],
])('a share of %s is %s', (share, words) => {
  expect(percentage(share)).toBe(words);
});

test.each([
  ['nothing was judged', { divergence: 0, coverage: 0 }, '–'],
  ['all that was judged passed', { divergence: 0, coverage: 0.01 }, '0.0 %'],
  ['all that was judged is a known failure', { divergence: 0.01, coverage: 0 }, '1.0 %'],
])('the divergence where %s', (_, figures, words) => {
  expect(divergenceWords(figures)).toBe(words);
});

test.each([
  [3.14, '3.1 ms'],
  [412.4, '412 ms'],
  [1900, '1.9 s'],
  [125_000, '2 min 5 s'],
])('%s milliseconds are %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});
