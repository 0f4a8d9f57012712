import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FileTooLarge, readBoundedFile } from './bounded-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'call-mute-bounded-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string): string {
  const file = path.join(folder, 'file');
  writeFileSync(file, text);
  return file;
}

describe('a file', () => {
  it('is read whole up to its limit', () => {
    const text = 'ä€😀'.repeat(300_000);
    const bytes = Buffer.byteLength(text);
    expect(readBoundedFile(written(text), bytes)).toBe(text);
    expect(() => readBoundedFile(written(text), bytes - 1)).toThrow(FileTooLarge);
    expect(readBoundedFile(written(''), 0)).toBe('');
  });

  it.runIf(existsSync('/dev/zero'))('that never ends is left at its limit', () => {
    expect(() => readBoundedFile('/dev/zero', 5_000_000)).toThrow(FileTooLarge);
  });

  it('that cannot be read says so as the system does', () => {
    expect(() => readBoundedFile(path.join(folder, 'none'), 1)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    expect(() => readBoundedFile(folder, 1)).toThrow(expect.objectContaining({ code: 'EISDIR' }));
  });
});
