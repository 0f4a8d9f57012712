import type { CaseResult, Verdict } from '../engine/results/results.ts';
import { alike } from './alike.ts';
import { grouped } from './grouped.ts';

/** A case on the paths it was put on: on both it is one thing to read about, with a mark for each. */
export interface Twins {
  /** The id without its path. */
  readonly id: string;
  readonly marks: readonly { readonly path: CaseResult['path']; readonly verdict: Verdict }[];
}

/** Folds cases to be told: one entry for each id without path, in the order of the cases. */
export type TwinsOf = (told: readonly CaseResult[]) => Twins[];

/** The id that a case has on `/communications`, whatever its path. */
function withoutPath(id: string): string {
  return id.replace(/@app$/, '');
}

/** @param all the cases of the run: a twin is marked although it may be none of those to be told */
export function twinsAmong(all: readonly CaseResult[]): TwinsOf {
  const families = grouped(all, ({ id }) => withoutPath(id));
  return (told) =>
    [...new Set(told.map(({ id }) => withoutPath(id)))].map((id) => {
      const family = families.get(id) ?? [];
      return { id, marks: family.map(({ path, verdict }) => ({ path, verdict })) };
    });
}

/** Of each case that ended alike on both paths the one that is told within the other: from the one told to the other. */
export function foldedTwins(all: readonly CaseResult[]): Map<CaseResult, CaseResult> {
  const pairs = [...grouped(all, ({ id }) => withoutPath(id)).values()].flatMap(
    (family): [CaseResult, CaseResult][] => {
      const [one, other] = family;
      if (other === undefined || family.length > 2) return [];
      const groups = alike(family, ({ verdict, expectation, actual, reason }) => [
        verdict,
        expectation,
        actual,
        reason,
      ]);
      return groups.length === 1 ? [[one, other]] : [];
    },
  );
  return new Map(pairs);
}
