import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { suites } from '../../../suites/index.ts';
import { casesOf } from './suite.ts';
import { casesOfShard, readShard } from './shard.ts';

const all = casesOf(suites);
const ofCase = all.filter(({ scope }) => scope === 'case');

describe('shards', () => {
  it.each(['0/2', '3/2', '1/0', '1', 'a/b', '1/2/3', '-1/2', '1.5/2', ''])('refuse %s', (text) => {
    expect(() => readShard(text)).toThrow(ConfigurationError);
  });

  it('have each case once, and what judges the run in each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (count) => {
        const shards = Array.from({ length: count }, (_, index) => casesOfShard(all, { index: index + 1, count }));
        const seen = shards.flat().filter(({ scope }) => scope === 'case');
        expect(seen.map(({ id }) => id).sort()).toEqual(ofCase.map(({ id }) => id).sort());
        for (const shard of shards) {
          expect(shard.filter(({ scope }) => scope === 'run')).toHaveLength(all.length - ofCase.length);
        }
        const loads = shards.map((shard) => shard.filter(({ scope }) => scope === 'case').map(({ weight }) => weight));
        const sums = loads.map((weights) => weights.reduce((sum, weight) => sum + weight, 0));
        expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(3);
      }),
      { numRuns: 12 },
    );
  });

  it.each([2, 3, 4, 6])('have their part of either path, %i of them', (count) => {
    const ofApp = ofCase.filter(({ path }) => path === '/app').length;
    for (let index = 1; index <= count; index += 1) {
      const own = casesOfShard(ofCase, { index, count }).filter(({ path }) => path === '/app').length;
      expect(Math.abs(own - ofApp / count), `shard ${index}`).toBeLessThan(ofApp / count / 3);
    }
  });

  it('do not depend on the order of the cases, and keep it', () => {
    const shard = { index: 2, count: 3 };
    const ids = (cases: typeof all) => cases.map(({ id }) => id);
    expect(ids(casesOfShard([...all].reverse(), shard)).reverse()).toEqual(ids(casesOfShard(all, shard)));
  });

  it('are refused when there are more than cases', () => {
    expect(() => casesOfShard(ofCase.slice(0, 2), { index: 3, count: 3 })).toThrow(/none of the 2 cases/);
  });
});
