import type { Delivery } from '../target/callback-receiver.ts';
import { type TokenVerdict, verifyCallbackToken } from '../target/callback-token.ts';
import type { Target } from '../target/target.ts';

/** Checks the tokens of deliveries as they come, since a cassette cannot keep them and they expire. */
export class TokenVerdicts {
  readonly #target: Target;
  readonly #verdicts = new Map<string, Promise<TokenVerdict>>();

  constructor(target: Target) {
    this.#target = target;
  }

  /** @returns undefined where the target does not declare such tokens, or the keys are not known */
  of(delivery: Delivery): Promise<TokenVerdict> | undefined {
    const { callback, capabilities } = this.#target;
    if (callback.jwks === undefined || !capabilities.callbackAuth) return undefined;
    const token = delivery.authorization ?? '';
    const known = this.#verdicts.get(token) ?? this.#verify(delivery);
    this.#verdicts.set(token, known);
    return known;
  }

  async #verify(delivery: Delivery): Promise<TokenVerdict> {
    try {
      const problem = await verifyCallbackToken(delivery, this.#target);
      return problem === undefined ? { verdict: 'valid' } : { verdict: 'invalid', reason: problem };
    } catch (error) {
      return { verdict: 'unknown', reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
