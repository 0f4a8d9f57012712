import type { CaseResult } from './results.ts';

/** Whether a case is put to the target again by `--rerun`: it was judged, or should have been, and did not pass. */
export function isToRerun({ verdict }: Pick<CaseResult, 'verdict'>): boolean {
  return verdict !== 'passed' && verdict !== 'not-applicable';
}
