import type { Redactor } from '../http/redaction.ts';
import type { Target } from '../target/target.ts';

/**
 * What stands in a cassette where a token stood, and is the token of the replay: so a target that repeated the token
 * still repeats it.
 */
export const placeholders = { token: '[redacted-token]', unprivilegedToken: '[redacted-second-token]' } as const;

/** Wherever something secret stood. */
export const anyRedacted = /\[redacted(?:-token|-second-token)?\]/;

/** The tokens that a run uses: those of the target file, and those that are fetched. */
export class UsedTokens {
  /** Each with what stands for it. */
  readonly #tokens = new Map<string, string>();
  #hasFirst = false;

  constructor({ token, unprivilegedToken }: Pick<Target, 'token' | 'unprivilegedToken'>) {
    if (unprivilegedToken !== undefined) this.#tokens.set(unprivilegedToken, placeholders.unprivilegedToken);
    if (token !== undefined) this.add(token);
  }

  add(token: string): void {
    this.#tokens.set(token, placeholders.token);
    this.#hasFirst = true;
  }

  /** The Authorization header of every request whose case does not send another, as a replay has it. */
  get usualHeader(): string | undefined {
    return this.#hasFirst ? `Bearer ${placeholders.token}` : undefined;
  }

  /** An Authorization header as a replay has it; undefined when it has none of the tokens. */
  inHeader(value: string): string | undefined {
    const placeholder = value.startsWith('Bearer ') ? this.#tokens.get(value.slice('Bearer '.length)) : undefined;
    return placeholder && `Bearer ${placeholder}`;
  }

  /** Takes what is secret out of texts, the tokens so that a replay finds them again. */
  cleaner(redactor: Redactor): (text: string) => string {
    const tokens = [...this.#tokens]
      // Shorter ones a text holds by accident; the redactor leaves them alone, too.
      .filter(([token]) => token.length >= 4)
      .sort(([one], [other]) => other.length - one.length);
    return (text) =>
      redactor.text(tokens.reduce((clean, [token, placeholder]) => clean.replaceAll(token, placeholder), text));
  }
}
