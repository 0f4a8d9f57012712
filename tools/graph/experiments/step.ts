import type { CallScope } from '../calls/call-scope.ts';

type Tried<Value> = { readonly value: Value } | { readonly error: unknown };

/** One step of an experiment, when it is over: what it has shown, or how it failed. */
export class Step<Value> {
  readonly #outcome: Tried<Value>;
  /** The expectations that held in it. */
  readonly checked: readonly string[];
  /** How many requests of the experiment had been sent by then. */
  readonly sent: number;
  /** In milliseconds of the session's clock. */
  readonly endedAt: number;

  constructor(outcome: Tried<Value>, { checked, sent, endedAt }: Pick<Step<Value>, 'checked' | 'sent' | 'endedAt'>) {
    this.#outcome = outcome;
    this.checked = checked;
    this.sent = sent;
    this.endedAt = endedAt;
  }

  /** @throws whatever the step has thrown, so that a step that builds on it, and a case, ends in the same way */
  result(): Value {
    if ('error' in this.#outcome) throw this.#outcome.error;
    return this.#outcome.value;
  }
}

/** Takes one step after another of an experiment; one that fails keeps only those from going well that build on it. */
export type TakeStep = <Value>(take: () => Value | Promise<Value>) => Promise<Step<Value>>;

/** Takes the steps of one experiment. */
export function stepsOf(scope: CallScope): TakeStep {
  return async <Value>(take: () => Value | Promise<Value>) => {
    const { checked } = scope.observation;
    const before = checked.length;
    const outcome = await tried(take);
    const { sent, session } = scope;
    return new Step(outcome, { checked: checked.splice(before), sent, endedAt: session.clock.now() });
  };
}

async function tried<Value>(take: () => Value | Promise<Value>): Promise<Tried<Value>> {
  try {
    return { value: await take() };
  } catch (error) {
    return { error };
  }
}
