import type { Delivery } from './callback-receiver.ts';
import { type TokenVerdict, verifyCallbackToken } from './callback-token.ts';
import type { Target } from '../target/target.ts';

/** Whether a target declares that its callbacks carry tokens, and says how to check them. */
export function checksTokens({ callback, capabilities }: Target): boolean {
  return callback.jwks !== undefined && capabilities.callbackAuth;
}

/** Different tokens that are checked at most: each takes a signature, and a flood may have one in each delivery. */
const mostTokens = 2_000;

/** Checks the tokens of deliveries by the time at which they came, each token once. */
export class TokenVerdicts {
  readonly #target: Target;
  readonly #verdicts = new Map<string, Promise<TokenVerdict>>();

  constructor(target: Target) {
    this.#target = target;
  }

  /**
   * @param ageMs how long ago it came
   * @returns undefined where they are not checked
   */
  of(delivery: Delivery, ageMs = 0): Promise<TokenVerdict> | undefined {
    if (!checksTokens(this.#target)) return undefined;
    const token = delivery.authorization ?? '';
    const known = this.#verdicts.get(token);
    if (known !== undefined) return known;
    if (this.#verdicts.size >= mostTokens) return undefined;
    const verdict = this.#verify(delivery, ageMs);
    this.#verdicts.set(token, verdict);
    return verdict;
  }

  async #verify(delivery: Delivery, ageMs: number): Promise<TokenVerdict> {
    try {
      const problem = await verifyCallbackToken(delivery, this.#target, ageMs);
      return problem === undefined ? { verdict: 'valid' } : { verdict: 'invalid', reason: problem };
    } catch (error) {
      return { verdict: 'unknown', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
