import { describe, expect, it } from 'vitest';
import { suites } from '../../../suites/index.ts';
import { loadCatalogue } from '../catalogue/catalogue.ts';
import { casesOf, slugOf } from './suite.ts';

describe('slugOf', () => {
  it.each([
    ['does not find a call that was deleted', 'does-not-find-a-call-that-was-deleted'],
    ['reports the application’s own participant', 'reports-the-applications-own-participant'],
    ['accepts {}', 'accepts'],
    ['serves …/microsoft.graph.mute', 'serves-microsoft-graph-mute'],
  ])('makes %s into %s', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });
});

describe('the suites', () => {
  const cases = casesOf(suites);

  it('have a case for every requirement', () => {
    const covered = new Set(cases.map(({ requirement }) => requirement));
    const without = loadCatalogue().requirements.filter(({ id }) => !covered.has(id));
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  it('give every case a well-formed id of its own', () => {
    const ids = cases.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+\/[a-z0-9-]+(@app)?$/);
  });

  it('put the cases of /app beside those of /communications', () => {
    const alone = cases.filter(({ path, scope }) => path === '/communications' && scope === 'case');
    const onApp = new Set(cases.filter(({ path }) => path === '/app').map(({ id }) => id));
    const without = alone.filter(({ id }) => !onApp.has(`${id}@app`)).map(({ id }) => id);
    expect(without).toEqual([
      'path.communications/serves-communications-calls-id-mute',
      'path.app-undeclared/serves-app-calls-id-mute-although-nobody-declared-it',
      // It walks on both paths at once.
      'state.any-sequence/keeps-every-promise-in-any-sequence-of-requests',
    ]);
  });
});
