import { duration } from '../figures.ts';
import type { CaseChange, Comparison, TimingChange } from './compare.ts';

/** The headline of a comparison in words. */
export function headline(comparison: Comparison): string {
  const { kind, runs, requirements, worse } = comparison;
  const differing = requirements.filter(({ differs }) => differs).length;
  const of = `${String(runs.length)} ${kind === 'runs' ? 'runs of one target' : 'targets'}`;
  const difference =
    differing === 0
      ? 'no requirement differs'
      : `${String(differing)} of ${String(requirements.length)} requirements differ`;
  if (kind === 'targets') return `${of}: ${difference}`;
  return `${of}: ${difference}; the last is ${worse ? 'worse than the first in a must' : 'not worse than the first in any must'}`;
}

/** `passed → failed`; a run that did not have the case has none. */
export function verdicts({ before, after }: CaseChange): string {
  return `${before ?? 'none'} → ${after ?? 'none'}`;
}

/** `12 ms → 80 ms`. */
export function timing({ before, after }: TimingChange): string {
  return `${duration(before)} → ${duration(after)}`;
}

/** The lists of changes with their titles; those that are empty are left out. */
export function changeLists(comparison: Comparison): [title: string, changes: CaseChange[]][] {
  if (comparison.kind === 'targets') return [];
  const lists: [string, CaseChange[]][] = [
    ['Newly failing', comparison.newlyFailing],
    ['Newly passing', comparison.newlyPassing],
    ['Other changes', comparison.otherChanges],
  ];
  return lists.filter(([, changes]) => changes.length > 0);
}
