import type { Results } from '../engine/results/results.ts';

/** The verdict of a run. */
export type RunVerdict = Results['summary']['verdict'];

const worstFirst: readonly RunVerdict[] = ['non-conformant', 'incomplete', 'conformant'];

/**
 * The verdict of a run; of several, the worst: one target that is non-conformant makes all of them so. Known issues
 * change exit codes, which are in `results.run.exitCode`, and never a verdict.
 * @param results one or several; of none the verdict is `incomplete`
 */
export function verdictOf(results: Results | readonly Results[]): RunVerdict {
  const verdicts = ('summary' in results ? [results] : results).map(({ summary }) => summary.verdict);
  return worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'incomplete';
}
