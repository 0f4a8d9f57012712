import type { Catalogue } from '../catalogue/catalogue.ts';
import { ConfigurationError } from '../catalogue/errors.ts';
import { didYouMean } from '../catalogue/nearest.ts';
import type { RunnableCase } from './suite.ts';

/**
 * Checks that every case cites a requirement that exists: while a requirement is being added, a suite may be ahead of
 * the catalogue.
 * @throws ConfigurationError for the first case that does not
 */
export function checkCitations(
  cases: readonly Pick<RunnableCase, 'requirement' | 'suite' | 'title'>[],
  { requirements }: Pick<Catalogue, 'requirements'>,
): void {
  const ids = new Set(requirements.map(({ id }) => id));
  const stray = cases.find(({ requirement }) => !ids.has(requirement));
  if (stray === undefined) return;
  const { requirement, suite, title } = stray;
  throw new ConfigurationError(
    `The case "${title}" in the suite ${suite} cites ${requirement}, which is not in the catalogue${didYouMean(requirement, ids)} Correct the id; or, if the requirement is new, add it to specs/requirements.yaml and run npm run generate.`,
  );
}
