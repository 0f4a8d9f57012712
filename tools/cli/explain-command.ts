import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import type { ExplainOptions } from './explain.ts';
import { option } from './options.ts';

export function registerExplain(program: Command, { name, io }: CommandContext): void {
  program
    .command('explain')
    .description('explain a requirement or a case: its source, its requests, what is accepted')
    .argument('<id>', 'the id of a requirement or of a case')
    .addOption(option('--json', 'print JSON'))
    .addHelpText(
      'after',
      `\nExamples:\n  ${name} explain location.call\n  ${name} explain status.ended-call/does-not-find-a-call-that-was-deleted`,
    )
    .action(async (id: string, options: ExplainOptions) => {
      const { explain } = await import('./explain.ts');
      await explain(id, options, io);
    });
}
