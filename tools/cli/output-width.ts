import type { Output } from './command-io.ts';

/** The columns of an output: those of a terminal, else so many as given for a file or a pipe. */
export function widthOf({ isTTY, columns }: Output, elsewhere: number): number {
  if (isTTY !== true) return elsewhere;
  // A terminal that does not tell its size has none, or 0.
  return columns === undefined || columns === 0 ? 80 : columns;
}
