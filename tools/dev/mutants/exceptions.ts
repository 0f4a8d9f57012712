import type { Exceptions } from './matrix-gates.ts';

/** Musts that fewer than two faults can prove, each with its reason. */
export const exceptions: Exceptions = {};
