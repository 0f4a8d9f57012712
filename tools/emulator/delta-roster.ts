import type { JsonObject } from '../engine/catalogue/json-value.ts';

/** What a callback was told of a roster, so that it is told only of what changed since (fact 78). */
export class DeltaRoster {
  #told = new Map<unknown, JsonObject>();
  #sequenceNumber = 0;

  /**
   * The next update.
   * @param roster all participants as they are now
   * @returns deltaParticipants, or undefined when nothing has changed
   */
  next(roster: readonly JsonObject[]): JsonObject | undefined {
    const present = new Map(roster.map((participant) => [participant.id, participant]));
    const changed = roster.filter(
      (participant) => JSON.stringify(participant) !== JSON.stringify(this.#told.get(participant.id)),
    );
    const removed = [...this.#told.values()].filter(({ id }) => !present.has(id)).map(asRemoved);
    this.#told = present;
    if (changed.length + removed.length === 0) return undefined;
    this.#sequenceNumber += 1;
    return {
      '@odata.type': '#microsoft.graph.deltaParticipants',
      participants: [...changed, ...removed],
      sequenceNumber: this.#sequenceNumber,
    };
  }
}

function asRemoved(participant: JsonObject): JsonObject {
  return { ...participant, removedState: { '@odata.type': '#microsoft.graph.removedState', reason: 'Removed' } };
}
