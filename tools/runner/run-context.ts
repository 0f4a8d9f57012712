import type { Observation } from '../target/observation.ts';
import type { TargetSession } from '../target/session.ts';
import type { Target } from '../target/target.ts';
import { Expectations } from './expect.ts';

/** What a requirement that is judged over the whole run can look at, and the words for what it expects. */
export interface RunContext extends Expectations {
  readonly target: Target;
  /** Requests sent, and how many of them were reset, torn or left hanging. */
  readonly requests: number;
  readonly unanswered: number;
  readonly unansweredExamples: readonly string[];
  /** Calls whose callback told of a mute before there was one. */
  readonly unsolicited: readonly string[];
  /** Callbacks that came to calls of this run. */
  readonly notifications: number;
}

export function runContext(session: TargetSession, observation: Observation): RunContext {
  const { requests, unanswered } = session.statistics;
  return {
    ...new Expectations(observation),
    target: session.target,
    requests,
    unanswered,
    unansweredExamples: session.unansweredExamples,
    unsolicited: session.unsolicited,
    notifications: session.receiver.received,
  };
}
