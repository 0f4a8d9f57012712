import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import { sampleResults } from '../../dev/testing/sample-results.ts';
import { readRatchet, tightenedRatchet } from './ratchet-file.ts';
import { brokenRatchets } from './ratchet.ts';

const results = (name: string, divergence: number, coverage: number) =>
  sampleResults([], { target: { name }, summary: { divergence, coverage } });

describe('the ratchet', () => {
  const text = '# ours\ntargets:\n  acme: { divergence: 0.1, coverage: 0.9 } # since May\n';
  const kept = readRatchet(text, 'ratchet.yaml');

  it.each([
    ['the same', 0.1, 0.9, []],
    ['better', 0.05, 0.95, []],
    ['more divergence', 0.11, 0.9, [/divergence of acme rose from 0.1 to 0.11/]],
    ['less coverage', 0.1, 0.89, [/coverage of acme fell from 0.9 to 0.89/]],
    ['both', 0.2, 0.8, [/divergence/, /coverage/]],
  ])('says what is worse: %s', (_name, divergence, coverage, messages) => {
    const broken = brokenRatchets(results('acme', divergence, coverage), kept);
    expect(broken).toHaveLength(messages.length);
    for (const [index, message] of messages.entries()) expect(broken[index]).toMatch(message);
  });

  it('knows each target by its name', () => {
    expect(brokenRatchets(results('other', 1, 0), kept)).toEqual([]);
  });

  it('tightens what got better, never loosens, and keeps comments', () => {
    const next = tightenedRatchet(text, [results('acme', 0.05, 0.5), results('new', 0.5, 0.5)]);
    expect([...readRatchet(next, 'r')]).toEqual([
      ['acme', { divergence: 0.05, coverage: 0.9 }],
      ['new', { divergence: 0.5, coverage: 0.5 }],
    ]);
    expect(next).toMatch(/# ours[^]*# since May/);
    expect(tightenedRatchet(text, [results('acme', 0.2, 0.2)])).toBe(text);
  });

  it('begins a file', () => {
    const begun = tightenedRatchet(undefined, [results('acme', 0, 1)]);
    expect([...readRatchet(begun, 'r')]).toEqual([['acme', { divergence: 0, coverage: 1 }]]);
    expect(begun).toMatch(/^# .*\ntargets:\n {2}acme:\n/);
  });

  it('is never broken by the run that wrote it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.nat(2000), fc.nat(2000), (all, failed, passed) => {
        const divergence = Math.min(failed, all) / all;
        const run = results('acme', divergence, Math.min(divergence + passed / all, 1));
        expect(brokenRatchets(run, readRatchet(tightenedRatchet(undefined, [run]), 'r'))).toEqual([]);
      }),
    );
  });

  it.each([
    'targets: 3',
    'targets: { a: { divergence: 2, coverage: 0 } }',
    'targets: { a: { coverage: 1 } }',
    'x',
    ': [',
  ])('refuses %s', (wrong) => {
    expect(() => readRatchet(wrong, 'ratchet.yaml')).toThrow(ConfigurationError);
  });
});
