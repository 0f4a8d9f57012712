import type { Delivery } from '../callback/callback-receiver.ts';
import { type TokenVerdict, verifyCallbackToken } from '../callback/callback-token.ts';
import type { Target } from '../target/target.ts';

/** Whether a target declares that its callbacks carry tokens, and says how to check them. */
export function checksTokens({ callback, capabilities }: Target): boolean {
  return callback.jwks !== undefined && capabilities.callbackAuth;
}

/** Checks the tokens of deliveries as they come, since a cassette cannot keep them and they expire. */
export class TokenVerdicts {
  readonly #target: Target;
  readonly #verdicts = new Map<string, Promise<TokenVerdict>>();

  constructor(target: Target) {
    this.#target = target;
  }

  /** @returns undefined where they are not checked */
  of(delivery: Delivery): Promise<TokenVerdict> | undefined {
    if (!checksTokens(this.#target)) return undefined;
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
