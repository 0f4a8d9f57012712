import { describe, expect, it } from 'vitest';
import { requirementIds, requirementLevels } from '../../specs/generated/requirement-ids.ts';
import { loadCatalogue } from './catalogue.ts';
import { generatedFiles, readGenerated, staleFiles } from './generate.ts';

describe('specs/generated', () => {
  it('is what `npm run generate` writes', async () => {
    expect(staleFiles(await generatedFiles(), readGenerated)).toEqual([]);
  });

  it('is stale when a file differs or is missing', () => {
    const files = new Map([
      ['a.ts', 'a'],
      ['b.ts', 'b'],
      ['c.ts', 'c'],
    ]);
    expect(staleFiles(files, (name) => ({ 'a.ts': 'a', 'b.ts': 'old' })[name])).toEqual(['b.ts', 'c.ts']);
  });

  it('has the ids and levels of the catalogue', () => {
    const { requirements } = loadCatalogue();
    expect(requirements.map(({ id }) => id)).toEqual([...requirementIds]);
    expect(requirements.filter(({ id, level }) => requirementLevels[id] !== level)).toEqual([]);
  });

  it('reads a file that is not there as nothing', () => {
    expect(readGenerated('no-such-file.ts')).toBeUndefined();
  });
});
