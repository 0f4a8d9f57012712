import type { Observed } from '../results/results.ts';

/** What an attempt of a case has looked at: the expectations that held, in their order. */
export interface Observation {
  readonly checked: string[];
  /** What is worth telling of a case that holds, e.g. what a may turned out to be. */
  observed?: string;
  /** Where the case was judged by what others had shown: how much of that there was. */
  counts?: Observed;
}
