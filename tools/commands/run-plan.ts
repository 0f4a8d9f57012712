import path from 'node:path';
import { ConfigurationError } from '../contract/errors.ts';
import type { Results } from '../results/results.ts';
import type { RunnableCase } from '../runner/check.ts';
import { recordedFilters, selectCases } from '../runner/select.ts';
import { casesOfShard, readShard } from '../runner/shard.ts';
import type { RunOptions } from './run-options.ts';

/** Which cases a run is about, and what limited it to them. */
export interface ChosenCases {
  readonly cases: readonly RunnableCase[];
  /** As results.json records them; anything in it makes the run partial. */
  readonly filters: Record<string, string[]>;
  readonly shard?: string;
}

/**
 * The cases that did not pass in an earlier run.
 * @throws ConfigurationError when there is none
 */
export function casesToRerun<T extends { readonly id: string }>(
  cases: readonly T[],
  earlier: Results,
  file: string,
): T[] {
  const passed = new Set(earlier.cases.filter(({ verdict }) => verdict === 'passed').map(({ id }) => id));
  const known = new Set(earlier.cases.map(({ id }) => id));
  const chosen = cases.filter(({ id }) => known.has(id) && !passed.has(id));
  if (chosen.length > 0) return chosen;
  throw new ConfigurationError(`--rerun ${file}: there is nothing to run again, for everything in it passed.`);
}

async function earlierResults(file: string, workingDirectory: string): Promise<Results> {
  const { loadResults } = await import('../results/load-results.ts');
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
  const again =
    rerun === undefined ? selected : casesToRerun(selected, await earlierResults(rerun, workingDirectory), rerun);
  const part = shard === undefined ? undefined : readShard(shard);
  return {
    cases: part === undefined ? again : casesOfShard(again, part),
    filters: { ...recordedFilters(filters), ...(rerun !== undefined && { rerun: [rerun] }) },
    ...(part !== undefined && { shard: `${part.index}/${part.count}` }),
  };
}
