import type { CaseResult, Verdict } from '../engine/results/results.ts';
import { isUnsettled } from './verdicts.ts';

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

/** An attempt of a case that did not hold, beside the one whose verdict counts. */
export interface OtherAttempt {
  readonly verdict: string;
  readonly reason: string;
}

/**
 * The attempts that ended badly beside the one that counts: a first one without an answer, and the repetitions that
 * failed. Of repetitions only the verdict is known.
 */
export function otherAttempts({ firstAttempt, repeats, verdict }: CaseResult): OtherAttempt[] {
  const failed = Object.entries(repeats?.verdicts ?? {}).flatMap(([name, count]) => {
    const others = name === verdict ? count - 1 : count;
    return isBad(name as Verdict) ? Array.from({ length: others }, () => name) : [];
  });
  return [
    ...(firstAttempt === undefined ? [] : [{ verdict: firstAttempt.verdict, reason: firstAttempt.reason }]),
    ...failed.map((name) => ({
      verdict: name,
      reason: repeats === undefined ? name : `${name}: ${repeatWords(repeats)}`,
    })),
  ];
}

function isBad(verdict: Verdict): boolean {
  return verdict === 'failed' || isUnsettled(verdict);
}
