import type { TargetSession } from '../target/session.ts';

/** What a requirement that is judged over the whole run can look at. */
export interface RunContext {
  /** Requests sent, and how many of them were reset, torn or left hanging. */
  readonly requests: number;
  readonly unanswered: number;
  readonly unansweredExamples: readonly string[];
  /** Calls whose callback told of a mute before there was one. */
  readonly unsolicited: readonly string[];
  /** Callbacks that came to calls of this run. */
  readonly notifications: number;
}

export function runContext(session: TargetSession): RunContext {
  const { requests, unanswered } = session.statistics;
  return {
    requests,
    unanswered,
    unansweredExamples: session.unansweredExamples,
    unsolicited: session.unsolicited,
    notifications: session.receiver.received,
  };
}
