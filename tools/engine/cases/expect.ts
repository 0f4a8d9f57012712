import { cutText } from '../catalogue/cut-text.ts';
import type { Observation } from '../target/observation.ts';

/** A promise does not hold: what was expected, and what was there instead. */
export class ExpectationFailure extends Error {
  override readonly name = 'ExpectationFailure';
  readonly expectation: string;
  readonly actual: string;
  readonly hint: string | undefined;
  /** The requirement that does not hold, where that is not the case's own. */
  readonly promise: string | undefined;

  constructor(expectation: string, actual: string, hint?: string, promise?: string) {
    super(`expected ${expectation}, but ${actual}`);
    this.expectation = expectation;
    this.actual = actual;
    this.hint = hint;
    this.promise = promise;
  }
}

/**
 * The one place where every expectation ends.
 * @param holds whether it is so
 * @param expectation what should be, as a phrase that follows “expected”
 * @param actual what is instead
 * @param hint what to look at
 * @throws ExpectationFailure when it is not so
 */
export type Demand = (holds: boolean, expectation: string, actual: string, hint?: string) => void;

/** What notes in an observation that expectations hold. */
export function demandIn({ checked }: Observation): Demand {
  return (holds, expectation, actual, hint) => {
    if (!holds) throw new ExpectationFailure(expectation, actual, hint);
    // A property puts the same expectation hundreds of times.
    if (checked.at(-1) !== expectation && checked.length < 50) checked.push(expectation);
  };
}

/** A value as it is shown in a message: JSON, cut where it gets long. */
export function shown(value: unknown, most = 400): string {
  if (typeof value === 'string' && value.length > most) {
    // Only what is shown is written as JSON: the rest may be megabytes.
    return `${cutText(JSON.stringify(cutText(value, most)), most)}… (${value.length} characters)`;
  }
  const text = JSON.stringify(value) ?? String(value);
  return text.length > most ? `${cutText(text, most)}… (${text.length} characters)` : text;
}

/** What must hold of a value. */
export class ValueExpectation {
  protected readonly value: unknown;
  protected readonly name: string;
  protected readonly demand: Demand;

  constructor(value: unknown, name: string, demand: Demand) {
    this.value = value;
    this.name = name;
    this.demand = demand;
  }

  toBe(expected: unknown, hint?: string): void {
    this.demand(
      Object.is(this.value, expected),
      `${this.name} to be ${shown(expected)}`,
      `it is ${shown(this.value)}`,
      hint,
    );
  }

  toBePresent(hint?: string): void {
    const holds = typeof this.value === 'string' && this.value.trim() !== '';
    this.demand(
      holds,
      `${this.name} to be there and not empty`,
      this.value === undefined ? 'there is none' : `it is ${shown(this.value)}`,
      hint,
    );
  }

  toMatch(pattern: RegExp, expectation: string, hint?: string): void {
    const holds = typeof this.value === 'string' && pattern.test(this.value);
    this.demand(
      holds,
      `${this.name} ${expectation}`,
      this.value === undefined ? 'there is none' : `it is ${shown(this.value)}`,
      hint,
    );
  }
}
