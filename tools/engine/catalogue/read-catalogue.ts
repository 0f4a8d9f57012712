import { requirementIds, type RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { components } from '../../../specs/generated/requirements.ts';
import { type Catalogue, catalogueOf, isRequirementId } from './catalogue.ts';
import { schemaFileValidator } from './json-schema.ts';
import { readYaml } from './schema-file.ts';

type Rows = components['schemas']['requirements'];

/**
 * Reads the rows of a catalogue as people write it.
 * @throws ConfigurationError for what is against specs/requirements.schema.json; Error for ids that are doubled or
 *   that a consequence names in vain
 */
export function readRows(text: string): Rows {
  const validator = schemaFileValidator<Rows>('requirements.schema.json');
  const rows = readYaml(text, { file: 'requirements.yaml', validator });
  const byId = new Map(rows.requirements.map((row) => [row.id, row]));
  if (byId.size !== rows.requirements.length) {
    const ids = rows.requirements.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    throw new Error(`requirements.yaml does not have exactly one row for each id (twice: ${twice ?? ''})`);
  }
  for (const row of rows.requirements) checkConsequence(row, byId);
  const unknown = rows.foundations.find((id) => !byId.has(id));
  if (unknown !== undefined) throw new Error(`requirements.yaml: the foundation ${unknown} does not exist`);
  return rows;
}

/**
 * The same, as the catalogue that the generated ids belong to.
 * @throws Error for ids that are not the generated ones, too
 */
export function readCatalogue(text: string): Catalogue {
  const { requirementSet, foundations, requirements: rows, excluded } = readRows(text);
  const requirements = rows.map((row) => ({ ...row, id: knownId(row.id) }));
  const there = new Set(requirements.map(({ id }) => id));
  const missing = requirementIds.filter((id) => !there.has(id));
  if (missing.length > 0) {
    throw new Error(`requirements.yaml does not have exactly one row for each id (missing: ${missing.join(', ')})`);
  }
  return catalogueOf({ requirementSet, foundations, requirements, excluded });
}

function knownId(id: string): RequirementId {
  if (isRequirementId(id)) return id;
  throw new Error(`requirements.yaml has ${id}, which the generated types do not: run npm run generate`);
}

type Row = Rows['requirements'][number];

/** A promise that follows from others is only as good as they are. */
function checkConsequence({ id, level, consequenceOf = [] }: Row, rows: ReadonlyMap<string, Row>): void {
  for (const rule of consequenceOf) {
    if (rule.startsWith('RFC ')) continue;
    const row = rows.get(rule);
    if (row === undefined) throw new Error(`requirements.yaml: ${id} follows from ${rule}, which does not exist`);
    if (level === 'must' && (row.level !== 'must' || rule === id)) {
      throw new Error(`requirements.yaml: ${id} is a must but follows from ${rule}, which is not`);
    }
  }
}
