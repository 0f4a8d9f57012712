import path from 'node:path';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { loadCatalogue } from '../engine/catalogue/catalogue.ts';
import { withCauses } from '../engine/results/causes/with-causes.ts';
import { loadResults } from '../engine/results/load-results.ts';
import { mergeShards } from '../engine/results/merge.ts';
import { isRerun, mergeReruns } from '../engine/results/merge-rerun.ts';
import { casesOf } from '../engine/cases/suite.ts';
import { suites } from '../../suites/index.ts';
import { type PrintOptions, printResults } from './print-results.ts';
import type { CommandIo } from './command-io.ts';
import { type JunitChoice, junitOptions, readFormats, writeReports } from '../api/run/reports.ts';

export interface MergeOptions extends PrintOptions, JunitChoice {
  readonly formats?: readonly string[];
  readonly out?: string;
}

/**
 * Puts the shards of one run together, or a run and its reruns, writes and prints the whole.
 * @returns the exit code of the whole
 * @throws ConfigurationError when the files do not belong together
 */
export async function merge(files: readonly string[], options: MergeOptions, io: CommandIo): Promise<number> {
  const { workingDirectory } = io;
  const formats = readFormats(options.formats);
  const loaded = files.map((file) => ({ file, results: loadResults(path.resolve(workingDirectory, file)) }));
  const reruns = loaded.filter(({ results }) => isRerun(results));
  const others = loaded.filter(({ results }) => !isRerun(results));
  const order = {
    cases: casesOf(suites).map(({ id }) => id),
    requirements: loadCatalogue().requirements.map(({ id }) => id),
  };
  const [only] = others;
  if (reruns.length > 0 && only === undefined) {
    throw new ConfigurationError('merge has only reruns; give what they reran, too.');
  }
  const isWhole =
    reruns.length > 0 && only !== undefined && only.results.run.shard === undefined && others.length === 1;
  const results = withCauses(mergeReruns(isWhole ? only.results : mergeShards(others, order), reruns, order));
  const folder = path.resolve(workingDirectory, options.out ?? path.join('reports', results.target.name));
  const junit = junitOptions(folder, options, formats, workingDirectory, false);
  await writeReports(results, folder, formats, { junit });
  printResults([{ results, folder }], options, io);
  return results.run.exitCode;
}
