import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../contract/package-root.ts';
import { readDockerfile, relocated } from './dockerfile.ts';

describe('readDockerfile', () => {
  it('puts continued lines together and leaves comments out', () => {
    expect(readDockerfile('# a\nFROM node AS build\nrun one && \\\n    two\n\n  # b\nUSER 1000\n')).toEqual([
      { name: 'FROM', rest: 'node AS build' },
      { name: 'RUN', rest: 'one && two' },
      { name: 'USER', rest: '1000' },
    ]);
  });
});

describe('relocated', () => {
  it('moves absolute paths and nothing else', () => {
    expect(relocated('cp a/app /app/b "/app" --to=/app /apple', '/tmp/x', ['app'])).toBe(
      'cp a/app /tmp/x/app/b "/tmp/x/app" --to=/tmp/x/app /apple',
    );
  });
});

describe('the Dockerfile', () => {
  const instructions = readDockerfile(readFileSync(path.join(packageRoot, 'Dockerfile'), 'utf8'));
  const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));

  it('ends in a stage without the tools of the build, as another user than root', () => {
    expect(instructions.filter(({ name }) => name === 'FROM')).toHaveLength(2);
    expect(last.find(({ name }) => name === 'USER')?.rest).toMatch(/^[1-9]/);
    expect(last.filter(({ name, rest }) => name === 'RUN' && rest.includes('npm'))).toEqual([]);
  });

  it('has the command line as its entry point, and the reports on a volume', () => {
    expect(last.find(({ name }) => name === 'ENTRYPOINT')?.rest).toBe('["node", "/app/dist/tools/cli.js"]');
    expect(last.find(({ name }) => name === 'VOLUME')?.rest).toBe('/work/reports');
  });
});
