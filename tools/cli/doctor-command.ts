import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import type { DoctorOptions } from './doctor.ts';
import { announceInterruption } from './interruption.ts';
import { addTargetOptions } from './target-options.ts';

export function registerDoctor(program: Command, { name, io, signal, exitWith }: CommandContext): void {
  const command = program
    .command('doctor')
    .description('check everything a run needs from a target, with a fix for each problem')
    .addHelpText(
      'after',
      `\nExamples:\n  ${name} doctor --base-url http://localhost:8080/beta --token-env ACME_TOKEN\n  ${name} doctor --target acme.yaml\n\nExit codes: 0 ready to run, 2 wrong usage or configuration, 4 not ready`,
    )
    .action(async (options: DoctorOptions) => {
      announceInterruption(signal, io.stderr, 'deleting calls');
      const { doctor } = await import('./doctor.ts');
      exitWith(await doctor(options, io, signal));
    });
  addTargetOptions(command);
}
