import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { packageVersion } from '../engine/catalogue/package-root.ts';
import { printable } from '../reports/printable.ts';
import { registerCheck } from './check-command.ts';
import type { CommandContext } from './command-context.ts';
import { registerCompare } from './compare-command.ts';
import { registerDoctor } from './doctor-command.ts';
import { registerExplain } from './explain-command.ts';
import { registerInit } from './init-command.ts';
import { registerList } from './list-command.ts';
import { applyEnvironment } from './options.ts';
import { registerMerge } from './merge-command.ts';
import { registerReport } from './report-command.ts';
import { registerRun } from './run-command.ts';
import { registerServe } from './serve-command.ts';
import type { CommandIo } from './command-io.ts';

const name = 'call-mute-conformance';

/** Every command, in the order of --help. Each registers itself, and loads what it needs when it is run. */
const commands: readonly ((program: Command, context: CommandContext) => void)[] = [
  registerRun,
  registerDoctor,
  registerList,
  registerExplain,
  registerCheck,
  registerReport,
  registerCompare,
  registerMerge,
  registerServe,
  registerInit,
];

/** The whole command line with all of its commands; `exitWith` is told the code that a command ends with. */
export function buildProgram(io: CommandIo, signal: AbortSignal, exitWith: (code: number) => void) {
  const { stdout, stderr, environment } = io;
  const program = new Command(name)
    .description('Judges whether a target behaves as Microsoft Graph documents call: mute.')
    .version(packageVersion())
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(printable(text)),
    })
    .hook('preAction', (_program, command) => applyEnvironment(command, environment));
  for (const register of commands) register(program, { name, io, signal, exitWith });
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

/**
 * Makes the command line.
 * @returns what runs it with the given words and resolves to the exit code; it does not throw
 */
export function createProgram(io: CommandIo, signal: AbortSignal): (words: readonly string[]) => Promise<number> {
  let exitCode = 0;
  const program = buildProgram(io, signal, (code) => {
    exitCode = code;
  });
  return async (words) => {
    try {
      await program.parseAsync([...words], { from: 'user' });
      return exitCode;
    } catch (error) {
      const code = explainError(error, words.includes('--verbose'), io);
      if (code !== 0) {
        const { reportProblemToGitHub } = await import('./github.ts');
        reportProblemToGitHub(error instanceof Error ? error.message : String(error), code, io);
      }
      return code;
    }
  };
}

/**
 * Says what is wrong in one paragraph, and finds the exit code. Messages quote what files and targets say: nothing in
 * them may be obeyed by a terminal.
 */
export function explainError(error: unknown, verbose: boolean, { stderr }: Pick<CommandIo, 'stderr'>): number {
  // Commander has printed its own message already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = error instanceof ConfigurationError;
  const message = printable(error instanceof Error ? error.message : String(error));
  stderr.write(known ? `${name}: ${message}\n` : `${name}: internal error, please report it: ${message}\n`);
  if ((verbose || !known) && error instanceof Error) stderr.write(`${printable(error.stack ?? '')}\n`);
  return known ? 2 : 3;
}
