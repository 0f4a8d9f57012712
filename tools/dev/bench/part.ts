/** What each part is given. */
export interface Bench {
  /** Of how many each figure is the median. */
  readonly runs: number;
  /** Where parts may write; what is there may be found again the next time. */
  readonly folder: string;
  /** Tells the user what goes on. */
  readonly say: (text: string) => void;
}
