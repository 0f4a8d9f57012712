import type { CaseResult } from '../engine/results/results.ts';

type Repeats = NonNullable<CaseResult['repeats']>;

/** How often a repeated case ended how: `3 passed, 2 failed of 5 runs`. */
export function repeatWords({ runs, verdicts }: Repeats): string {
  const rates = Object.entries(verdicts).map(([verdict, count]) => `${String(count)} ${verdict}`);
  return `${rates.join(', ')} of ${String(runs)} runs`;
}

/** The cases that did not end the same way each time. */
export function flakyCases(cases: readonly CaseResult[]): { id: string; repeats: Repeats }[] {
  return cases.flatMap(({ id, repeats }) => (repeats?.flaky === true ? [{ id, repeats }] : []));
}
