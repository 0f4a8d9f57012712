import type { Command } from 'commander';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { nearest } from '../engine/catalogue/nearest.ts';
import { withSuitesWorker } from '../api/run/suites-worker.ts';
import type { CommandContext } from './command-context.ts';
import { addFaultOptions } from './fault-options.ts';
import { announceInterruption } from './interruption.ts';
import { choice, option, wholeNumber, words } from './options.ts';
import { addReportOptions } from './report-options.ts';
import type { RunCommandOptions } from './run.ts';
import { addTargetOptions } from './target-options.ts';

function addRunOptions(command: Command): Command {
  addReportOptions(addTargetOptions(command))
    .addOption(words('--suite <name>', 'only these suites'))
    .addOption(words('--case <glob>', 'only cases whose id matches'))
    .addOption(words('--requirement <id>', 'only cases of these requirements'))
    .addOption(option('--rerun <file>', 'only what did not pass in these results.json'))
    .addOption(option('--shard <i/n>', 'only the i-th of n parts; `merge` puts them together'))
    .addOption(option('--requirement-set <id>', 'score only what this set of requirements has'))
    .addOption(option('--known-issues <file>', 'failures that are known and tolerated'))
    .addOption(option('--update-known-issues', 'rewrite that file from what failed'))
    .addOption(option('--ratchet <file>', 'figures that may only get better'))
    .addOption(option('--update-ratchet', 'rewrite that file where the figures improved'))
    .addOption(words('--baseline <file>', 'results.json of earlier runs: only what is worse than there fails'))
    .addOption(option('--strict', 'a should that does not hold fails the run as well'))
    .addOption(option('--report-dir <folder>', 'where to write (default: reports/<target>)'))
    .addOption(
      choice(
        '--transcripts <which>',
        'the cases whose requests and notifications results.json keeps (default: failures)',
        ['failures', 'all'],
      ),
    )
    .addOption(wholeNumber('--concurrency <n>', 'requests in flight at most (default: 16)', 1))
    .addOption(option('--run-timeout <duration>', 'for the whole run (default: 10m)'))
    .addOption(wholeNumber('--seed <n>', 'the seed of everything random', 0))
    .addOption(wholeNumber('--repeat <n>', 'run each case this many times, to find flaky ones', 1))
    .addOption(option('--bail', 'end the run at the first failed must that is not a known issue'))
    .addOption(option('--keep-calls', 'do not delete the calls, for debugging'));
  return addFaultOptions(command)
    .addOption(option('--record <file>', 'write everything that was sent and received to a cassette, without secrets'))
    .addOption(option('--replay <file>', 'the verdicts of a cassette, without a target or a network'))
    .addOption(option('--json', 'print results.json to standard output'))
    .addOption(option('--quiet', 'print the closing line only'))
    .addOption(option('--verbose', 'list every case; add stack traces to errors'));
}

function help(name: string): string {
  return `
Examples:
  ${name}                                               the embedded emulator
  ${name} --base-url http://localhost:8080/beta --token-env ACME_TOKEN
  ${name} --target acme.yaml --suite location-header
  ${name} --target 'targets/*.yaml' --report-dir reports/nightly

Every long option can be set by an environment variable: --base-url is CALL_MUTE_BASE_URL, --strict is CALL_MUTE_STRICT=1.

Exit codes: 0 conformant, 1 non-conformant, 2 wrong usage or configuration, 3 incomplete,
4 target not reached or provisioned, 130 interrupted`;
}

export function registerRun(program: Command, { name, io, signal, exitWith }: CommandContext): void {
  const command = program
    .command('run', { isDefault: true })
    .description('run the suites against a target (the embedded emulator, if none is given)')
    .usage('[options]')
    .argument('[words...]')
    .addHelpText('after', help(name))
    .action(async ([unknown]: string[], options: RunCommandOptions) => {
      if (unknown !== undefined) throw noSuchCommand(unknown, program);
      announceInterruption(signal, io.stderr, 'deleting calls and writing what there is');
      // The worker loads what it needs while this thread loads the rest.
      const exitCode = await withSuitesWorker({ replays: options.replay !== undefined }, async (worker) => {
        const { run } = await import('./run.ts');
        return run(options, io, signal, worker);
      });
      exitWith(exitCode);
    });
  addRunOptions(command);
}

/** `run` is the default, so a misspelt command arrives at it as a word. */
function noSuchCommand(word: string, program: Command): ConfigurationError {
  const commands = program.commands.map((command) => command.name());
  const near = nearest(word, commands);
  return new ConfigurationError(
    `There is no command ${JSON.stringify(word)}${near === undefined ? '.' : `; did you mean ${near}?`} The commands are ${commands.join(', ')}.`,
  );
}
