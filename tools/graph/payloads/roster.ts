import { isObject } from '../../engine/catalogue/json-value.ts';
import { itemsOf } from './notification-items.ts';
import { typeName } from './notification-kind.ts';

/** Something in a payload, and the JSON pointer to where it stands. */
export interface Placed {
  readonly pointer: string;
  readonly value: unknown;
}

/** A participant of a roster; `entity` is unchecked wire data. */
export interface RosterEntry {
  readonly id: string | undefined;
  readonly isMuted: unknown;
  readonly entity: Record<string, unknown>;
}

/** Whether what a roster update carries is a deltaParticipants, also where its type is missing or wrong (fact 78). */
function isDelta(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const name = typeName(value);
  return name === 'deltaparticipants' || (name !== 'participant' && 'participants' in value);
}

/** One entity or a collection of them: both are on the wire. */
function* carriedBy(data: unknown, pointer: string | undefined): Generator<Placed> {
  if (!Array.isArray(data)) {
    yield { pointer: pointer ?? '', value: data };
    return;
  }
  const values: readonly unknown[] = data;
  // A hundred thousand pointers that nobody reads would take longer than all else.
  for (const [index, value] of values.entries()) {
    yield { pointer: pointer === undefined ? '' : `${pointer}/${index}`, value };
  }
}

/** The deltaParticipants that a roster update carries, one or several, alone or in a collection. */
export function* deltasIn(
  data: unknown,
  pointer = '',
): Generator<Placed & { readonly value: Record<string, unknown> }> {
  for (const { pointer: place, value } of carriedBy(data, pointer)) if (isDelta(value)) yield { pointer: place, value };
}

/**
 * What stands in the place of a participant in the data of a roster update, whatever it is: one entity or a
 * collection, bare or inside deltaParticipants (fact 78). Nothing else in the project looks for participants.
 * @param pointer where the data stands in its payload; left out where nobody wants to know where what is
 */
export function* participantsIn(data: unknown, pointer?: string): Generator<Placed> {
  for (const carried of carriedBy(data, pointer)) {
    if (!isDelta(carried.value)) yield carried;
    else {
      const { participants } = carried.value;
      if (Array.isArray(participants)) {
        yield* carriedBy(participants, pointer === undefined ? undefined : `${carried.pointer}/participants`);
      }
    }
  }
}

/** What a callback body tells by deltaParticipants. */
export interface RosterDeltas {
  /** Whether its rosters come as deltas, and nothing bare beside them. */
  readonly onlyDeltas: boolean;
  /** As they stand in it, unchecked. */
  readonly sequenceNumbers: readonly unknown[];
}

export function rosterDeltas(body: unknown): RosterDeltas {
  const carried = itemsOf(body).flatMap(({ kind, data }) => (kind === 'roster' ? [...carriedBy(data, '')] : []));
  const deltas = carried.flatMap(({ value }) => (isDelta(value) ? [value] : []));
  return {
    onlyDeltas: deltas.length > 0 && deltas.length === carried.length,
    sequenceNumbers: deltas.map(({ sequenceNumber }) => sequenceNumber),
  };
}

/** The participants that a callback body reports. */
export function rosterEntries(body: unknown): RosterEntry[] {
  return itemsOf(body).flatMap(({ kind, data }) => (kind === 'roster' ? entriesIn(data) : []));
}

/** The participants in the data of a roster update, or in the collection that GET …/participants answers. */
export function entriesIn(data: unknown): RosterEntry[] {
  const entries: RosterEntry[] = [];
  for (const { value } of participantsIn(data)) if (isObject(value)) entries.push(asRosterEntry(value));
  return entries;
}

export function asRosterEntry(entity: Record<string, unknown>): RosterEntry {
  const { id, isMuted } = entity;
  return { id: typeof id === 'string' ? id : undefined, isMuted, entity };
}
