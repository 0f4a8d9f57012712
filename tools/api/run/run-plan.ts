import path from 'node:path';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { isToRerun } from '../../engine/results/rerun.ts';
import type { Results } from '../../engine/results/results.ts';
import type { RunnableCase } from '../../engine/cases/suite.ts';
import { recordedFilters, selectCases } from '../../engine/cases/select.ts';
import { casesOfShard, readShard } from '../../engine/cases/shard.ts';
import type { RunOptions } from './run-options.ts';

/** Which cases a run is about, and what limited it to them. */
export interface ChosenCases {
  readonly cases: readonly RunnableCase[];
  /** As results.json records them; anything in it makes the run partial. */
  readonly filters: Record<string, string[]>;
  readonly shard?: string;
  /** The results whose cases are run again. */
  readonly earlier?: Results;
}

/** There is nothing to run again, which is good news. The message says why. */
export class NothingToRerun extends Error {
  override readonly name = 'NothingToRerun';
}

/**
 * The cases that did not pass in an earlier run, of those that applied there.
 * @throws NothingToRerun when there are none
 * @throws ConfigurationError when there are some, and this version of the suite has none of them
 */
export function casesToRerun<T extends { readonly id: string }>(
  cases: readonly T[],
  earlier: Results,
  file: string,
): T[] {
  const open = new Set(earlier.cases.filter(isToRerun).map(({ id }) => id));
  if (open.size === 0) {
    throw new NothingToRerun(`There is nothing to rerun: every case in ${file} passed or did not apply.`);
  }
  const chosen = cases.filter(({ id }) => open.has(id));
  if (chosen.length > 0) return chosen;
  throw new ConfigurationError(
    `--rerun ${file}: ${open.size} cases did not pass there, and none of them is among the cases that are chosen of this version of the suite.`,
  );
}

async function earlierResults(file: string, workingDirectory: string): Promise<Results> {
  const { loadResults } = await import('../../engine/results/load-results.ts');
  return loadResults(path.resolve(workingDirectory, file));
}

/**
 * Chooses the cases of a run by its filters, the earlier run to take up, and its shard.
 * @throws ConfigurationError when that leaves nothing, or a file is wrong
 */
export async function chooseCases(
  all: readonly RunnableCase[],
  options: Pick<RunOptions, 'suite' | 'case' | 'requirement' | 'rerun' | 'shard'>,
  workingDirectory: string,
): Promise<ChosenCases> {
  const { rerun, shard } = options;
  const filters = { suite: options.suite ?? [], case: options.case ?? [], requirement: options.requirement ?? [] };
  const selected = selectCases(all, filters);
  const earlier = rerun === undefined ? undefined : await earlierResults(rerun, workingDirectory);
  const again = earlier === undefined ? selected : casesToRerun(selected, earlier, rerun ?? '');
  const part = shard === undefined ? undefined : readShard(shard);
  return {
    cases: part === undefined ? again : casesOfShard(again, part),
    filters: { ...recordedFilters(filters), ...(rerun !== undefined && { rerun: [rerun] }) },
    ...(part !== undefined && { shard: `${part.index}/${part.count}` }),
    ...(earlier !== undefined && { earlier }),
  };
}
