import type { Command } from 'commander';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import type { CommandContext } from './command-context.ts';
import type { InitOptions } from './init.ts';
import { option } from './options.ts';

export function registerInit(program: Command, { name, io, signal, exitWith }: CommandContext): void {
  program
    .command('init')
    .description('write a target file with a comment on every setting')
    .argument('[file]', 'the file (default: the name of the target, .yaml)')
    .addOption(option('--name <name>', 'what the target is called (default: acme)'))
    .addOption(option('--base-url <url>', 'service root with version (default: http://localhost:8080/beta)'))
    .addOption(option('--token-env <name>', 'the environment variable that holds the bearer token'))
    .addOption(option('--yes', 'ask no questions, use the defaults'))
    .addOption(option('--force', 'overwrite an existing file'))
    .addHelpText(
      'after',
      `\nExamples:\n  ${name} init\n  ${name} init acme.yaml --base-url http://localhost:8080/beta --yes`,
    )
    .action(async (file: string | undefined, options: InitOptions) => {
      const { init } = await import('./init.ts');
      if (options.yes === true) return init(file, options, io, undefined);
      if (!process.stdin.isTTY) {
        throw new ConfigurationError('init asks questions, but this is not a terminal; add --yes for the defaults.');
      }
      const { createInterface } = await import('node:readline');
      const terminal = createInterface({ input: process.stdin, output: process.stderr });
      signal.addEventListener('abort', () => terminal.close(), { once: true });
      // Keeps what was typed ahead of the next question, which readline/promises would drop.
      const lines = terminal[Symbol.asyncIterator]();
      try {
        await init(file, options, io, async (question, byDefault) => {
          terminal.setPrompt(`${question}${byDefault === '' ? '' : ` [${byDefault}]`} `);
          terminal.prompt();
          const { done, value } = await lines.next();
          // Ctrl-C and Ctrl-D at a question end the lines.
          if (done === true) throw new NoMoreAnswers();
          return value;
        });
      } catch (error) {
        if (!(error instanceof NoMoreAnswers)) throw error;
        exitWith(130);
      } finally {
        terminal.close();
      }
    });
}

class NoMoreAnswers extends Error {}
