import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { loadDescribedCases } from '../../engine/catalogue/described-cases.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import { suites } from '../../../suites/index.ts';
import { casesText } from './case-files.ts';

describe('cases.json', () => {
  it('has every case of the suites, in their order', () => {
    expect(loadDescribedCases().map(({ id }) => id)).toEqual(casesOf(suites).map(({ id }) => id));
  });

  it('has a case for every requirement', () => {
    const covered = new Set(loadDescribedCases().map(({ requirement }) => requirement));
    expect(loadCatalogue().requirements.filter(({ id }) => !covered.has(id))).toEqual([]);
  });

  it('says what is accepted in each case, or why nothing was looked at', () => {
    const silent = loadDescribedCases().filter(({ checked, unchecked }) => checked.length === 0 && !unchecked);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('keeps nothing of the run that it was made from', () => {
    const text = casesText(loadDescribedCases());
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|[0-9a-f]{8}-[0-9a-f]{4}-|\b\d{4}-\d\d-\d\d\b|redacted/i);
    expect(text.length).toBeLessThan(400_000);
  });
});
