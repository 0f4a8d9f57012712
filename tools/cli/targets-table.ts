import { divergenceWords, percentage } from '../reports/figures.ts';
import { printableLine } from '../reports/printable.ts';
import type { Results } from '../engine/results/results.ts';

const headings = ['target', 'verdict', 'divergence', 'coverage', 'failed', 'warned', 'unjudged', 'exit'];

function cells({ target, summary, run }: Results): string[] {
  const { must, should, may } = summary;
  const unjudged = (['could-not-run', 'indeterminate', 'harness-error'] as const).reduce(
    (sum, verdict) => sum + must[verdict] + should[verdict] + may[verdict],
    0,
  );
  return [
    printableLine(target.name),
    summary.verdict,
    divergenceWords(summary),
    percentage(summary.coverage),
    String(must.failed),
    String(should.warned),
    String(unjudged),
    String(run.exitCode),
  ];
}

/** One line for each target of a run, in plain columns. */
export function targetsTable(results: readonly Results[]): string {
  const rows = [headings, ...results.map(cells)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
