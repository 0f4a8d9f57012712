import type { CaseResult, Verdict } from '../engine/results/results.ts';
import { groupSimilar } from './group-similar.ts';
import { grouped } from '../engine/results/grouped.ts';
import { severityRank } from './verdicts.ts';

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

/** A case that was put on both paths, told once: within the entry of the worse one stands the other. */
export interface FoldedTwin {
  readonly other: CaseResult;
  /** Whether both ended in the same way, so that the words of one are those of the other. */
  readonly alike: boolean;
}

/** Of each case that was put on both paths, from the one that is told to the one within. */
export function foldedTwins(all: readonly CaseResult[]): Map<CaseResult, FoldedTwin> {
  const pairs = [...grouped(all, ({ id }) => withoutPath(id)).values()].flatMap(
    (family): [CaseResult, FoldedTwin][] => {
      const [one, other] = family.toSorted((left, right) => severityRank(left.verdict) - severityRank(right.verdict));
      if (one === undefined || other === undefined || family.length > 2) return [];
      const groups = groupSimilar(family, ({ verdict, expectation, actual, reason }) => [
        verdict,
        expectation,
        actual,
        reason,
      ]);
      return [[one, { other, alike: groups.length === 1 }]];
    },
  );
  return new Map(pairs);
}
