import type { CaseResult } from '../results.ts';
import { isUnjudged } from '../verdict.ts';
import type { Sign } from './shape.ts';

/** What a run shows, as far as causes are inferred from it. */
export interface Evidence {
  /** What is to be explained: the cases that failed, warned, or could not be judged, in the order of the run. */
  readonly open: ReadonlyMap<string, Sign>;
  /** Cases that speak against every defect that would break them. */
  readonly held: ReadonlySet<string>;
  /** The cases of the run by their ids. */
  readonly cases: ReadonlyMap<string, CaseResult>;
}

function signOf({ verdict }: CaseResult): Sign | undefined {
  if (verdict === 'failed' || verdict === 'warned') return 'broken';
  return isUnjudged(verdict) ? 'unjudged' : undefined;
}

/** What the cases of a run show; known issues and what does not apply speak neither for a cause nor against one. */
export function evidenceOf(cases: readonly CaseResult[]): Evidence {
  return {
    open: new Map(
      cases.flatMap((each) => {
        const sign = signOf(each);
        return sign === undefined ? [] : [[each.id, sign] as const];
      }),
    ),
    held: new Set(
      cases.flatMap(({ id, verdict }) => (verdict === 'passed' || verdict === 'unexpected-pass' ? [id] : [])),
    ),
    cases: new Map(cases.map((each) => [each.id, each])),
  };
}
