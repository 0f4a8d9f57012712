import { describe, expect, it } from 'vitest';
import { sampleCase, sampleResults } from '../dev/testing/sample-results.ts';
import { verdictOf } from './verdict-of.ts';

const conformant = sampleResults([sampleCase('status.success/one', 'passed')]);
const failed = sampleResults([sampleCase('status.success/one', 'failed')]);
const incomplete = sampleResults([sampleCase('status.success/one', 'could-not-run')]);

describe('verdictOf', () => {
  it('is the verdict of the run', () => {
    expect(verdictOf(conformant)).toBe('conformant');
    expect(verdictOf(failed)).toBe('non-conformant');
  });

  it('is the worst of several, and none of nothing', () => {
    expect(verdictOf([conformant, incomplete])).toBe('incomplete');
    expect(verdictOf([conformant, failed, incomplete])).toBe('non-conformant');
    expect(verdictOf([])).toBe('incomplete');
  });
});
