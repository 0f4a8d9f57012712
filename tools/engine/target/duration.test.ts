import { describe, expect, it } from 'vitest';
import { readDuration } from './duration.ts';

describe('readDuration', () => {
  it.each([
    ['1ms', 1],
    ['300ms', 300],
    ['5s', 5_000],
    ['1.5s', 1_500],
    ['0.25s', 250],
    ['2m', 120_000],
    [' 10s ', 10_000],
    ['1440m', 86_400_000],
  ])('reads %s as %d ms', (text, ms) => {
    expect(readDuration(text, '--wait')).toBe(ms);
  });

  it.each(['', '5', 's', '-5s', '5 s', '5h', '0s', '0.0001ms', '1e3s', 'Infinitys', '１s'])('refuses %j', (text) => {
    expect(() => readDuration(text, '--wait')).toThrow(`--wait ${JSON.stringify(text)} is not a valid duration`);
  });

  it('refuses what Node could not measure', () => {
    expect(() => readDuration('1441m', 'timeouts.request')).toThrow('timeouts.request "1441m" is longer than a day');
  });
});
