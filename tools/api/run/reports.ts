import path from 'node:path';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import type { JunitOptions, JunitSchema } from '../../reports/junit.ts';
import { renderReports, type RenderOptions, reportFormats, type ReportFormat } from '../../reports/render.ts';
import { folderProblem } from '../../engine/results/event-log-file.ts';
import type { Results } from '../../engine/results/results.ts';
import { resultsText } from '../../engine/results/results-text.ts';
import { writeFileAtomically } from '../../engine/results/write-file.ts';

/** Written unless --formats says otherwise; results.json always is. */
const defaultFormats: readonly ReportFormat[] = ['junit', 'html', 'md'];

/** A file as it is best named: relative to the working directory where it lies in it. */
export function nameWithin(file: string, workingDirectory: string): string {
  const relative = path.relative(workingDirectory, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative || '.';
}

/** What the options say of junit.xml. */
export interface JunitChoice {
  readonly attach?: boolean | undefined;
  readonly junitSchema?: JunitSchema | undefined;
}

/**
 * How junit.xml of a folder is written.
 * @param amongSeveral whether there are files of other targets beside it
 */
export function junitOptions(
  folder: string,
  { attach, junitSchema }: JunitChoice,
  formats: ReadonlySet<ReportFormat>,
  workingDirectory: string,
  amongSeveral: boolean,
): JunitOptions {
  return {
    // The page, when it is to be named and there will be one.
    ...(attach === true &&
      formats.has('html') && { attachment: nameWithin(path.join(folder, 'index.html'), workingDirectory) }),
    ...(junitSchema !== undefined && { schema: junitSchema }),
    ...(amongSeveral && { amongSeveral }),
  };
}

/** @throws ConfigurationError for a format that there is not */
export function readFormats(formats: readonly string[] | undefined): Set<ReportFormat> {
  if (formats === undefined) return new Set(defaultFormats);
  return new Set(
    formats.map((format) => {
      const known = reportFormats.find((name) => name === format);
      if (known === undefined)
        throw new ConfigurationError(
          `Unknown report format ${JSON.stringify(format)}; the formats are ${reportFormats.join(', ')}.`,
        );
      return known;
    }),
  );
}

/**
 * Writes results.json and the reports rendered from it.
 * @throws ConfigurationError when the folder cannot be written
 */
export async function writeReports(
  results: Results,
  folder: string,
  formats: ReadonlySet<ReportFormat>,
  options: RenderOptions,
): Promise<void> {
  try {
    // First, for everything else can be made of it.
    writeFileAtomically(path.join(folder, 'results.json'), resultsText(results));
    const reports = await renderReports(results, formats, options);
    for (const [name, text] of reports) writeFileAtomically(path.join(folder, name), text);
  } catch (error) {
    throw folderProblem(folder, error);
  }
}

/** The results of a target's run and the folder that its reports were written into. */
export interface WrittenRun {
  readonly results: Results;
  readonly folder: string;
}

/**
 * Writes the page over several targets into the folder that theirs lie in, where they lie in one and have a page each.
 * @throws ConfigurationError when that folder cannot be written
 */
export async function writeOverview(runs: readonly WrittenRun[], formats: ReadonlySet<ReportFormat>): Promise<void> {
  const [common, ...others] = new Set(runs.map(({ folder }) => path.dirname(folder)));
  if (runs.length < 2 || !formats.has('html') || common === undefined || others.length > 0) return;
  const { renderOverview } = await import('../../reports/compare/overview.ts');
  const targets = runs.map(({ results, folder }) => ({
    results,
    report: `${encodeURIComponent(path.basename(folder))}/index.html`,
  }));
  try {
    writeFileAtomically(path.join(common, 'index.html'), renderOverview(targets));
  } catch (error) {
    throw folderProblem(common, error);
  }
}
