import { type Command, InvalidArgumentError } from 'commander';
import { payloadKinds } from '../graph/payloads/payload-kind.ts';
import type { CheckOptions, WriteTraffic } from './check.ts';
import type { CommandContext } from './command-context.ts';
import { option } from './options.ts';
import { addReportOptions } from './report-options.ts';
import type { TrafficReportOptions } from './traffic-reports.ts';

export function registerCheck(program: Command, { name, io, exitWith }: CommandContext): void {
  const command = program
    .command('check')
    .description('judge a payload from a log, offline')
    .argument('<file>', 'a JSON file, or - for standard input')
    .addOption(option('--as <kind>', `what it is: ${payloadKinds.join(', ')}, traffic (a HAR file, or a cassette)`))
    .addOption(option('--partial', 'it is a fragment: what is missing is not judged'))
    .addOption(option('--requirement <id>', 'only these requirements; several with commas').argParser(appended))
    .addOption(option('--json', 'print JSON'))
    .addOption(option('--report-dir <folder>', 'with --as traffic: write results.json and reports there'))
    .addHelpText(
      'after',
      `
Examples:
  ${name} check answer.json --as operation
  pbpaste | ${name} check - --as notification --partial
  ${name} check bot-tests.har --as traffic --report-dir reports/bot-tests

Exit codes: 0 no problem with a must, 1 one at least, 2 it cannot be read`,
    )
    .action(async (file: string, options: CheckOptions & TrafficReportOptions) => {
      const { check } = await import('./check.ts');
      const writeTraffic: WriteTraffic = async (checked, reportDir) => {
        const { writeTrafficReports } = await import('./traffic-reports.ts');
        await writeTrafficReports(checked, reportDir, options, io);
      };
      exitWith(await check(file, options, io, process.stdin, writeTraffic));
    });
  addReportOptions(command);
}

/** One word or several with commas; not the words that follow, of which one is the file. */
function appended(value: string, previous: readonly string[] = []): readonly string[] {
  const ids = value.split(',').flatMap((id) => (id.trim() === '' ? [] : id.trim()));
  if (ids.length === 0) throw new InvalidArgumentError('It is empty.');
  return [...previous, ...ids];
}
