import path from 'node:path';
import { loadCatalogue } from '../contract/catalogue.ts';
import { loadResults } from '../results/load-results.ts';
import { mergeResults } from '../results/merge.ts';
import { definedCases } from '../runner/check.ts';
import '../../suites/all.ts';
import { type PrintOptions, printResults } from './print-results.ts';
import type { CommandSurroundings } from './surroundings.ts';
import { attachmentOf, readFormats, writeReports } from './write-reports.ts';

export interface MergeOptions extends PrintOptions {
  readonly formats?: readonly string[];
  readonly out?: string;
  readonly attach?: boolean;
}

/**
 * Puts the shards of one run together, writes and prints the whole.
 * @returns the exit code of the whole
 * @throws ConfigurationError when the files are no shards of one run
 */
export async function merge(
  files: readonly string[],
  options: MergeOptions,
  surroundings: CommandSurroundings,
): Promise<number> {
  const { workingDirectory } = surroundings;
  const formats = readFormats(options.formats);
  const shards = files.map((file) => ({ file, results: loadResults(path.resolve(workingDirectory, file)) }));
  const results = mergeResults(shards, {
    cases: definedCases().map(({ id }) => id),
    requirements: loadCatalogue().requirements.map(({ id }) => id),
  });
  const folder = path.resolve(workingDirectory, options.out ?? path.join('reports', results.target.name));
  await writeReports(results, folder, formats, attachmentOf(folder, options.attach, formats, workingDirectory));
  printResults([{ results, folder }], options, surroundings);
  return results.run.exitCode;
}
