import type { CaseResult } from '../results.ts';
import { isUnjudged } from '../verdict.ts';
import type { Sign } from './shape.ts';

/** What a run shows, as far as causes are inferred from it. */
export interface Evidence {
  /** What is to be explained: the cases that failed, warned, or could not be judged, in the order of the run. */
  readonly open: ReadonlyMap<string, Sign>;
  /**
   * The cases that broke by a promise of another requirement that is seen broken on its own, too, and that requirement:
   * they belong to its cause, and say nothing themselves.
   */
  readonly attributed: ReadonlyMap<string, string>;
  /** Cases that speak against every defect that would break them. */
  readonly satisfied: ReadonlySet<string>;
  /** The cases of the run by their ids. */
  readonly cases: ReadonlyMap<string, CaseResult>;
}

function signOf({ verdict }: CaseResult): Sign | undefined {
  if (verdict === 'failed' || verdict === 'warned') return 'violated';
  return isUnjudged(verdict) ? 'unjudged' : undefined;
}

/** Whether a case saw that some of what it was about is not as it should be, and some is. */
export function isNowAndThen({ observed }: CaseResult): boolean {
  return observed !== undefined && observed.violated > 0 && observed.violated < observed.count;
}

/** What the cases of a run show; known issues and what does not apply speak neither for a cause nor against one. */
export function evidenceOf(cases: readonly CaseResult[]): Evidence {
  const violated = new Set(
    cases.flatMap((each) => (signOf(each) === 'violated' && each.promise === undefined ? [each.requirement] : [])),
  );
  const attributed = new Map(
    cases.flatMap((each) => {
      const { id, promise } = each;
      const isSeen = promise !== undefined && violated.has(promise);
      return isSeen && signOf(each) === 'violated' ? [[id, promise] as const] : [];
    }),
  );
  return {
    open: new Map(
      cases.flatMap((each) => {
        const sign = attributed.has(each.id) ? undefined : signOf(each);
        return sign === undefined ? [] : [[each.id, sign] as const];
      }),
    ),
    attributed,
    satisfied: new Set(
      cases.flatMap(({ id, verdict }) => (verdict === 'passed' || verdict === 'unexpected-pass' ? [id] : [])),
    ),
    cases: new Map(cases.map((each) => [each.id, each])),
  };
}
