import type { AnsweredOperation } from './operation-rules.ts';
import type { Trait } from './traits.ts';

/** Mutes of a call that are remembered for what comes after them; more than any case sends. */
const remembered = 200;

interface SentMuteTraits {
  readonly sentAt: number;
  readonly isRefused: boolean;
  readonly traits: readonly Trait[];
  /** Whether an update came since. */
  isAnnounced: boolean;
}

/** What the run has sent to one call, and what came of it. */
export class MuteHistory {
  /** What mutes of the call were answered with. */
  readonly operations: AnsweredOperation[] = [];
  readonly #mutes: SentMuteTraits[] = [];
  /** The ends that notifications told of operations, by their id in small letters. */
  readonly #ends = new Map<string, string>();
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
  sent(sentAt: number, isRefused: boolean, traits: readonly Trait[]): void {
    this.#mutes.push({ sentAt, isRefused, traits, isAnnounced: false });
    if (this.#mutes.length > remembered) this.#mutes.shift();
  }

  /** The traits of the first mute that was sent from then on and not refused. */
  traitsOfMuteAt(at: number): readonly Trait[] {
    return this.#mutes.find(({ sentAt, isRefused }) => sentAt >= at && !isRefused)?.traits ?? [];
  }

  /** Whether any mute had been sent by then. */
  wasSentBy(at: number): boolean {
    return this.#mutes.some(({ sentAt }) => sentAt <= at);
  }

  /**
   * The traits of the mute that an update tells of, as far as can be known: the first since the update before, since
   * it is the first that changes something; else the last before it; of none, nothing.
   * @param at when the update came; updates are to be asked for in that order
   */
  traitsOfUpdateAt(at: number): readonly Trait[] {
    const before = this.#mutes.filter(({ sentAt }) => sentAt <= at);
    const unannounced = before.find(({ isRefused, isAnnounced }) => !isRefused && !isAnnounced);
    const announced = unannounced ?? before.findLast(({ isRefused }) => !isRefused) ?? before.at(-1);
    for (const mute of before) mute.isAnnounced = true;
    return announced?.traits ?? [];
  }

  /** The end that a notification told of an operation, in small letters; undefined where none did. */
  endOf(operationId: string): string | undefined {
    return this.#ends.get(operationId.toLowerCase());
  }

  /** Notes what a notification told of an operation that has ended; the first to tell counts. */
  ended(operationId: string, status: string): void {
    const key = operationId.toLowerCase();
    if (!this.#ends.has(key) && this.#ends.size < remembered) this.#ends.set(key, status.toLowerCase());
  }
}
