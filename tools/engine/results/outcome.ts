import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type {
  Attempt,
  Exchange,
  NotificationRecord,
  Observed,
  OmittedTranscript,
  RuleFinding,
  Traffic,
} from './results.ts';

/** Why a case says nothing of the promise: design, section 5. Only `capability` counts as missing coverage. */
export type Inapplicability = 'version' | 'capability' | 'condition';

/** How one attempt of a case ended, before its level and the known issues make a verdict of it. */
export type Outcome =
  | { kind: 'satisfied'; observed?: string }
  | { kind: 'violated'; expectation: string; actual: string; hint?: string; promise?: string }
  | { kind: 'not-applicable'; because: Inapplicability; reason: string; needs?: string }
  | { kind: 'could-not-run'; reason: string }
  | { kind: 'indeterminate'; reason: string }
  | { kind: 'harness-error'; reason: string };

/** One way to put a requirement to a target, as the run planned it. */
export interface PlannedCase {
  readonly id: string;
  readonly requirement: RequirementId;
  readonly suite: string;
  readonly title: string;
  readonly path: '/communications' | '/app';
}

/** What the worker that ran a case says of it; it is sent from its thread to the main one, so it is plain data. */
export interface CaseRecord {
  readonly target: string;
  readonly id: string;
  /** Which of the runs that `--repeat` asked for; 0 for the first. */
  readonly repetition: number;
  readonly outcome: Outcome;
  readonly checked: string[];
  readonly firstAttempt?: Attempt;
  readonly durationMs: number;
  readonly exchanges: Exchange[];
  readonly notifications: NotificationRecord[];
  readonly truncated?: boolean;
  /** What the transcript contained, where it is left out because the case held. */
  readonly omitted?: OmittedTranscript;
  /** What the promise came to over the whole run: known when that is over. */
  readonly observed?: Observed;
}

/** Why a target could not be reached or provisioned at all: exit code 4. */
export interface Unreachable {
  readonly request: string;
  readonly problem: string;
  readonly advice: string;
}

/** What the worker says of a target once all of its cases have ended. */
export interface TargetRecord {
  readonly target: string;
  readonly traffic: Traffic;
  readonly notes: string[];
  readonly unreachable?: Unreachable;
  /** What the promises came to that are put to everything that the run sees. */
  readonly findings?: RuleFinding[];
}
