import { logReader } from '../reports/ci-log.ts';
import { closingLine, renderConsole } from '../reports/console.ts';
import { printable } from '../reports/printable.ts';
import type { Results } from '../engine/results/results.ts';
import { reportToGitHub } from './github.ts';
import { type CommandIo, type Output, wantsColour, wantsUnicode } from './command-io.ts';
import { targetsTable } from './targets-table.ts';
import { nameWithin } from '../api/run/reports.ts';

/** The results of one target and where they were written. */
export interface WrittenRun {
  readonly results: Results;
  readonly folder: string;
  /** An earlier run, for what is new and what is fixed. */
  readonly baseline?: Results;
}

export interface PrintOptions {
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
}

/** Where people read: standard output, unless that carries JSON. */
export function outputForPeople({ json = false }: PrintOptions, { stdout, stderr }: CommandIo): Output {
  return json ? stderr : stdout;
}

/**
 * The counts of the closing line tell why a run failed, but not that a file of the user's is wrong, a ratchet is broken
 * or a known issue passes: that must not go unsaid.
 */
function isExplainedByCounts({ run, summary }: Results): boolean {
  return run.exitCode !== 2 && (run.exitCode !== 1 || summary.must.failed > 0);
}

/**
 * Prints what the runs have found: JSON for programs, one line a target, and the report for people; in GitHub Actions
 * annotations and the job summary, too.
 */
export function printResults(written: readonly WrittenRun[], options: PrintOptions, io: CommandIo): void {
  const { stdout, stderr, environment, workingDirectory } = io;
  const output = outputForPeople(options, io);
  if (options.json === true) for (const { results } of written) stdout.write(`${JSON.stringify(results)}\n`);
  // Before the report, so that its closing line stays the last one.
  reportToGitHub(written, output, io);
  for (const { results, folder } of written) {
    const reportDir = nameWithin(folder, workingDirectory);
    if (options.quiet === true) {
      if (!isExplainedByCounts(results)) stderr.write(`${printable((results.run.exitReasons ?? []).join('\n'))}\n`);
      output.write(`${closingLine(results, reportDir)}\n`);
      continue;
    }
    output.write(
      renderConsole(results, {
        colour: wantsColour(output, environment),
        unicode: wantsUnicode(environment),
        width: output.columns ?? 100,
        verbosity: options.verbose === true ? 'verbose' : 'normal',
        reportDir,
        log: { reader: logReader(environment), now: Math.floor(Date.now() / 1000) },
      }),
    );
    if (written.length > 1) output.write('\n');
  }
  if (written.length > 1 && options.quiet !== true) output.write(targetsTable(written.map(({ results }) => results)));
}
