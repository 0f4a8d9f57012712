import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { hostileResults, variedResults } from '../../dev/testing/varied-results.ts';
import { sampleCase, sampleResults } from '../../dev/testing/sample-results.ts';
import { loadResults, readResults } from './load-results.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'load-results-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('reading results', () => {
  it('gives back what was written, with a byte order mark or without', () => {
    const file = path.join(folder, 'results.json');
    for (const results of [variedResults(), hostileResults(']]>\u0000<b>')]) {
      writeFileSync(file, `\uFEFF${JSON.stringify(results)}`);
      expect(loadResults(file)).toMatchObject(results);
    }
  });

  it('infers the causes that an older file lacks, and leaves those of a newer one as they are', () => {
    const results = sampleResults([sampleCase('status.success/a', 'failed')]);
    expect(readResults(JSON.stringify(results), 'some.json').causes).toMatchObject([
      { requirement: 'status.success', explains: ['status.success/a'] },
    ]);
    const causes = [{ requirement: 'x', statement: 's', advice: 'a', first: 'a/b', explains: ['a/b'] }];
    expect(readResults(JSON.stringify({ ...results, causes }), 'some.json').causes).toEqual(causes);
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '<html>', /not JSON/],
    ['nothing', '', /not JSON/],
    ['a foreign object', '{"a":1}', /not the results of a run/],
    ['null', 'null', /not the results/],
    ['a list', '[]', /not the results/],
    ['a newer version', JSON.stringify({ ...variedResults(), schemaVersion: 2 }), /schemaVersion 2, .*reads 1/],
    ['a version that is none', JSON.stringify({ ...variedResults(), schemaVersion: { a: 1 } }), /schemaVersion/],
    ['a wrong verdict', JSON.stringify(variedResults()).replace('"verdict":"passed"', '"verdict":"fine"'), /verdict/],
    ['one level of brackets after another', '['.repeat(200_000), /not JSON/],
    ['many whole levels', `{"schemaVersion":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, /schemaVersion/],
  ])('refuses %s', (_name, text, message) => {
    expect(() => readResults(text, 'some.json')).toThrow(ConfigurationError);
    expect(() => readResults(text, 'some.json')).toThrow(message);
  });

  it('says what is wrong with the file itself', () => {
    expect(() => loadResults(path.join(folder, 'none.json'))).toThrow(/none\.json does not exist/);
    expect(() => loadResults(folder)).toThrow(/is a folder/);
    const huge = path.join(folder, 'huge.json');
    writeFileSync(huge, '');
    truncateSync(huge, 300 * 1024 * 1024);
    expect(() => loadResults(huge)).toThrow(/larger than 256 MiB/);
  });

  // Five hundred texts against the schema: on a busy machine longer than the usual limit.
  it('never throws anything but its own errors', () => {
    const real = JSON.stringify(variedResults());
    const mutated = fc.tuple(fc.nat(real.length), fc.nat(40), fc.string()).map(([at, length, text]) => {
      return real.slice(0, at) + text + real.slice(at + length);
    });
    const anyText = fc.oneof(
      fc.json(),
      fc.string(),
      mutated,
      fc.json().map((text) => `{"event":"run"}\n${text}`),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        try {
          readResults(text, 'x');
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigurationError);
        }
      }),
      { numRuns: 500 },
    );
  }, 60_000);
});
