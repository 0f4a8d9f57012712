import type { CaseResult } from '../results/results.ts';
import { grouped, type Some } from './grouped.ts';

const guid = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;
const path = /\/(?:communications|app)\/calls/g;

/**
 * Puts together the cases whose key is the same but for the ids of calls and the path they were put on: what goes
 * wrong in one way on both paths is one thing to mend.
 */
export function alike(
  cases: readonly CaseResult[],
  key: (each: CaseResult) => readonly (string | undefined)[],
): Some<CaseResult>[] {
  const normalised = (each: CaseResult): string =>
    JSON.stringify(key(each).map((part) => part?.replaceAll(guid, '').replaceAll(path, '/calls') ?? null));
  return [...grouped(cases, normalised).values()];
}
