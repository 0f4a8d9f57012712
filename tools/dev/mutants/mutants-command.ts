/** `npm run mutants`: whether the suite catches every fault of the emulator and leaves every variant alone. */
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { packageRoot } from '../../engine/catalogue/package-root.ts';
import { type EndedMatrix, mutants, type MutantsOptions } from './mutants.ts';
import { sporadicMatrix } from './run-sporadic.ts';
import { sampleOfEveryRun } from './sporadic-matrix.ts';

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected an integer of at least 0.');
}

interface Options extends MutantsOptions {
  readonly matrix?: 'sporadic';
  readonly sample?: number;
}

/** @returns what has come of it: of a run of everything, of both matrices */
async function run(options: Options): Promise<EndedMatrix[]> {
  const { stdout } = process;
  const { signal } = interrupt;
  if (options.matrix === 'sporadic') return [await sporadicMatrix(options, stdout, signal)];
  const whole = await mutants(options, stdout, signal);
  if (options.fault.length + options.variant.length > 0) return [whole];
  return [whole, await sporadicMatrix({ sample: sampleOfEveryRun, ...options }, stdout, signal)];
}

const collect = (id: string, ids: readonly string[]): string[] => [...ids, id];

const program = new Command('npm run mutants --')
  .description('Runs the suite against every fault and variant of the emulator, and judges the suite by it.')
  .option('--fault <id>', 'only this fault; repeatable', collect, [])
  .option('--variant <id>', 'only this variant; repeatable', collect, [])
  .option('--out <folder>', 'where to write', path.join(packageRoot, 'reports', 'mutants'))
  .option('--seed <n>', 'the seed of everything random', wholeNumber, 1)
  .addOption(new Option('--matrix <kind>', 'only faults that show now and then, all of them').choices(['sporadic']))
  .option('--sample <n>', `so many of these, drawn by the seed (without --matrix: ${sampleOfEveryRun})`, wholeNumber)
  .option('--lanes <n>', 'runs side by side', wholeNumber, 2)
  .option('--write-signatures', 'write specs/generated/fault-signatures.json, from a whole run that holds otherwise')
  .addHelpText('after', '\nExit codes: 0 all gates hold, 1 one does not, 2 wrong usage, 130 interrupted')
  .action(async (options: Options) => {
    try {
      // Behind all progress, where whoever looks at the end of a log finds it.
      const ended = await run(options);
      for (const { text } of ended) process.stdout.write(text);
      process.exitCode = Math.max(...ended.map(({ exitCode }) => exitCode));
    } catch (error) {
      if (!(error instanceof ConfigurationError) && !interrupt.signal.aborted) throw error;
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = interrupt.signal.aborted ? 130 : 2;
    }
  });

await program.parseAsync();
