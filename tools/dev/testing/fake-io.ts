import type { CommandIo, Output } from '../../cli/command-io.ts';

/** The input and output of a command, whose output can be read. */
export interface FakeIo extends CommandIo {
  /** All that was written to standard output so far. */
  printed(): string;
}

/**
 * Input and output for a command under test, with an empty environment but for a locale that has UTF-8.
 * @param stdout what the output is, such as a terminal of so many columns; a pipe when nothing is said
 */
export function fakeIo(
  stdout: Omit<Output, 'write'> = {},
  over: Partial<Pick<CommandIo, 'environment' | 'workingDirectory'>> = {},
): FakeIo {
  let text = '';
  return {
    environment: { LANG: 'C.UTF-8' },
    workingDirectory: process.cwd(),
    ...over,
    stdout: { ...stdout, write: (more) => (text += more) },
    stderr: { write: () => true },
    printed: () => text,
  };
}
