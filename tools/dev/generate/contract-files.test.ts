import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requirementIds, requirementLevels } from '../../../specs/generated/requirement-ids.ts';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { specification } from '../../engine/catalogue/package-root.ts';
import { readCatalogue } from '../../engine/catalogue/read-catalogue.ts';

describe('what is generated from specs/', () => {
  it('has the ids and levels of the catalogue', () => {
    const { requirements } = loadCatalogue();
    expect(requirements.map(({ id }) => id)).toEqual([...requirementIds]);
    expect(requirements.filter(({ id, level }) => requirementLevels[id] !== level)).toEqual([]);
  });

  it('has the catalogue as people wrote it', () => {
    const { requirement: _, ...loaded } = loadCatalogue();
    expect(readCatalogue(readFileSync(specification('requirements.yaml'), 'utf8'))).toMatchObject(loaded);
  });
});
