import type { Delivery } from '../../engine/callback/delivery.ts';
import { rosterEntriesOf } from '../payloads/delivery-readings.ts';
import { kindOfBody, hasItemOf } from '../payloads/notification-items.ts';
import { type OwnClues, ownEntry } from '../payloads/own-participant.ts';
import type { RosterEntry } from '../payloads/roster.ts';

/** What deliveries to a callback say of who is in a call: of the application's own participant, and of the others. */
export class RosterView {
  readonly #deliveries: readonly Delivery[];
  readonly #own: OwnClues;

  /** @param own by what the own participant can be told from the others */
  constructor(deliveries: readonly Delivery[], own: OwnClues) {
    this.#deliveries = deliveries;
    this.#own = own;
  }

  /** What came from then on. */
  since(at: number): RosterView {
    return new RosterView(
      this.#deliveries.filter(({ receivedAt }) => receivedAt >= at),
      this.#own,
    );
  }

  /**
   * What is, or may be meant as, a roster update: a body that nobody can read is not told from one, so that the cases
   * on method, media type and JSON have something to look at.
   */
  get updates(): Delivery[] {
    return this.#deliveries.filter(isRosterUpdate);
  }

  /** The own participant as a delivery reports it, if it does. */
  ownIn(delivery: Delivery): RosterEntry | undefined {
    return ownEntry(rosterEntriesOf(delivery), this.#own);
  }

  /** Whether a delivery reports the own participant muted (or, with false, not muted). */
  reportsOwn(delivery: Delivery, isMuted: boolean): boolean {
    return this.ownIn(delivery)?.isMuted === isMuted;
  }

  /** Whether the own participant was reported so by any delivery, or by one before this one. */
  wasReported(isMuted: boolean, before?: Delivery): boolean {
    const earlier =
      before === undefined ? this.#deliveries : this.#deliveries.slice(0, this.#deliveries.indexOf(before));
    return earlier.some((delivery) => this.reportsOwn(delivery, isMuted));
  }

  /** The own participant as the last delivery that has it reports it. */
  get lastOwn(): RosterEntry | undefined {
    const last = this.#deliveries.findLast((delivery) => this.ownIn(delivery) !== undefined);
    return last && this.ownIn(last);
  }

  /** How the own participant is reported, and when, in the order in which it came. */
  get ownReports(): { readonly receivedAt: number; readonly isMuted: unknown }[] {
    return this.#deliveries.flatMap((delivery) => {
      const own = this.ownIn(delivery);
      return own === undefined ? [] : [{ receivedAt: delivery.receivedAt, isMuted: own.isMuted }];
    });
  }

  /** False when there are updates, and none of them has an own participant that anybody could tell from the others. */
  get ownIdentifiable(): boolean {
    if (this.#own.participantId !== undefined) return true;
    const { updates } = this;
    return updates.length === 0 || updates.some((update) => this.ownIn(update) !== undefined);
  }

  /** Everybody who was reported, in the order in which it came. */
  get entries(): RosterEntry[] {
    return this.#deliveries.flatMap(rosterEntriesOf);
  }
}

/** Whether a delivery is, or may be meant as, a roster update. */
export function isRosterUpdate({ json }: Delivery): boolean {
  return hasItemOf(json, 'roster') || kindOfBody(json) === 'unknown';
}
