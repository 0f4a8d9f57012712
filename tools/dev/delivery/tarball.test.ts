import { describe, expect, it } from 'vitest';
import { needed, tarballProblems } from './tarball.ts';

describe('tarballProblems', () => {
  it('finds none in what belongs there', () => {
    expect(tarballProblems({ size: 400_000, contents: needed })).toEqual([]);
  });

  it.each([
    'dist/tools/graph/payloads/judge.test.js',
    'dist/tools/dev/testing/payloads.js',
    'dist/tools/dev/mutants/mutants.js',
    'dist/tools/dev/generate/generate-command.js',
    'dist/tools/dev/delivery/check-package.js',
    'tools/graph/fixtures/captured/error-internal.json',
    'specs/generated/openapi.ts',
    'dist/.tsbuildinfo',
  ])('finds %s', (file) => {
    expect(tarballProblems({ size: 1, contents: [...needed, file] })).toEqual([`${file} has no business in it.`]);
  });

  it('finds what is missing, and too much', () => {
    expect(tarballProblems({ size: 1_000_001, contents: needed.slice(1) })).toEqual([
      'README.md is missing.',
      'It has 1000001 bytes, and 1000000 at most are wanted.',
    ]);
  });
});
