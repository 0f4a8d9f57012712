import type { CaseResult } from '../engine/results/results.ts';
import { grouped, type Some } from '../engine/results/grouped.ts';

const guid = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;
/** In how many of all answers, refusals or updates a promise was broken, and what those have in common. */
const share = /, in \d+ of \d+ (?:answers|refusals|updates|notifications)(?:; .*)?$/g;
/** What differs from call to call: ids, moments, durations, shares. */
const incidental = [guid, /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, /\d+(?:\.\d+)? m?s\b/g, share];
const path = /\/(?:communications|app)\/calls/g;

/**
 * Puts together the cases whose key is the same but for ids, times, shares and the path they were put on: what goes wrong in
 * one way on both paths is one thing to mend.
 */
export function alike(
  cases: readonly CaseResult[],
  key: (each: CaseResult) => readonly (string | undefined)[],
): Some<CaseResult>[] {
  const normalised = (each: CaseResult): string =>
    JSON.stringify(key(each).map((part) => (part === undefined ? null : withoutIncidents(part))));
  return [...grouped(cases, normalised).values()];
}

function withoutIncidents(text: string): string {
  return incidental.reduce((rest, pattern) => rest.replaceAll(pattern, ''), text).replaceAll(path, '/calls');
}
