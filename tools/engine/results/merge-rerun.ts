import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../catalogue/errors.ts';
import { concludeMerge, otherBuild, type ResultsFile, sameTarget, type WholeOrder } from './merge.ts';
import { isToRerun } from './verdict.ts';
import type { CaseResult, Results } from './results.ts';

/** Whether results are those of `run --rerun`. */
export function isRerun({ run }: Results): boolean {
  return run.filters['rerun'] !== undefined;
}

/** What must be the same in a rerun and in what it reran, by the words for it. */
const sameness: Readonly<Record<string, (results: Results) => unknown>> = {
  'version of the suite': ({ suite }) => suite,
  target: ({ target }) => sameTarget(target),
  '--strict': ({ run }) => run.strict ?? false,
};

function checkSameness(base: Results, { file, results }: ResultsFile): void {
  for (const [words, of] of Object.entries(sameness)) {
    if (isDeepStrictEqual(of(results), of(base))) continue;
    throw new ConfigurationError(
      `${file} did not rerun the other results: the ${words} differs (${JSON.stringify(of(results))} and ${JSON.stringify(of(base))}).`,
    );
  }
  const difference = otherBuild(results.target, base.target);
  if (difference !== undefined) {
    throw new ConfigurationError(`${file} did not rerun the other results: ${difference}.`);
  }
  const known = new Set(base.cases.map(({ id }) => id));
  const unknownCase = results.cases.find(({ id }) => !known.has(id));
  if (unknownCase !== undefined) {
    throw new ConfigurationError(`${file} did not rerun the other results: they have no case ${unknownCase.id}.`);
  }
}

/** Puts the verdicts of one rerun in the place of those of the same cases. */
function mergeRerun(base: Results, rerun: ResultsFile, order: WholeOrder): Results {
  checkSameness(base, rerun);
  const { file, results } = rerun;
  const again = new Map<string, CaseResult>(results.cases.map((each) => [each.id, each]));
  // What an interrupted run left out is made up for when all that was open there was run again.
  const isMadeUpFor = results.run.complete && base.cases.filter(isToRerun).every(({ id }) => again.has(id));
  const counted = isMadeUpFor ? [results.run] : [base.run, results.run];
  return concludeMerge(base, {
    cases: base.cases.map((each) => again.get(each.id) ?? each),
    requirements: [...base.requirements, ...results.requirements],
    runs: [base.run, results.run],
    counted,
    durationMs: base.run.durationMs + results.run.durationMs,
    complete: counted.every(({ complete }) => complete),
    notes: [
      `${again.size} of ${base.cases.length} cases have the verdicts of the rerun ${file} (seed ${results.run.seed})`,
    ],
    order,
  });
}

/**
 * Puts the results of a run and those of its reruns together, in the order in which the reruns are given: of a case
 * that was run again the last verdict counts.
 * @throws ConfigurationError when a rerun is of another target, another version of the suite, or has other cases
 */
export function mergeReruns(base: Results, reruns: readonly ResultsFile[], order: WholeOrder): Results {
  return reruns.reduce((whole, rerun) => mergeRerun(whole, rerun, order), base);
}
