import { describe, expect, it } from 'vitest';
import { readGenerated, staleFiles } from './generated-folder.ts';

describe('specs/generated', () => {
  it('is stale where a file differs or is missing', () => {
    const files = new Map([
      ['a.ts', 'a'],
      ['b.ts', 'b'],
      ['c.ts', 'c'],
    ]);
    expect(staleFiles(files, (name) => ({ 'a.ts': 'a', 'b.ts': 'old' })[name])).toEqual(['b.ts', 'c.ts']);
  });

  it('reads a file that is not there as nothing', () => {
    expect(readGenerated('no-such-file.ts')).toBeUndefined();
  });
});
