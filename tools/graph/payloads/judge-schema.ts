import { pointerSegments, pointerTo } from '../../engine/catalogue/json-pointer.ts';
import { problemAt, type Expectation, type Problem } from './problem.ts';
import { validate, type SchemaName, type SchemaProblem } from './validators.ts';

/** How a payload is judged. */
export interface JudgeOptions {
  /** The payload is a fragment, cut from a log: what is there is judged, what is missing is not. */
  readonly partial?: boolean | undefined;
  /** The version that the request named, where it is known. */
  readonly apiVersion?: string | undefined;
}

/** Which promise a problem with some member of a schema breaks. */
export interface SchemaRules {
  readonly schema: SchemaName;
  /** For the value itself, and for every member that has no expectation of its own. */
  readonly whole: Expectation;
  /** By path from the value, with * for an index; of the paths that lead to a problem the longest counts. */
  readonly members: Readonly<Record<string, Expectation>>;
}

/** Judges a value by its schema in the contract; one problem for each place. */
export function judgeBySchema(value: unknown, rules: SchemaRules, pointer: string, options: JudgeOptions): Problem[] {
  const problems = new Map<string, Problem>();
  for (const found of validate(rules.schema, value)) {
    if (options.partial === true && (found.keyword === 'required' || found.keyword === 'minItems')) continue;
    const place = placeOf(found);
    problems.set(place, problemAt(`${pointer}${place}`, expectationAt(place, rules), found.actual));
  }
  return [...problems.values()];
}

function placeOf({ pointer, missing }: SchemaProblem): string {
  return missing === undefined ? pointer : `${pointer}${pointerTo(missing)}`;
}

function expectationAt(place: string, { whole, members }: SchemaRules): Expectation {
  const segments = pointerSegments(place).map((segment) => (/^\d+$/.test(segment) ? '*' : segment));
  for (let length = segments.length; length > 0; length -= 1) {
    const path = segments.slice(0, length).join('/');
    if (Object.hasOwn(members, path)) return members[path] ?? whole;
  }
  return whole;
}
