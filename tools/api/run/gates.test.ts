import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { sampleCase, sampleResults } from '../../dev/testing/sample-results.ts';
import type { Results } from '../../engine/results/results.ts';
import { baselineOf, checkGates, noWorseCases, ratchetProblems } from './conclude.ts';
import { readOptions, type WrittenOptions } from './config.ts';
import { readGates, updateRatchet } from './gates.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gates-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const cases = [{ id: 'status.success/x', requirement: 'status.success', level: 'must' as const }];
const read = (options: WrittenOptions, isPart = false) =>
  readGates(readOptions(options), cases, isPart, '2026-06-15', folder);
const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
const results = (divergence: number, run: object = {}) =>
  sampleResults([], { target: { name: 'acme' }, summary: { divergence, coverage: 0.9 }, run });

describe('the known-issues file', () => {
  it('is read, and need be neither there nor right when it is to be written', () => {
    write('known.yaml', 'issues:\n  - { match: no.such, kind: failing, reason: r }\n');
    expect(() => read({ knownIssues: 'known.yaml' })).toThrow(/known\.yaml, line 2/);
    expect(read({ knownIssues: 'known.yaml', updateKnownIssues: true }).knownIssues?.entries).toHaveLength(1);
    expect(read({ knownIssues: 'new.yaml', updateKnownIssues: true }).knownIssues).toMatchObject({ text: undefined });
    expect(() => read({ knownIssues: 'new.yaml' })).toThrow(/does not exist; --update-known-issues makes it/);
    expect(() => read({ knownIssues: '.' })).toThrow(ConfigurationError);
    expect(read({})).toEqual({});
  });

  it('is written for one target only', () => {
    const gates = read({ knownIssues: 'new.yaml', updateKnownIssues: true });
    expect(() => checkGates(gates, [{ name: 'a' }, { name: 'b' }])).toThrow(/one by one/);
    expect(() => checkGates(gates, [{ name: 'a' }])).not.toThrow();
  });
});

describe('the ratchet file', () => {
  const text = 'targets:\n  acme: { divergence: 0.1, coverage: 0.9 } # since May\n';

  it('is about complete runs of targets that it knows', () => {
    write('ratchet.yaml', text);
    const { ratchet } = read({ ratchet: 'ratchet.yaml' });
    if (ratchet === undefined) throw new Error('there is no ratchet');
    expect(() => read({ ratchet: 'ratchet.yaml' }, true)).toThrow(/complete runs/);
    expect(() => checkGates({ ratchet }, [{ name: 'b' }])).toThrow(/no figures of b/);
    expect(ratchetProblems(ratchet, results(0.2))).toHaveLength(1);
    expect(ratchetProblems(ratchet, results(0.1))).toEqual([]);
    expect(ratchetProblems(ratchet, results(0.2, { partial: true }))).toEqual([]);
    const unreachable = { request: 'r', problem: 'p', advice: 'a' };
    expect(ratchetProblems(ratchet, results(0.2, { unreachable }))).toEqual([]);
  });

  it('is tightened by complete runs alone', () => {
    write('ratchet.yaml', text);
    const { ratchet } = read({ ratchet: 'ratchet.yaml', updateRatchet: true });
    if (ratchet === undefined) throw new Error('there is no ratchet');
    const now = () => readFileSync(path.join(folder, 'ratchet.yaml'), 'utf8');
    updateRatchet(ratchet, [results(0, { partial: true })]);
    updateRatchet(ratchet, [results(0.3)]);
    expect(now()).toBe(text);
    updateRatchet(ratchet, [results(0.05)]);
    expect(now()).toMatch(/divergence: 0\.05, coverage: 0\.9 } # since May/);
  });
});

describe('an earlier run', () => {
  const ran = (name: string) => sampleResults([sampleCase('a.b/c', 'failed')], { target: { name } });
  const [acme, umbrella] = [ran('acme'), ran('umbrella')];

  it.each<[string, Results[], string, boolean, Results | RegExp]>([
    ['of one target, whatever its name', [acme], 'acme-2', true, acme],
    ['of several, by name', [acme, umbrella], 'umbrella', false, umbrella],
    ['of one of several', [acme], 'umbrella', false, /no earlier run of umbrella; there are runs of acme/],
    ['twice', [acme, acme], 'acme', true, /several earlier runs of acme/],
  ])('%s', (_name, earlier, name, isAlone, expected) => {
    const found = () => baselineOf({ earlier }, name, isAlone);
    if (expected instanceof RegExp) expect(found).toThrow(expected);
    else expect(found()).toBe(expected);
  });

  it('is read, and must be there', () => {
    write('earlier.json', JSON.stringify(acme));
    expect(read({ baseline: ['earlier.json'] }).baseline?.earlier).toMatchObject([acme]);
    expect(() => read({ baseline: ['none.json'] })).toThrow(/none\.json does not exist/);
  });

  it('excuses what does not hold and is no worse', () => {
    const now = sampleResults([
      sampleCase('a.b/c', 'failed'),
      sampleCase('a.new/c', 'failed'),
      sampleCase('a.held/c', 'passed'),
      sampleCase('a.open/c', 'could-not-run'),
    ]);
    const before = sampleResults([sampleCase('a.b/c', 'failed'), sampleCase('a.open/c', 'failed')], {
      target: { version: '1' },
    });
    expect(noWorseCases(before, now)).toEqual({
      run: before.run.id,
      startedAt: before.run.startedAt,
      version: '1',
      asBefore: ['a.b/c', 'a.open/c'],
    });
  });
});
