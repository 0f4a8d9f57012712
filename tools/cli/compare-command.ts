import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import type { CompareOptions } from './compare.ts';
import { option } from './options.ts';

export function registerCompare(program: Command, { name, io, exitWith }: CommandContext): void {
  program
    .command('compare')
    .description('compare runs of several targets, or of one over time')
    .argument('<files...>', 'results.json or events.jsonl of at least two runs')
    .addOption(option('--out <folder>', 'where to write (default: reports/comparison)'))
    .addOption(option('--gate', 'exit 1 when the last run is worse than the first in any must'))
    .addOption(option('--verbose', 'add stack traces to errors'))
    .addHelpText('after', `\nExample:\n  ${name} compare main/results.json branch/results.json --gate`)
    .action(async (files: string[], options: CompareOptions) => {
      const { compare } = await import('./compare.ts');
      exitWith(await compare(files, options, io));
    });
}
