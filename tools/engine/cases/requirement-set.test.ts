import { describe, expect, it } from 'vitest';
import { type Catalogue, loadCatalogue } from '../catalogue/catalogue.ts';
import { ConfigurationError } from '../catalogue/errors.ts';
import { chooseRequirementSet } from './requirement-set.ts';

const real = loadCatalogue();
/** The catalogue of some later time, in which location.present has come with a set of its own. */
const later: Catalogue = {
  ...real,
  requirementSet: 'call-mute/2027-01',
  requirement: (id) => ({ ...real.requirement(id), ...(id === 'location.present' && { since: 'call-mute/2026-11' }) }),
};

const cases = [
  { id: 'status.success/x', requirement: 'status.success' },
  { id: 'status.success/y', requirement: 'status.success', since: 'call-mute/2027-01' },
  { id: 'location.present/x', requirement: 'location.present' },
] as const;

describe('the set of requirements that a run is scored by', () => {
  it.each([
    [undefined, 'call-mute/2027-01', []],
    ['call-mute/2027-01', 'call-mute/2027-01', []],
    ['call-mute/2026-11', 'call-mute/2026-11', ['status.success/y']],
    ['call-mute/2024-04', 'call-mute/2024-04', ['status.success/y', 'location.present/x']],
  ])('%s', (wanted, requirementSet, unscored) => {
    expect(chooseRequirementSet(wanted, cases, later)).toEqual({ requirementSet, unscored });
  });

  it('is one that there is', () => {
    expect(() => chooseRequirementSet('call-mute/2025-01', cases, later)).toThrow(ConfigurationError);
    expect(() => chooseRequirementSet('call-mute/2025-01', cases, later)).toThrow(
      /this version has call-mute\/2024-04, call-mute\/2026-11, call-mute\/2027-01\./,
    );
  });

  it('leaves nothing out today', () => {
    expect(chooseRequirementSet(undefined, cases.slice(0, 1), real).unscored).toEqual([]);
  });
});
