import path from 'node:path';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { renderReports, type RenderOptions, type ReportFormat } from '../reports/render.ts';
import { loadResults } from '../engine/results/load-results.ts';
import type { Results } from '../engine/results/results.ts';
import { writeFileAtomically } from '../engine/results/write-file.ts';
import type { CommandIo } from './command-io.ts';
import { type JunitChoice, junitOptions, readFormats } from '../api/run/reports.ts';

export interface ReportOptions extends JunitChoice {
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
async function render(
  results: Results,
  formats: readonly string[] | undefined,
  optionsFor: (formats: ReadonlySet<ReportFormat>) => RenderOptions,
) {
  const wantsJson = formats?.includes('json') === true;
  const others = readFormats(formats?.filter((format) => format !== 'json'));
  const files = await renderReports(results, others, optionsFor(others));
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
  { formats, out, baseline, ...choice }: ReportOptions,
  { stdout, workingDirectory }: CommandIo,
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
  const amongSeveral = new Set(loaded.map(({ results }) => results.target.name)).size > 1;
  for (const [index, { results }] of loaded.entries()) {
    const folder = folders[index] ?? '';
    const files = await render(results, formats, (chosen) => {
      return { baseline: before, junit: junitOptions(folder, choice, chosen, workingDirectory, amongSeveral) };
    });
    writeInto(folder, files, '--out');
    // A part of a run has no badge.
    if (files.size === 0) stdout.write(`Nothing to write for ${results.target.name}: the run is partial.\n`);
    for (const name of files.keys()) stdout.write(`${path.join(folder, name)}\n`);
  }
}
