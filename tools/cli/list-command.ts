import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import type { ListOptions } from './list.ts';
import { list as listOption, option } from './options.ts';

export function registerList(program: Command, { name, io }: CommandContext): void {
  program
    .command('list')
    .description('list requirements, cases, faults or variants')
    .argument('[kind]', 'requirements, cases, faults or variants', 'requirements')
    .addOption(listOption('--level <names>', 'only must, should or may (requirements, cases)'))
    .addOption(listOption('--suite <names>', 'only these suites (requirements, cases)'))
    .addOption(option('--json', 'print JSON'))
    .addHelpText('after', `\nExamples:\n  ${name} list\n  ${name} list cases --suite location-header --json`)
    .action(async (kind: string, options: ListOptions) => {
      const { list } = await import('./list.ts');
      await list(kind, options, io);
    });
}
