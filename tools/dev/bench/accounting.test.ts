import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountingFor, readGnuTime } from './accounting.ts';

describe('what GNU time writes', () => {
  it.each([
    ['1.25 0.50 100000\n', { cpuMs: 1_750, peakMb: 102.4 }],
    ['Command exited with non-zero status 3\n0.01 0.00 2500\n', { cpuMs: 10, peakMb: 2.56 }],
    ['', { cpuMs: undefined, peakMb: undefined }],
    ['1.25 0.50\n', { cpuMs: undefined, peakMb: undefined }],
  ])('%j', (text, expected) => {
    expect(readGnuTime(text)).toEqual(expected);
  });
});

describe('accounting without GNU time', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'accounting-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('leaves the command as it is, and adds to the options of Node', () => {
    const { words, environment } = accountingFor(['node', 'a.js'], { NODE_OPTIONS: '--no-warnings' }, folder, false);
    expect(words).toEqual(['node', 'a.js']);
    expect(environment['NODE_OPTIONS']).toMatch(/^--no-warnings --import=.*resource-hook\.js$/);
  });

  it('adds up the processors of all processes, and takes the largest for the memory', () => {
    const accounting = accountingFor(['node'], {}, folder, false);
    expect(accounting.read()).toEqual({ cpuMs: undefined, peakMb: undefined });
    writeFileSync(path.join(folder, '1.json'), JSON.stringify({ cpuMs: 30, peakMb: 50 }));
    writeFileSync(path.join(folder, '2.json'), JSON.stringify({ cpuMs: 12, peakMb: 80 }));
    expect(accounting.read()).toEqual({ cpuMs: 42, peakMb: 80 });
  });
});
