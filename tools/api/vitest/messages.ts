import type { Attempt, CaseResult } from '../../engine/results/results.ts';
import type { RunConfig } from '../run/config.ts';

/** The row of a case in results.json, without what was sent and received. */
export type CaseRow = Omit<CaseResult, 'exchanges' | 'notifications' | 'omitted' | 'truncated' | 'firstAttempt'> & {
  readonly firstAttempt?: Omit<Attempt, 'exchanges'>;
};

/** What has become of a case on a target. */
export interface ReportedCase {
  readonly target: string;
  readonly row: CaseRow;
  /** The request that the verdict is most likely about, as a curl line. */
  readonly curl?: string;
}

/** How the run on a target ended. */
export interface ReportedEnd {
  readonly target: string;
  readonly exitCode: number;
  readonly exitReasons: readonly string[];
}

/** What the process of a run is told: first what to run, and perhaps later to end early. */
export type RunOrder =
  | {
      readonly config: RunConfig;
      /** Whether each target has a folder of its own in the report folder. */
      readonly hasSeveralTargets: boolean;
    }
  | { readonly stop: true };

/** What the process of a run tells: the cases as they end, then the end, or why there was no run. */
export type RunNews =
  | { readonly reported: ReportedCase }
  | { readonly ends: readonly ReportedEnd[] }
  | { readonly problem: { readonly name: string; readonly message: string } };
