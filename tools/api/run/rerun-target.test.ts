import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { Results } from '../../engine/results/results.ts';
import { sampleResults } from '../../dev/testing/sample-results.ts';
import { withRerunTarget } from './rerun-target.ts';

function earlier(target: Partial<Results['target']> = {}): Results {
  const results = sampleResults([]);
  return { ...results, target: { ...results.target, ...target } };
}

const rerun = 'reports/acme/results.json';

describe('the target of a rerun', () => {
  it('is that of the results, with its version and capabilities', () => {
    const { target } = withRerunTarget({ rerun }, earlier({ name: 'acme', baseUrl: 'http://acme.example/beta' }));
    const capabilities = { app: true, operations: false };
    expect(target).toEqual([{ name: 'acme', baseUrl: 'http://acme.example/beta', apiVersion: 'beta', capabilities }]);
  });

  it.each([
    ['the options name one', { rerun, baseUrl: 'http://other.example/beta' }, {}],
    ['a target file does', { rerun, target: ['other.yaml'] }, {}],
    ['it was the embedded emulator', { rerun, fault: 'status-201' }, { embedded: true }],
  ])('is left to the options where %s', (_name, options, target) => {
    expect(withRerunTarget(options, earlier(target))).toBe(options);
  });

  it.each([
    ['its certificate was not checked', {}, { insecure: true }, /--insecure again/],
    ['a fault of the emulator is asked for', { fault: 'status-201' }, {}, /about the embedded emulator/],
  ])('is refused where %s', (_name, options, target, message) => {
    const taken = () => withRerunTarget({ rerun, ...options }, earlier(target));
    expect(taken).toThrow(ConfigurationError);
    expect(taken).toThrow(message);
  });
});
