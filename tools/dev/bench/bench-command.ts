/** `npm run bench`: what the suite costs, beside what other tools cost, and whether the limits are met. */
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { bench, type BenchOptions } from './bench.ts';
import { type PartName, partNames } from './report.ts';

// An exit in order, at which the processes that are being measured are ended, too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

function amount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected an integer of at least 1.');
}

function readParts(text: string): PartName[] {
  return text.split(',').map((name) => {
    const part = partNames.find((known) => known === name.trim());
    if (part === undefined) throw new InvalidArgumentError(`The parts are ${partNames.join(', ')}.`);
    return part;
  });
}

await new Command('npm run bench --')
  .description('Measures the suite on this machine as it is; with --only peers or marginal, other tools beside it.')
  .option(
    '--only <parts>',
    `some of ${partNames.join(',')}; peers and marginal need other tools and run only when named`,
    readParts,
    [],
  )
  .option('--runs <n>', 'of how many each figure is the median', amount, 5)
  .option('--out <folder>', 'where to write', path.join(packageRoot, 'reports', 'bench'))
  .option('--gate', 'exit code 1 when a limit is missed', false)
  .action(async (options: BenchOptions) => {
    process.exitCode = await bench(options, process.stdout, process.stderr);
  })
  .parseAsync();
