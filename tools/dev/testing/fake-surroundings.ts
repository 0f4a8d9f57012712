import type { CommandIo, Output } from '../../cli/command-io.ts';

/** Surroundings whose output can be read. */
export interface FakeSurroundings extends CommandIo {
  /** All that was written to standard output so far. */
  printed(): string;
}

/**
 * Surroundings for a command under test, with an empty environment but for a locale that has UTF-8.
 * @param stdout what the output is, such as a terminal of so many columns; a pipe when nothing is said
 */
export function fakeSurroundings(
  stdout: Omit<Output, 'write'> = {},
  over: Partial<Pick<CommandIo, 'environment' | 'workingDirectory'>> = {},
): FakeSurroundings {
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
