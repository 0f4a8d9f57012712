import { readFileSync } from 'node:fs';
import { requirementIds, requirementLevels, type RequirementId } from '../../specs/generated/requirement-ids.ts';
import type { components } from '../../specs/generated/requirements.ts';
import { schemaFileValidator } from './json-schema.ts';
import { specification } from './package-root.ts';
import { readYaml } from './schema-file.ts';

type Schemas = components['schemas'];

/** One promise: a row of specs/requirements.yaml. */
export type Requirement = Omit<Schemas['requirement'], 'id'> & { readonly id: RequirementId };

/** What is deliberately not required, and why. */
export type Exclusion = Schemas['exclusion'];

export type Level = Requirement['level'];
export type Evidence = Requirement['evidence'];
export type Capability = NonNullable<Requirement['capability']>;

/** Everything that is promised, in the order of the file. */
export interface Catalogue {
  readonly requirementSet: string;
  readonly requirements: readonly Requirement[];
  readonly excluded: readonly Exclusion[];
  requirement(id: RequirementId): Requirement;
}

let loaded: Catalogue | undefined;

/** The catalogue of specs/requirements.yaml, read once. */
export function loadCatalogue(): Catalogue {
  loaded ??= readCatalogue(readFileSync(specification('requirements.yaml'), 'utf8'));
  return loaded;
}

/** Whether the text is the id of a requirement. */
export function isRequirementId(text: string): text is RequirementId {
  return Object.hasOwn(requirementLevels, text);
}

/**
 * Reads the rows of a catalogue.
 * @throws ConfigurationError for what is against specs/requirements.schema.json; Error for ids that are doubled,
 *   that are not the generated ones, or that a consequence names in vain
 */
export function readCatalogue(text: string): Catalogue {
  const validator = schemaFileValidator<Schemas['requirements']>('requirements.schema.json');
  const { requirementSet, requirements: rows, excluded } = readYaml(text, { file: 'requirements.yaml', validator });
  const requirements = rows.map((row) => ({ ...row, id: knownId(row.id) }));
  const byId = new Map(requirements.map((row) => [row.id, row]));
  const missing = requirementIds.filter((id) => !byId.has(id));
  if (missing.length > 0 || byId.size !== rows.length) {
    throw new Error(`requirements.yaml does not have exactly one row for each id (missing: ${missing.join(', ')})`);
  }
  for (const row of requirements) checkConsequence(row, byId);
  return {
    requirementSet,
    requirements,
    excluded,
    requirement(id) {
      const row = byId.get(id);
      if (row === undefined) throw new Error(`There is no requirement ${id}`);
      return row;
    },
  };
}

function knownId(id: string): RequirementId {
  if (isRequirementId(id)) return id;
  throw new Error(`requirements.yaml has ${id}, which the generated types do not: run npm run generate`);
}

/** A promise that follows from others is only as good as they are. */
function checkConsequence(
  { id, level, consequenceOf = [] }: Requirement,
  rows: ReadonlyMap<string, Requirement>,
): void {
  for (const rule of consequenceOf) {
    if (rule.startsWith('RFC ')) continue;
    const row = rows.get(rule);
    if (row === undefined) throw new Error(`requirements.yaml: ${id} follows from ${rule}, which there is not`);
    if (level === 'must' && (row.level !== 'must' || rule === id)) {
      throw new Error(`requirements.yaml: ${id} is a must and follows from ${rule}, which is none`);
    }
  }
}
