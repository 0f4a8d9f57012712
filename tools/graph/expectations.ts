import type { RequirementId } from '../../specs/generated/requirement-ids.ts';
import { type Demand, demandIn, shown, ValueExpectation } from '../engine/cases/expect.ts';
import type { Observation } from '../engine/target/observation.ts';
import { bodyInWords } from './body-words.ts';
import { sameId } from './ids.ts';
import { Answer } from './mute-answer.ts';
import type { Problem } from './payloads/problem.ts';

function listed(values: readonly unknown[]): string {
  return values.length < 2 ? String(values[0]) : `${values.slice(0, -1).join(', ')} or ${String(values.at(-1))}`;
}

class AnswerExpectation {
  readonly #answer: Answer;
  readonly #demand: Demand;

  constructor(answer: Answer, demand: Demand) {
    this.#answer = answer;
    this.#demand = demand;
  }

  get #actual(): string {
    const { status, http } = this.#answer;
    return `${this.#answer.request} was answered ${status} with ${bodyInWords(http.text)}`;
  }

  /** A redirect says nothing of the promise: another place than the one that was asked would answer. */
  get #hint(): string | undefined {
    const { status, http } = this.#answer;
    if (status < 300 || status >= 400) return undefined;
    const to = http.header('location')[0] ?? 'nowhere';
    return `The request is redirected to ${to}, and redirects are not followed, because a client would send its token along: serve the path as it is documented, or let the base URL lead there directly.`;
  }

  /** One of these status codes. */
  toHaveStatus(...statuses: number[]): void {
    this.#demand(statuses.includes(this.#answer.status), `status ${listed(statuses)}`, this.#actual, this.#hint);
  }

  /** A 4xx, but none of those that say something else; or 501, where what is refused may be a feature that is not served. */
  toBeRefused(options: { butNot?: number[]; or501?: boolean } = {}): void {
    const { status } = this.#answer;
    const { butNot = [], or501 = false } = options;
    const but = butNot.length === 0 ? '' : `, but not ${listed(butNot)}`;
    this.#demand(
      (status >= 400 && status < 500 && !butNot.includes(status)) || (or501 && status === 501),
      `a refusal with a 4xx status${but}${or501 ? ', or with 501' : ''}`,
      this.#actual,
      this.#hint,
    );
  }

  /** Any 2xx: which one is a promise of its own. */
  toSucceed(): void {
    const { succeeded } = this.#answer;
    this.#demand(succeeded, 'a success', this.#actual, this.#hint);
  }

  /** What must not be so; a redirect is neither a success nor the opposite of one. */
  get not(): Pick<AnswerExpectation, 'toSucceed'> & {
    toHaveStatus(status: number): void;
    /** @param options whether 501 is spared: it says that a method or feature is not served (fact 70) */
    toBeServerError(options?: { but501?: boolean }): void;
  } {
    const { status } = this.#answer;
    return {
      toHaveStatus: (unwanted) => this.#demand(status !== unwanted, `a status other than ${unwanted}`, this.#actual),
      toSucceed: () => this.#demand(status >= 400, 'a response other than a success', this.#actual, this.#hint),
      toBeServerError: ({ but501 = false } = {}) =>
        this.#demand(
          status < 500 || (but501 && status === 501),
          `no 5xx${but501 ? ' but 501' : ''} for a mistake of the client`,
          this.#actual,
        ),
    };
  }

  /** @param expectation what should have come, as a phrase that follows “expected” */
  toBeJson(expectation: string): void {
    const { jsonProblem } = this.#answer;
    this.#demand(jsonProblem === undefined, expectation, `${jsonProblem}; ${this.#actual}`);
  }

  toEchoClientContext(sent: string): void {
    const { clientContext } = this.#answer.members;
    this.#demand(
      clientContext === sent,
      `clientContext ${shown(sent)}, as it was sent`,
      `clientContext is ${shown(clientContext)}`,
    );
  }
}

/** What must hold of a value that may be an id. */
class IdExpectation extends ValueExpectation {
  /** The same id, compared as GUIDs where they are GUIDs (fact 33). */
  toBeSameId(expected: string, hint?: string): void {
    const holds = typeof this.value === 'string' && sameId(this.value, expected);
    this.demand(
      holds,
      `${this.name} to be ${expected}`,
      this.value === undefined ? 'there is none' : `it is ${shown(this.value)}`,
      hint,
    );
  }
}

/** The problems that judging a payload found, of which only those with one requirement count. */
class ProblemsExpectation {
  readonly #problems: readonly Problem[];
  readonly #demand: Demand;

  constructor(problems: readonly Problem[], demand: Demand) {
    this.#problems = problems;
    this.#demand = demand;
  }

  toSatisfy(requirement: RequirementId, expectation: string): void {
    const own = this.#problems
      .filter((problem) => problem.requirement === requirement)
      .map(({ pointer, expected, message }) => ({ place: `at ${pointer || 'the root'}`, expected, message }));
    const [first, second] = own;
    this.#demand(
      first === undefined,
      first === undefined || second !== undefined ? expectation : `${expectation}: ${first.place}, ${first.expected}`,
      own.map(({ place, message }) => `${place}: ${message}`).join('; '),
    );
  }
}

/** What must hold of an answer, of the problems found in a payload, or of any value, which then has a name. */
export interface Expect {
  (subject: Answer): AnswerExpectation;
  (subject: readonly Problem[]): ProblemsExpectation;
  (subject: unknown, name: string): IdExpectation;
}

/** The words in which a case says what must hold; what held is noted in its observation. */
export class Expectations {
  readonly demand: Demand;
  /** Says what was seen, where there is nothing to expect. */
  readonly note: (observed: string) => void;
  readonly expect: Expect;

  constructor(observation: Observation) {
    const demand = demandIn(observation);
    this.demand = demand;
    this.note = (observed) => {
      observation.observed = observed;
    };
    this.expect = ((subject: unknown, name?: string) => {
      if (subject instanceof Answer) return new AnswerExpectation(subject, demand);
      if (name !== undefined) return new IdExpectation(subject, name, demand);
      return new ProblemsExpectation(subject as readonly Problem[], demand);
    }) as Expect;
  }
}
