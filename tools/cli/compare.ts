import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { type Comparison, compareResults } from '../reports/compare/compare.ts';
import { renderComparison } from '../reports/compare/render.ts';
import { buildWords } from '../reports/build-words.ts';
import { printableLine } from '../reports/printable.ts';
import { loadResults } from '../engine/results/load-results.ts';
import { writeInto } from './report.ts';
import type { CommandIo } from './command-io.ts';
import { targetsTable } from './targets-table.ts';

export interface CompareOptions {
  readonly out?: string;
  readonly gate?: boolean;
}

/** Which builds were tested, where that is known. */
function builds({ runs }: Comparison): string {
  return runs
    .flatMap((run) => {
      const build = buildWords(run);
      return build === undefined ? [] : [`${printableLine(run.label)}: ${build}\n`];
    })
    .join('');
}

const namesPrinted = 12;

/** So many names, and how many more there are: those of a target that was never reached are all. */
function listOf(ids: readonly string[]): string {
  const more = ids.length - namesPrinted;
  return ids.slice(0, namesPrinted).map(printableLine).join(', ') + (more > 0 ? ` and ${String(more)} more` : '');
}

/** What has changed from the first run to the last, in plain lines. */
function changes({ newlyFailing, newlyPassing, worseIn, worse }: Comparison): string {
  const names = (title: string, ids: readonly string[]) => (ids.length === 0 ? [] : [`${title}: ${listOf(ids)}`]);
  return [
    ...names(
      'newly failing',
      newlyFailing.map(({ id }) => id),
    ),
    ...names(
      'newly passing',
      newlyPassing.map(({ id }) => id),
    ),
    worse ? `worse than the first in a must: ${listOf(worseIn)}` : 'not worse than the first in any must',
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The page that lies beside a results.json, as a link from a folder. */
function reportBeside(file: string, folder: string): string | undefined {
  const report = path.join(path.dirname(file), 'index.html');
  if (!existsSync(report)) return undefined;
  return path.relative(folder, report).split(path.sep).map(encodeURIComponent).join('/');
}

/**
 * Compares runs, in the order given, as page, Markdown and JSON.
 * @returns 1 with --gate when the last run is worse than the first in any must, else 0
 * @throws ConfigurationError when a file is none of a run, or there is only one
 */
export async function compare(
  files: readonly string[],
  { out = path.join('reports', 'comparison'), gate = false }: CompareOptions,
  { stdout, workingDirectory }: CommandIo,
): Promise<number> {
  if (files.length < 2) throw new ConfigurationError('compare needs at least two files; give the older one first.');
  const results = files.map((file) => loadResults(path.resolve(workingDirectory, file)));
  const comparison = compareResults(results);
  const folder = path.resolve(workingDirectory, out);
  const reports = files.map((file) => reportBeside(path.resolve(workingDirectory, file), folder));
  const rendered = await renderComparison(comparison, reports);
  writeInto(folder, rendered, '--out');
  stdout.write(targetsTable(results));
  stdout.write(builds(comparison));
  stdout.write(changes(comparison));
  stdout.write(`${[...rendered.keys()].map((name) => path.join(folder, name)).join('\n')}\n`);
  return gate && comparison.worse ? 1 : 0;
}
