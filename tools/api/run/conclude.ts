import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { assembleResults } from '../../engine/results/assemble.ts';
import { brokenRatchets } from '../../engine/results/ratchet.ts';
import type { Results, RunEnd } from '../../engine/results/results.ts';
import { isUnjudged } from '../../engine/results/verdict.ts';
import { noWorseThan } from '../../engine/results/worse.ts';
import type { TargetRun } from './execute.ts';
import type { BaselineGate, Gates, RatchetGate } from './gates.ts';

/**
 * A list is written for one target; and all targets must have figures, unless the run is to write them.
 * @throws ConfigurationError when it is not so
 */
export function checkGates(
  { knownIssues, ratchet, baseline }: Gates,
  targets: readonly { readonly name: string }[],
): void {
  if (knownIssues?.update === true && targets.length > 1) {
    throw new ConfigurationError('--update-known-issues writes the list of one target; run the targets one by one.');
  }
  for (const { name } of targets) if (baseline !== undefined) baselineOf(baseline, name, targets.length === 1);
  if (ratchet === undefined || ratchet.update) return;
  const missing = targets.filter(({ name }) => !ratchet.figures.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    throw new ConfigurationError(
      `--ratchet ${ratchet.name} has no figures of ${missing.join(', ')}; --update-ratchet adds them.`,
    );
  }
}

/**
 * The earlier run that a target is compared with: that of the same name. One target and one run belong together whatever
 * they are called.
 * @throws ConfigurationError when there is none, or several
 */
export function baselineOf({ earlier }: BaselineGate, name: string, isAlone: boolean): Results {
  const [first, ...others] = earlier;
  if (isAlone && first !== undefined && others.length === 0) return first;
  const [own, another] = earlier.filter(({ target }) => target.name === name);
  if (own !== undefined && another === undefined) return own;
  throw new ConfigurationError(
    own === undefined
      ? `--baseline: there is no earlier run of ${name}; there are runs of ${earlier.map(({ target }) => target.name).join(', ')}.`
      : `--baseline: there are several earlier runs of ${name}; give one.`,
  );
}

/** What of a run does not hold, and is no worse than in an earlier one. */
export function noWorseCases(before: Results, now: Results): NonNullable<Results['run']['baseline']> {
  const { version, commit } = before.target;
  const isNoWorse = noWorseThan(before);
  const open = now.cases.filter(({ verdict }) => verdict === 'failed' || verdict === 'warned' || isUnjudged(verdict));
  return {
    run: before.run.id,
    startedAt: before.run.startedAt,
    ...(version !== undefined && { version }),
    ...(commit !== undefined && { commit }),
    asBefore: open.filter(isNoWorse).map(({ id }) => id),
  };
}

/** What a run breaks of the ratchet; nothing when it did not come to its end, for then its figures say nothing. */
export function ratchetProblems(gate: RatchetGate, results: Results): string[] {
  if (results.run.partial || results.run.unreachable !== undefined) return [];
  return brokenRatchets(results, gate.figures);
}

/** The end of a run with what the gates say of it. */
export function conclude(run: TargetRun, end: RunEnd, { ratchet }: Gates, earlier: Results | undefined): RunEnd {
  if (ratchet === undefined && earlier === undefined) return end;
  const results = assembleResults({ ...run, end });
  const broken = ratchet === undefined ? [] : ratchetProblems(ratchet, results);
  return {
    ...end,
    ...(broken.length > 0 && { brokenRatchets: broken }),
    ...(earlier && { baseline: noWorseCases(earlier, results) }),
  };
}
