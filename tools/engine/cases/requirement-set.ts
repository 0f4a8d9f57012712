import type { Catalogue } from '../catalogue/catalogue.ts';
import { ConfigurationError } from '../catalogue/errors.ts';
import type { RunnableCase } from './suite.ts';

/** The set of version 1: what says nothing of its set stands in it. */
const firstRequirementSet = 'call-mute/2024-04';

/** What a set looks at of a case: it may have come later than its requirement. */
type DatedCase = Pick<RunnableCase, 'id' | 'requirement'> & { readonly since?: string };

/** Sets are named by their date, so a later one has the greater name. */
function setOf({ requirement, since = firstRequirementSet }: DatedCase, catalogue: Catalogue): string {
  const { since: ofRequirement = firstRequirementSet } = catalogue.requirement(requirement);
  return since > ofRequirement ? since : ofRequirement;
}

/** A set that a run can be scored by, and the ids of the cases that it does not have. */
export interface ChosenSet {
  readonly requirementSet: string;
  readonly unscored: readonly string[];
}

/**
 * Chooses the set by which a run is scored.
 * @param wanted the newest when undefined
 * @throws ConfigurationError when there is no such set
 */
export function chooseRequirementSet(
  wanted: string | undefined,
  cases: readonly DatedCase[],
  catalogue: Catalogue,
): ChosenSet {
  const { requirementSet: newest } = catalogue;
  const dated = cases.map((each) => ({ id: each.id, set: setOf(each, catalogue) }));
  const sets = [...new Set([firstRequirementSet, newest, ...dated.map(({ set }) => set)])].toSorted();
  const chosen = wanted ?? newest;
  if (!sets.includes(chosen)) {
    throw new ConfigurationError(
      `There is no requirement set ${JSON.stringify(wanted)}; this version has ${sets.join(', ')}.`,
    );
  }
  return { requirementSet: chosen, unscored: dated.filter(({ set }) => set > chosen).map(({ id }) => id) };
}

/** The set in which a case says that it first stands. */
export function datedCase(each: RunnableCase): DatedCase {
  const { since } = each.definition.options;
  return { id: each.id, requirement: each.requirement, ...(since !== undefined && { since }) };
}
