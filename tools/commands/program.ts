import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ConfigurationError } from '../contract/errors.ts';
import { nearest } from '../contract/nearest.ts';
import { packageVersion } from '../contract/package-root.ts';
import type { RunOptions } from './run.ts';
import type { ServeOptions } from './serve.ts';
import type { CommandSurroundings } from './surroundings.ts';

const name = 'call-mute-conformance';

/** An option and its twin in the environment: --base-url is CALL_MUTE_BASE_URL. */
function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  return made.env(`CALL_MUTE_${made.name().replaceAll('-', '_').toUpperCase()}`);
}

/** A list, given with commas or by repeating the option. */
function list(flags: string, description: string): Option {
  return option(flags, description).argParser((value: string, previous: string[] | undefined) => [
    ...(previous ?? []),
    ...value.split(',').map((item) => item.trim()),
  ]);
}

function wholeNumber(flags: string, description: string, least: number): Option {
  return option(flags, description).argParser((value: string) => {
    const parsed = Number(value);
    if (!Number.isSafeInteger(parsed) || parsed < least) {
      throw new InvalidArgumentError(`It is no whole number of at least ${least}.`);
    }
    return parsed;
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function addTargetOptions(command: Command): Command {
  return command
    .addOption(option('--base-url <url>', 'service root with version, e.g. http://localhost:8080/beta'))
    .addOption(option('--api-version <version>', 'beta or v1.0, where the base URL does not end in it'))
    .addOption(option('--token-env <name>', 'the environment variable that holds the bearer token'))
    .addOption(option('--token-file <file>', 'the file that holds the bearer token'))
    .addOption(option('--request-timeout <duration>', 'for one answer (default: 10s)'))
    .addOption(option('--notification-timeout <duration>', 'for an update on the callback (default: 5s)'))
    .addOption(option('--quiet-window <duration>', 'of silence at least, before it is believed (default: 300ms)'))
    .addOption(option('--callback-listen <host:port>', 'where to listen for callbacks (default: 127.0.0.1:0)'))
    .addOption(option('--callback-url <url>', 'where the target reaches that listener, if under another name'));
}

function addRunOptions(command: Command): Command {
  return addTargetOptions(command)
    .addOption(list('--target <file>', 'target file; several run side by side'))
    .addOption(list('--suite <name>', 'only these suites'))
    .addOption(list('--case <glob>', 'only cases whose id matches'))
    .addOption(list('--requirement <id>', 'only cases of these requirements'))
    .addOption(option('--strict', 'a should that does not hold fails the run, too'))
    .addOption(option('--report-dir <folder>', 'where to write (default: reports/<target>)'))
    .addOption(list('--formats <names>', 'junit, html, md, badge (default: junit,html,md)'))
    .addOption(wholeNumber('--concurrency <n>', 'requests in flight at most (default: 16)', 1))
    .addOption(option('--run-timeout <duration>', 'for the whole run (default: 10m)'))
    .addOption(wholeNumber('--seed <n>', 'what everything random derives from', 0))
    .addOption(option('--quiet', 'print the closing line only'))
    .addOption(option('--verbose', 'list every case; add stack traces to errors'));
}

const runExamples = `
Examples:
  ${name}                                               the embedded emulator
  ${name} --base-url http://localhost:8080/beta --token-env ACME_TOKEN
  ${name} --target acme.yaml --suite location-header

Exit codes: 0 conformant, 1 non-conformant, 2 wrong usage or configuration, 3 incomplete,
4 target not reached or provisioned, 130 interrupted`;

/**
 * The whole command line.
 * @returns what runs it with the given words and resolves to the exit code; it does not throw
 */
export function createProgram(
  surroundings: CommandSurroundings,
  signal: AbortSignal,
): (words: readonly string[]) => Promise<number> {
  const { stdout, stderr } = surroundings;
  let exitCode = 0;
  const program = new Command(name)
    .description('Judges whether a target behaves as Microsoft Graph documents call: mute.')
    .version(packageVersion())
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ writeOut: (text) => void stdout.write(text), writeErr: (text) => void stderr.write(text) });

  const runCommand = program
    .command('run', { isDefault: true })
    .description('run the suites against a target (the embedded emulator, if none is given)')
    .argument('[words...]')
    .addHelpText('after', runExamples)
    .action(async (words: string[], options: RunOptions) => {
      const [unknown] = words;
      if (unknown !== undefined) {
        const commands = program.commands.map((command) => command.name());
        const near = nearest(unknown, commands);
        throw new ConfigurationError(
          `There is no command ${JSON.stringify(unknown)}${near === undefined ? '' : `; did you mean ${near}?`} The commands are ${commands.join(', ')}.`,
        );
      }
      const { run } = await import('./run.ts');
      exitCode = await run(options, surroundings, signal);
    });
  runCommand.usage('[options]');
  addRunOptions(runCommand);

  program
    .command('serve')
    .description('serve the reference emulator on its own')
    .addOption(wholeNumber('--port <n>', 'the port to listen on (default: any free one)', 0))
    .addOption(option('--fault <id>', 'with one defect: see `list faults`'))
    .addOption(option('--variant <id>', 'with one legal difference: see `list variants`'))
    .addOption(option('--tls', 'over https, with a certificate made at start'))
    .addHelpText('after', `\nExample:\n  ${name} serve --port 8080`)
    .action(async ({ port = 0, ...options }: Partial<ServeOptions>) => {
      const { serve } = await import('./serve.ts');
      const emulator = await serve({ port, ...options }, surroundings.stdout);
      await untilAborted(signal);
      await emulator.close();
    });

  for (const command of program.commands) command.copyInheritedSettings(program);

  return async (words) => {
    try {
      await program.parseAsync([...words], { from: 'user' });
      return exitCode;
    } catch (error) {
      return explain(error, words.includes('--verbose'));
    }
  };

  /** Says what is wrong in one paragraph, and finds the exit code. */
  function explain(error: unknown, verbose: boolean): number {
    // Commander has printed its own message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const known = error instanceof ConfigurationError;
    const message = error instanceof Error ? error.message : String(error);
    stderr.write(known ? `${name}: ${message}\n` : `${name} has a fault of its own: ${message}\n`);
    if ((verbose || !known) && error instanceof Error) stderr.write(`${error.stack ?? ''}\n`);
    return known ? 2 : 3;
  }
}
