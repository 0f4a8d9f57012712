import { readFileSync } from 'node:fs';
import { requirementLevels, type RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { components } from '../../../specs/generated/requirements.ts';
import { specification } from './package-root.ts';

type Schemas = components['schemas'];

/** One promise: a row of specs/requirements.yaml. */
export type Requirement = Omit<Schemas['requirement'], 'id'> & { readonly id: RequirementId };

/** What is deliberately not required, and why. */
export type Exclusion = Schemas['exclusion'];

export type Level = Requirement['level'];

/** Everything that is promised, as data. */
export interface CatalogueData {
  readonly requirementSet: string;
  /** What every other promise needs, the most basic first. */
  readonly foundations: readonly string[];
  readonly requirements: readonly Requirement[];
  readonly excluded: readonly Exclusion[];
}

/** Everything that is promised, in the order of the file. */
export interface Catalogue extends CatalogueData {
  requirement(id: RequirementId): Requirement;
}

let loaded: Catalogue | undefined;

/**
 * The catalogue of specs/requirements.yaml, read once: as the JSON that `npm run generate` made of it and has checked,
 * because reading YAML and compiling its schema would take most of the time that `list` and `explain` have.
 */
export function loadCatalogue(): Catalogue {
  loaded ??= catalogueOf(JSON.parse(readFileSync(specification('generated/catalogue.json'), 'utf8')) as CatalogueData);
  return loaded;
}

/** Whether the text is the id of a requirement. */
export function isRequirementId(text: string): text is RequirementId {
  return Object.hasOwn(requirementLevels, text);
}

/** The catalogue over rows that have been checked. */
export function catalogueOf({ requirementSet, foundations, requirements, excluded }: CatalogueData): Catalogue {
  const byId = new Map(requirements.map((row) => [row.id, row]));
  return {
    requirementSet,
    foundations,
    requirements,
    excluded,
    requirement(id) {
      const row = byId.get(id);
      if (row === undefined) throw new Error(`There is no requirement ${id}`);
      return row;
    },
  };
}
