import { describe, expect, it } from 'vitest';
import { tarballProblems } from './tarball.ts';

const contents = [
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'package.json',
  'docs/api.md',
  'docs/compatibility.md',
  'dist/tools/cli.js',
  'dist/tools/api/index.js',
  'dist/tools/api/index.d.ts',
  'specs/call-mute.openapi.yaml',
  'specs/requirements.yaml',
  'specs/results.schema.json',
  'specs/target.schema.json',
];

describe('tarballProblems', () => {
  it('finds none in what belongs there', () => {
    expect(tarballProblems({ size: 400_000, contents })).toEqual([]);
  });

  it.each([
    'dist/tools/contract/judge.test.js',
    'dist/tools/testing/payloads.js',
    'dist/tools/mutants/mutants.js',
    'dist/tools/generate/generate-command.js',
    'dist/tools/delivery/check-package.js',
    'tools/contract/fixtures/captured/error-internal.json',
    'specs/generated/openapi.ts',
    'dist/.tsbuildinfo',
  ])('finds %s', (file) => {
    expect(tarballProblems({ size: 1, contents: [...contents, file] })).toEqual([`${file} has no business in it.`]);
  });

  it('finds what is missing, and too much', () => {
    expect(tarballProblems({ size: 1_000_001, contents: contents.slice(1) })).toEqual([
      'README.md is missing.',
      'It has 1000001 bytes, and 1000000 at most are wanted.',
    ]);
  });
});
