import path from 'node:path';
import { ConfigurationError } from '../contract/errors.ts';
import { renderReports } from '../reports/render.ts';
import { loadResults } from '../results/load-results.ts';
import type { Results } from '../results/results.ts';
import { writeFileAtomically } from '../results/write-file.ts';
import type { CommandSurroundings } from './surroundings.ts';
import { readFormats } from './write-reports.ts';

export interface ReportOptions {
  readonly formats?: readonly string[];
  readonly out?: string;
  readonly baseline?: string;
}

/** Writes files into a folder. @throws ConfigurationError when that is not possible */
export function writeInto(folder: string, files: ReadonlyMap<string, string>, option: string): void {
  try {
    for (const [name, text] of files) writeFileAtomically(path.join(folder, name), text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(
      `Nothing can be written to ${folder}: ${problem}. Give another folder with ${option}.`,
    );
  }
}

/** The files of one run, and results.json beside them when it was asked for. */
async function render(results: Results, formats: readonly string[] | undefined, baseline: Results | undefined) {
  const wantsJson = formats?.includes('json') === true;
  const others = readFormats(formats?.filter((format) => format !== 'json'));
  const files = await renderReports(results, others, baseline);
  if (wantsJson) files.set('results.json', `${JSON.stringify(results, undefined, 2)}\n`);
  return files;
}

/** A folder for each file: the one it lies in, the one given, or one in that for each of several. */
function folderFor(file: string, results: Results, alone: boolean, out: string | undefined): string {
  if (out === undefined) return path.dirname(file);
  return alone ? out : path.join(out, results.target.name);
}

/**
 * Renders the reports of earlier runs again.
 * @throws ConfigurationError when a file is none of a run, or two would be written to the same folder
 */
export async function report(
  names: readonly string[],
  { formats, out, baseline }: ReportOptions,
  { stdout, workingDirectory }: CommandSurroundings,
): Promise<void> {
  const whole = (name: string) => path.resolve(workingDirectory, name);
  const before = baseline === undefined ? undefined : loadResults(whole(baseline));
  const loaded = names.map((name) => ({ file: whole(name), results: loadResults(whole(name)) }));
  const folders = loaded.map(({ file, results }) =>
    folderFor(file, results, loaded.length === 1, out === undefined ? undefined : whole(out)),
  );
  const twice = folders.find((folder, index) => folders.indexOf(folder) !== index);
  if (twice !== undefined) {
    throw new ConfigurationError(
      `Two of the files would be rendered into ${twice}; render them one by one, with --out.`,
    );
  }
  for (const [index, { results }] of loaded.entries()) {
    const folder = folders[index] ?? '';
    const files = await render(results, formats, before);
    writeInto(folder, files, '--out');
    stdout.write(`${[...files.keys()].map((name) => path.join(folder, name)).join('\n')}\n`);
  }
}
