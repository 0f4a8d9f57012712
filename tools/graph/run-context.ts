import type { Observation } from '../engine/target/observation.ts';
import type { CallSession } from './calls/call-session.ts';
import type { Target } from '../engine/target/target.ts';
import { Expectations } from './expectations.ts';

/** What a requirement that is judged over the whole run can look at, and the words for what it expects. */
export interface RunContext extends Expectations {
  readonly target: Target;
  /** Requests sent, and how many of them were answered whole. */
  readonly requests: number;
  readonly answered: number;
  /** How many of them were reset, torn or left hanging. */
  readonly unanswered: number;
  /** How many of them no connection could be made for. */
  readonly unconnected: number;
  /** Of both. */
  readonly unansweredExamples: readonly string[];
  /** Why the target could not be reached or provisioned at all, if it could not. */
  readonly unreachable: string | undefined;
  /** Why nothing more was asked of the target when it had left too much unanswered, if it had. */
  readonly givenUp: string | undefined;
  /** Calls whose callback told of a mute before there was one. */
  readonly unsolicited: readonly string[];
  /** Valid mutes that were answered 200, and those of these answers whose body is not JSON, in words. */
  readonly successes: number;
  readonly notJson: readonly string[];
  /** Calls made for this run to whose callback anything came. */
  readonly callsHeard: number;
  /** Those of them whose own participant some update reported. */
  readonly callsReported: number;
}

export function runContext(session: CallSession, observation: Observation): RunContext {
  const { requests, answered, unanswered, unconnected, givenUp } = session.statistics;
  return {
    ...new Expectations(observation),
    target: session.target,
    requests,
    answered,
    unanswered,
    unconnected,
    unansweredExamples: session.unansweredExamples,
    unreachable: session.whyUnreachable,
    givenUp,
    unsolicited: session.unsolicited,
    successes: session.successes,
    notJson: session.notJson,
    callsHeard: session.callsHeard,
    callsReported: session.callsReported,
  };
}
