import { ConfigurationError } from '../catalogue/errors.ts';
import { nearest } from '../catalogue/nearest.ts';
import { globMatches } from '../results/id-glob.ts';
import type { PlannedCase } from '../results/outcome.ts';

/** What of the suites a run is limited to; an empty list limits nothing. */
export interface Filters {
  readonly suite: readonly string[];
  readonly case: readonly string[];
  readonly requirement: readonly string[];
}

function caseMatcher(glob: string): (planned: PlannedCase) => boolean {
  const matches = globMatches(glob);
  return ({ id }) => matches(id);
}

/** @throws ConfigurationError for a filter that matches nothing, with the nearest name there is */
function matching<T>(
  flag: string,
  filters: readonly string[],
  cases: readonly T[],
  matcher: (filter: string) => (planned: T) => boolean,
  names: () => readonly string[],
  list: string,
): Set<T> {
  const found = new Set<T>();
  for (const filter of filters) {
    const hits = cases.filter(matcher(filter));
    if (hits.length === 0) {
      const near = nearest(filter, names());
      throw new ConfigurationError(
        `${flag} ${JSON.stringify(filter)} matches nothing${near === undefined ? '' : `; did you mean ${near}?`} ${list}`,
      );
    }
    for (const hit of hits) found.add(hit);
  }
  return found;
}

/**
 * The cases that a run is about: those that every kind of filter that was given has chosen.
 * @throws ConfigurationError when a filter matches nothing, or all of them together leave nothing
 */
export function selectCases<T extends PlannedCase>(cases: readonly T[], filters: Filters): T[] {
  const bySuite = matching(
    '--suite',
    filters.suite,
    cases,
    (name) => (planned) => planned.suite === name,
    () => cases.map(({ suite }) => suite),
    `The suites are ${[...new Set(cases.map(({ suite }) => suite))].join(', ')}.`,
  );
  const byCase = matching(
    '--case',
    filters.case,
    cases,
    caseMatcher,
    () => cases.map(({ id }) => id),
    '`list cases` shows all.',
  );
  const byRequirement = matching(
    '--requirement',
    filters.requirement,
    cases,
    (id) => (planned) => planned.requirement === id,
    () => cases.map(({ requirement }) => requirement),
    '`list requirements` shows all.',
  );
  const chosen = cases.filter(
    (planned) =>
      (filters.suite.length === 0 || bySuite.has(planned)) &&
      (filters.case.length === 0 || byCase.has(planned)) &&
      (filters.requirement.length === 0 || byRequirement.has(planned)),
  );
  if (chosen.length === 0) {
    throw new ConfigurationError(
      'The filters match something each, but no case matches all of them; drop one of them.',
    );
  }
  return chosen;
}

/** The filters that were given, as results.json records them. */
export function recordedFilters(filters: Filters): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(filters).flatMap(([name, values]: [string, readonly string[]]) =>
      values.length === 0 ? [] : [[name, [...values]]],
    ),
  );
}
