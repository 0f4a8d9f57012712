import type { JunitSchema } from '../../reports/junit.ts';
import type { TargetFlags, TargetSource } from '../../engine/target/resolve.ts';

/** What the options of `run` say, as commander hands them over: durations and paths are still text. */
export interface RunOptions extends TargetFlags {
  readonly target?: readonly TargetSource[];
  readonly wait?: string;
  readonly suite?: readonly string[];
  readonly case?: readonly string[];
  readonly requirement?: readonly string[];
  readonly rerun?: string;
  readonly shard?: string;
  readonly requirementSet?: string;
  readonly knownIssues?: string;
  readonly updateKnownIssues?: boolean;
  readonly ratchet?: string;
  readonly updateRatchet?: boolean;
  readonly baseline?: readonly string[];
  readonly strict?: boolean;
  readonly reportDir?: string;
  readonly formats?: readonly string[];
  readonly transcripts?: string;
  readonly attach?: boolean;
  readonly junitSchema?: JunitSchema;
  readonly concurrency?: number;
  readonly runTimeout?: string;
  readonly seed?: number;
  readonly repeat?: number;
  readonly bail?: boolean;
  readonly keepCalls?: boolean;
  readonly fault?: string;
  readonly rate?: number;
  readonly when?: string;
  readonly variant?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly json?: boolean;
  readonly record?: string;
  readonly replay?: string;
}
