import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import type { MergeOptions } from './merge.ts';
import { option } from './options.ts';
import { addReportOptions } from './report-options.ts';

export function registerMerge(program: Command, { name, io, exitWith }: CommandContext): void {
  const command = program
    .command('merge')
    .description('put the shards of one run together, or a run and its reruns; ends with the exit code of the whole')
    .argument('<files...>', 'results.json of the shards, or of the run and its reruns in their order')
    .addOption(option('--out <folder>', 'where to write (default: reports/<target>)'))
    .addOption(option('--quiet', 'print the closing line only'))
    .addOption(option('--verbose', 'list every case; add stack traces to errors'))
    .addOption(option('--json', 'print results.json to standard output'))
    .addHelpText('after', `\nExample:\n  ${name} merge shard-*/results.json --out reports/whole`)
    .action(async (files: string[], options: MergeOptions) => {
      const { merge } = await import('./merge.ts');
      exitWith(await merge(files, options, io));
    });
  addReportOptions(command);
}
