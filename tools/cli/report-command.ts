import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { option } from './options.ts';
import { addReportOptions } from './report-options.ts';
import type { ReportOptions } from './report.ts';

export function registerReport(program: Command, { name, io }: CommandContext): void {
  const command = program
    .command('report')
    .description('render the reports of earlier runs again')
    .argument('<files...>', 'results.json, or events.jsonl of a run that crashed')
    .addOption(option('--out <folder>', 'where to write (default: beside each file)'))
    .addOption(option('--baseline <file>', 'an earlier run: the summary says what is new and what is fixed'))
    .addOption(option('--verbose', 'add stack traces to errors'))
    .addHelpText(
      'after',
      `
With several files each has a folder of its own in --out, named after its target.

Example:
  ${name} report reports/acme/events.jsonl --formats html,md --out rendered`,
    )
    .action(async (files: string[], options: ReportOptions) => {
      const { report } = await import('./report.ts');
      await report(files, options, io);
    });
  addReportOptions(command, ['json']);
}
