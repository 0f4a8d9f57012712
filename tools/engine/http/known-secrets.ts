import { createRedactor, type Redactor } from './redaction.ts';

/** What no report may contain, as far as it is known by now: a token may be fetched in the middle of a run. */
export class KnownSecrets {
  readonly #secrets: Set<string>;
  readonly #openly: readonly string[];
  #current: Redactor;
  /** Takes out all that is known at the moment it is used. */
  readonly redactor: Redactor = {
    text: (value) => this.#current.text(value),
    deep: (value) => this.#current.deep(value),
  };

  /** @param openly what is told anyway */
  constructor(secrets: readonly string[], openly: readonly string[]) {
    this.#secrets = new Set(secrets);
    this.#openly = openly;
    this.#current = createRedactor([...this.#secrets], openly);
  }

  add(secret: string): void {
    if (this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    this.#current = createRedactor([...this.#secrets], this.#openly);
  }
}
