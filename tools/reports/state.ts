import type { CaseResult, Results, Verdict } from '../engine/results/results.ts';

/** Whether a failure is listed as a known issue, else whether it was there in the baseline; or that it is gone. */
export type State = 'new' | 'as before' | 'known' | 'fixed';

/**
 * Tells the state of the cases of a run.
 * @param baseline an earlier run; without one only what known issues say is told
 * @returns undefined for a case that holds and did before, or of which nothing is known
 */
export function statesSince(baseline: Results | undefined): (each: CaseResult) => State | undefined {
  const before = baseline && new Map(baseline.cases.map(({ id, verdict }) => [id, verdict]));
  return ({ id, verdict }) => {
    if (verdict === 'expected-failure') return 'known';
    if (verdict === 'unexpected-pass') return 'fixed';
    if (before === undefined) return undefined;
    if (verdict === 'passed') return wasBroken(before.get(id)) ? 'fixed' : undefined;
    if (!wasBroken(verdict)) return undefined;
    return wasBroken(before.get(id)) ? 'as before' : 'new';
  };
}

function wasBroken(verdict: Verdict | undefined): boolean {
  return verdict === 'failed' || verdict === 'warned' || verdict === 'expected-failure';
}
