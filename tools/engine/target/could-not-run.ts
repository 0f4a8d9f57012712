import type { Inapplicability } from '../results/outcome.ts';

/** A fixture or a control failed: nothing can be said of the promise. The message says what to provide. */
export class CouldNotRun extends Error {
  override readonly name = 'CouldNotRun';
}

/** A replay has no recording of a request: the recorded run came no further there. */
export class NotRecorded extends CouldNotRun {}

/** How the reasons of cases begin whose own request, or whose control, did not succeed. */
export const failedPremise = {
  request: 'what this case checks did not happen',
  control: 'the control failed',
} as const;

/** Whether a case could not be judged because a request did not succeed that had to. */
export function isFailedPremise(reason: string): boolean {
  return Object.values(failedPremise).some((words) => reason.includes(words));
}

/** How the reason begins why nothing more was sent to a target that left too many requests without an answer. */
export const givenUp = 'the target was given up';
/** What such requests came to, in the words of whoever sent them. */
export const noAnswer = 'there was no answer within';

/** Too much got no HTTP answer: nobody knows whether the target keeps the promise. */
export class Indeterminate extends Error {
  override readonly name = 'Indeterminate';
}

/** No call could be made: what happened, and the one thing to try first. */
export class NoCall extends CouldNotRun {
  readonly problem: string;
  readonly advice: string;

  constructor(problem: string, advice: string) {
    super(`${problem}. ${advice}`);
    this.problem = problem;
    this.advice = advice;
  }
}

/** The promise does not apply here: the target declares no such capability, or the condition did not arise. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
  readonly because: Inapplicability;
  /** What the target file would have to declare or give for it to apply, by its name there. */
  readonly needs: string | undefined;

  constructor(because: Inapplicability, reason: string, needs?: string) {
    super(reason);
    this.because = because;
    this.needs = needs;
  }
}

/** The run was interrupted while the case was under way. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
