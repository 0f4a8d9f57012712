import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { requirementIds } from '../../../specs/generated/requirement-ids.ts';
import { isRequirementId, loadCatalogue } from './catalogue.ts';
import { specification } from './package-root.ts';
import { readCatalogue } from './read-catalogue.ts';

type Row = Record<string, unknown>;

function catalogueWith(id: string, change: (row: Row) => Row | undefined): string {
  const data = parse(readFileSync(specification('requirements.yaml'), 'utf8')) as { requirements: Row[] };
  const requirements = data.requirements
    .map((row) => (row['id'] === id ? change(row) : row))
    .filter((row) => row !== undefined);
  return stringify({ ...data, requirements });
}

describe('the catalogue', () => {
  const catalogue = loadCatalogue();

  it('is read once', () => {
    expect(loadCatalogue()).toBe(catalogue);
  });

  it('has a row for each generated id, in their order', () => {
    expect(catalogue.requirements.map(({ id }) => id)).toEqual([...requirementIds]);
    expect(catalogue.requirement('status.success')).toMatchObject({ level: 'must', evidence: 'documented' });
  });

  it('tells ids from other texts', () => {
    expect(isRequirementId('status.success')).toBe(true);
    expect(isRequirementId('status.sucess')).toBe(false);
  });

  it('lets a must rest only on what is documented, in the schema, an example, or follows from such a rule', () => {
    const strong = ['documented', 'schema', 'example'];
    const weak = catalogue.requirements.filter(({ level, evidence }) => level === 'must' && !strong.includes(evidence));
    expect(weak.map(({ id }) => id)).toEqual(['transport.answered']);
    for (const { consequenceOf = [] } of weak) {
      const rules = consequenceOf.filter(isRequirementId).map((id) => catalogue.requirement(id));
      expect(rules.filter(({ evidence }) => strong.includes(evidence))).not.toHaveLength(0);
    }
  });

  it('names a public source for whatever can fail or warn', () => {
    const silent = catalogue.requirements.filter(({ url, evidence }) => url === undefined && evidence !== 'inferred');
    expect(silent.map(({ id }) => id)).toEqual(['path.qualified-action']);
  });

  it('bases no must on an example that another source contradicts', () => {
    const contradicted = catalogue.requirements.filter(
      ({ level, evidence, contradictedBy }) =>
        level === 'must' && evidence === 'example' && contradictedBy !== undefined,
    );
    expect(contradicted).toEqual([]);
  });

  it('gives a reason for all that is excluded', () => {
    expect(catalogue.excluded.length).toBeGreaterThanOrEqual(6);
  });
});

describe('readCatalogue refuses', () => {
  it.each<[string, string, (row: Row) => Row | undefined, RegExp]>([
    [
      'a must that is only inferred',
      'status.success',
      (row) => ({ ...row, evidence: 'inferred' }),
      /requirements\[0\]/,
    ],
    [
      'a must that was only captured',
      'status.success',
      (row) => ({ ...row, evidence: 'captured' }),
      /requirements\[0\]/,
    ],
    [
      'an unknown level',
      'status.success',
      (row) => ({ ...row, level: 'shall' }),
      /level: must be one of must, should, may/,
    ],
    ['an unknown evidence', 'status.success', (row) => ({ ...row, evidence: 'rumour' }), /evidence: must be one of/],
    ['an unknown capability', 'path.app', (row) => ({ ...row, capability: 'ap' }), /capability: .*did you mean app/],
    ['a row without a source', 'status.success', ({ source: _, ...row }) => row, /the key source is missing/],
    ['a row without a statement', 'status.success', ({ statement: _, ...row }) => row, /the key statement is missing/],
    ['a documented row without its page', 'status.success', ({ url: _, ...row }) => row, /the key url is missing/],
    ['a page that is not a valid URL', 'status.success', (row) => ({ ...row, url: 'the docs' }), /url: .*form/],
    ['an unknown key', 'status.success', (row) => ({ ...row, sources: 'x' }), /sources: .*did you mean source/],
    ['an id without a row', 'method.405', () => undefined, /exactly one row.*method\.405/],
    [
      'an id that is not generated',
      'method.405',
      (row) => ({ ...row, id: 'status.new' }),
      /status\.new.*npm run generate/,
    ],
    ['an id twice', 'status.unknown-call', (row) => ({ ...row, id: 'status.success' }), /exactly one row/],
    [
      'a consequence of nothing',
      'roster.no-crosstalk',
      (row) => ({ ...row, consequenceOf: ['roster.none'] }),
      /roster\.none/,
    ],
    [
      'a must that follows from a should',
      'roster.no-crosstalk',
      (row) => ({ ...row, consequenceOf: ['state.repeat'] }),
      /follows from state\.repeat/,
    ],
    [
      'a must that follows from itself',
      'roster.no-crosstalk',
      (row) => ({ ...row, consequenceOf: ['roster.no-crosstalk'] }),
      /follows from/,
    ],
  ])('%s', (_title, id, change, message) => {
    expect(() => readCatalogue(catalogueWith(id, change))).toThrow(message);
  });
});
