import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../catalogue/errors.ts';
import type { PlannedCase } from '../results/outcome.ts';
import { recordedFilters, selectCases } from './select.ts';

function planned(id: string, suite: string): PlannedCase {
  const [requirement = ''] = id.split('/');
  return {
    id,
    requirement: requirement as PlannedCase['requirement'],
    suite,
    title: id,
    path: id.endsWith('@app') ? '/app' : '/communications',
  };
}

const cases = [
  planned('status.success/answers', 'status-codes'),
  planned('status.success/answers@app', 'status-codes'),
  planned('roster.method/posts', 'roster-notification'),
  planned('roster.method/posts@app', 'roster-notification'),
];

function select(filters: { suite?: string[]; case?: string[]; requirement?: string[] }): string[] {
  return selectCases(cases, { suite: [], case: [], requirement: [], ...filters }).map(({ id }) => id);
}

describe('selectCases', () => {
  it.each([
    [{}, 4],
    [{ suite: ['status-codes'] }, 2],
    [{ suite: ['status-codes', 'roster-notification'] }, 4],
    [{ case: ['roster.*'] }, 2],
    [{ case: ['*@app'] }, 2],
    [{ case: ['status.success/answers'] }, 1],
    [{ requirement: ['roster.method'] }, 2],
    [{ suite: ['status-codes'], case: ['*@app'] }, 1],
  ])('chooses by %j', (filters, amount) => {
    expect(select(filters)).toHaveLength(amount);
  });

  it.each([
    [{ suite: ['status-code'] }, /--suite "status-code" matches nothing; did you mean status-codes\?/],
    [{ case: ['nothing.*'] }, /--case "nothing\.\*" matches nothing/],
    [{ requirement: ['roster.metod'] }, /did you mean roster\.method\?/],
    [{ suite: ['status-codes'], requirement: ['roster.method'] }, /no case matches all of them/],
  ])('refuses %j', (filters, message) => {
    expect(() => select(filters)).toThrow(ConfigurationError);
    expect(() => select(filters)).toThrow(message);
  });
});

it('records only the filters that were given', () => {
  expect(recordedFilters({ suite: ['a'], case: [], requirement: [] })).toEqual({ suite: ['a'] });
});
