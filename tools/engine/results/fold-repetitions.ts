import type { CaseResult, Verdict } from './results.ts';
import { severity } from './verdict.ts';

/**
 * Makes one result of the repetitions of a case: the worst verdict counts, and what is told is the first repetition
 * that had it. A case whose verdict was not the same each time is flaky.
 * @param repetitions of one case, in their order; at least one
 * @param repeat how often the run was to repeat it; with 1 the result has no `repeats`
 */
export function foldRepetitions(repetitions: readonly CaseResult[], repeat: number): CaseResult {
  const [first] = repetitions;
  if (first === undefined) throw new Error('a case without any repetition cannot be folded');
  if (repeat === 1) return first;
  const worst = severity.find((verdict) => repetitions.some((each) => each.verdict === verdict));
  const worstOne = repetitions.find(({ verdict }) => verdict === worst) ?? first;
  const counts = new Map<Verdict, number>();
  for (const { verdict } of repetitions) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return {
    ...worstOne,
    repeats: {
      runs: repetitions.length,
      verdicts: Object.fromEntries(counts),
      ...(counts.size > 1 && { flaky: true }),
    },
  };
}
