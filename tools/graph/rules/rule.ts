import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import { type Demand, ExpectationFailure } from '../../engine/cases/expect.ts';
import { CouldNotRun, NotApplicable } from '../../engine/target/could-not-run.ts';
import { type Expect, Expectations } from '../expectations.ts';

/** The words in which a rule says what must hold: those of any case. */
export interface Words {
  readonly expect: Expect;
  readonly demand: Demand;
}

/** A promise about one thing that can be seen, whoever asked for it. */
export interface Rule<Seen> {
  readonly requirement: RequirementId;
  /** The slug of the case that a violation belongs to, where it is not the first of the requirement. */
  readonly caseOf?: (seen: Seen) => string | undefined;
  /**
   * Says what must hold of what was seen, and of nothing else: no request, no clock, no memory.
   * @throws ExpectationFailure when it does not hold; CouldNotRun or NotApplicable when the promise does not speak of it
   */
  readonly judge: (seen: Seen, words: Words) => void;
}

/** What a rule finds in one thing that it speaks of. */
export type RuleResult =
  | { readonly holds: true; readonly checked: readonly string[] }
  | { readonly holds: false; readonly expectation: string; readonly actual: string; readonly hint?: string };

/** @returns undefined where the promise does not speak of what was seen */
export function findingOf<Seen>(rule: Rule<Seen>, seen: Seen): RuleResult | undefined {
  const checked: string[] = [];
  try {
    rule.judge(seen, new Expectations({ checked }));
    return { holds: true, checked };
  } catch (error) {
    if (error instanceof CouldNotRun || error instanceof NotApplicable) return undefined;
    if (!(error instanceof ExpectationFailure)) throw error;
    const { expectation, actual, hint } = error;
    return { holds: false, expectation, actual, ...(hint !== undefined && { hint }) };
  }
}

/** What a promise about something particular says of anything else. */
export function doesNotSpeakOf(what: string): NotApplicable {
  return new NotApplicable('condition', what);
}
