import type { AnsweredOperation } from './operation-rules.ts';
import type { Trait } from './traits.ts';

/** Mutes of a call that are remembered for what comes after them; more than any case sends. */
const remembered = 200;

/** What the run has sent to one call, and what came of it. */
export class MuteHistory {
  /** What mutes of the call were answered with. */
  readonly operations: AnsweredOperation[] = [];
  readonly #mutes: { readonly sentAt: number; readonly traits: readonly Trait[] }[] = [];
  /** Mutes that were not refused, since the last unmute. */
  #muting = 0;
  #underWay = 0;
  #afterUnmute = false;
  #afterRefusal = false;

  get afterUnmute(): boolean {
    return this.#afterUnmute;
  }

  get afterRefusal(): boolean {
    return this.#afterRefusal;
  }

  /** Whether a mute was sent before that was not refused, and nothing has unmuted the call since. */
  get isMuting(): boolean {
    return this.#muting > 0;
  }

  /** Mutes that are not answered yet. */
  get underWay(): number {
    return this.#underWay;
  }

  muteBegins(): void {
    this.#muting += 1;
    this.#underWay += 1;
  }

  muteEnds(isRefused: boolean): void {
    this.#underWay -= 1;
    if (!isRefused) return;
    this.#muting -= 1;
    this.#afterRefusal = true;
  }

  unmuted(): void {
    this.#muting = 0;
    this.#afterUnmute = true;
  }

  /** A mute with an operation, for what is told of it later. */
  answered(operation: AnsweredOperation): void {
    this.operations.push(operation);
    if (this.operations.length > remembered) this.operations.shift();
  }

  /** The traits of a mute, for the updates that come after it. */
  sent(sentAt: number, traits: readonly Trait[]): void {
    this.#mutes.push({ sentAt, traits });
    if (this.#mutes.length > remembered) this.#mutes.shift();
  }

  /** Whether any mute had been sent by then. */
  wasSentBy(at: number): boolean {
    return this.#mutes.some(({ sentAt }) => sentAt <= at);
  }

  /** The traits of the last mute before then; of none, nothing. */
  traitsBefore(at: number): readonly Trait[] {
    return this.#mutes.findLast(({ sentAt }) => sentAt <= at)?.traits ?? [];
  }
}
