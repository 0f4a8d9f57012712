import { expect, it } from 'vitest';
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import { loadCatalogue } from '../catalogue/catalogue.ts';
import { ConfigurationError } from '../catalogue/errors.ts';
import { checkCitations } from './citations.ts';

const catalogue = loadCatalogue();

function check(...ids: string[]): void {
  const cases = ids.map((id) => ({
    // What a suite cites while it does not compile.
    requirement: id as RequirementId,
    suite: 'location-header',
    title: 'names a place',
  }));
  checkCitations(cases, catalogue);
}

it('lets cases pass that cite what the catalogue has', () => {
  expect(() => check('location.present', 'status.success')).not.toThrow();
});

it.each([
  ['a slip', 'location.presentt', /location-header cites location\.presentt.*did you mean location\.present\?/],
  ['what is yet to come', 'weather.sunny', /cites weather\.sunny, which is not in the catalogue\. .*npm run generate/],
])('says what to do about %s', (_what, id, message) => {
  expect(() => check('location.present', id)).toThrow(ConfigurationError);
  expect(() => check('location.present', id)).toThrow(message);
});
