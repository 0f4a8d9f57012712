import type { CommandIo } from './command-io.ts';

/** What the program gives to each of its commands. */
export interface CommandContext {
  /** The name of the program, for examples. */
  readonly name: string;
  readonly io: CommandIo;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Says with which code the process ends; 0 unless a command says otherwise. */
  exitWith(exitCode: number): void;
}
