import type { TargetRecording } from '../cassette/cassette.ts';
import type { PlayedCassette } from '../cassette/cassette-io.ts';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import type { Target } from '../target/target.ts';
import type { KeptTranscripts } from './transcript.ts';

/** Everything that the worker needs to know of a run. Plain data: it is cloned into the worker's thread. */
export interface RunPlan {
  readonly targets: readonly Target[];
  /** The ids of the cases to run. */
  readonly cases: readonly string[];
  readonly seed: number;
  /** Requests in flight at most, on each target. */
  readonly concurrency: number;
  readonly repeat: number;
  readonly keepCalls: boolean;
  /** Targets that are tested side by side. */
  readonly targetsAtOnce: number;
  /** Cases under way at once on each target; as many as there are, within reason, when left out. */
  readonly casesAtOnce?: number;
  /** Which cases leave exchanges and notifications in their records: all where nothing is said. */
  readonly transcripts?: KeptTranscripts;
  readonly callbackTls?: { readonly key: string; readonly cert: string };
  /** Record everything that passes between the suites and the targets. */
  readonly record?: boolean;
  /** Play back what was recorded of the targets, by name, in place of talking to them. */
  readonly replay?: PlayedCassette;
}

/** What the worker is launched with. */
export interface WorkerData {
  /** A recording is going to be played. */
  readonly replays: boolean;
}

/** What the main thread tells the worker. */
export type WorkerOrder =
  | { readonly plan: RunPlan }
  /** What is under way is to end at once. */
  | { readonly stop: true };

/** What the worker tells the main thread. */
export type WorkerNews =
  /** A case has ended. */
  | { readonly record: CaseRecord }
  /** A target has, and where it was recorded, what of it. */
  | { readonly targetRecord: TargetRecord; readonly tape: TargetRecording | undefined }
  /** Something went wrong that is not the target's doing. */
  | { readonly problem: string }
  /** Everything has ended. */
  | { readonly ended: true };
