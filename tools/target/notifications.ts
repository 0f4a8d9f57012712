import { parseResourceUrl, type ResourceUrl } from '../contract/resource-url.ts';
import { sameId } from '../contract/ids.ts';

/** A notification as far as it can be told what it is about; everything in it is still unchecked wire data. */
export interface NotificationItem {
  readonly kind: 'roster' | 'operation' | 'call' | 'unknown';
  readonly changeType: unknown;
  readonly resource: ResourceUrl | undefined;
  readonly data: unknown;
}

/** A participant of a roster update; `entity` is unchecked wire data. */
export interface RosterEntry {
  readonly id: string | undefined;
  readonly isMuted: unknown;
  readonly entity: Record<string, unknown>;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The type name without namespace and `#`: both forms are on the wire (fact 76). */
function typeName(value: unknown): string {
  const first = Array.isArray(value) ? value[0] : value;
  const type = isObject(first) ? first['@odata.type'] : undefined;
  return typeof type === 'string' ? type.slice(type.lastIndexOf('.') + 1) : '';
}

function kindOf(resource: ResourceUrl | undefined, data: unknown): NotificationItem['kind'] {
  const type = typeName(data);
  // What is wrong in one place must not hide the update from the cases that look at another.
  if (resource?.kind === 'participants' || type === 'participant') return 'roster';
  if (resource?.kind === 'operation' || type.endsWith('Operation')) return 'operation';
  if (resource?.kind === 'call' || type === 'call') return 'call';
  return 'unknown';
}

/** By body: each is asked a dozen times what it is about. */
const itemsByBody = new WeakMap<object, readonly NotificationItem[]>();

/** The notifications in a callback body; none when it has no `value` collection of objects. */
export function itemsOf(body: unknown): readonly NotificationItem[] {
  if (!isObject(body)) return [];
  const known = itemsByBody.get(body);
  if (known !== undefined) return known;
  const items = readItems(body['value']);
  itemsByBody.set(body, items);
  return items;
}

function readItems(value: unknown): NotificationItem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isObject).map((item) => {
    // Real messages of 2019 have `resource` alone (fact 38).
    const named = typeof item['resourceUrl'] === 'string' ? item['resourceUrl'] : item['resource'];
    const resource = typeof named === 'string' ? parseResourceUrl(named) : undefined;
    const data = item['resourceData'];
    return { kind: kindOf(resource, data), changeType: item['changeType'], resource, data };
  });
}

/** What the roster items of a callback body name as their resource. */
export function rosterResources(body: unknown): ResourceUrl[] {
  return itemsOf(body).flatMap(({ kind, resource }) => (kind === 'roster' && resource !== undefined ? [resource] : []));
}

/** What a callback body is about, by its first telling item. */
export function kindOfBody(body: unknown): NotificationItem['kind'] {
  const kinds = itemsOf(body).map(({ kind }) => kind);
  return kinds.find((kind) => kind !== 'unknown') ?? 'unknown';
}

/** Whether something in a callback body is about that; notifications of several kinds may come in one body. */
export function tellsOf(body: unknown, kind: NotificationItem['kind']): boolean {
  return itemsOf(body).some((item) => item.kind === kind);
}

/** The participants that a callback body reports: a roster may be one entity or a collection (design, section 4). */
export function rosterEntries(body: unknown): RosterEntry[] {
  return itemsOf(body)
    .filter(({ kind }) => kind === 'roster')
    .flatMap(({ data }) => (Array.isArray(data) ? data : [data]))
    .filter(isObject)
    .map(asRosterEntry);
}

export function asRosterEntry(entity: Record<string, unknown>): RosterEntry {
  const { id, isMuted } = entity;
  return { id: typeof id === 'string' ? id : undefined, isMuted, entity };
}

/** The application id of a participant's identity, where it has one (facts 45, 46). */
export function applicationIdOf({ entity }: RosterEntry): string | undefined {
  const info = entity['info'];
  const identity = isObject(info) ? info['identity'] : undefined;
  const application = isObject(identity) ? identity['application'] : undefined;
  return isObject(application) && typeof application['id'] === 'string' ? application['id'] : undefined;
}

/** What a call says of itself in a notification or an answer; unchecked wire data beside what is read here. */
export function callMembers(data: unknown): { state?: string; myParticipantId?: string } {
  if (!isObject(data)) return {};
  const { state, myParticipantId } = data;
  return {
    ...(typeof state === 'string' && { state }),
    ...(typeof myParticipantId === 'string' && myParticipantId !== '' && { myParticipantId }),
  };
}

/** Whether a state says that the call is over, or about to be (fact 60). */
export function hasEnded(state: string | undefined): boolean {
  return state !== undefined && ['terminating', 'terminated'].includes(state.toLowerCase());
}

/**
 * The application's own participant in a roster: by the id that the call names (fact 45), else by the id of the
 * application, else the only one that is an application.
 * @returns undefined when the roster does not have it, or it cannot be told
 */
export function ownEntry(
  entries: readonly RosterEntry[],
  own: { participantId: string | undefined; applicationId: string | undefined },
): RosterEntry | undefined {
  const { participantId, applicationId } = own;
  if (participantId !== undefined) return entries.find(({ id }) => id !== undefined && sameId(id, participantId));
  const applications = entries.filter((entry) => applicationIdOf(entry) !== undefined);
  if (applicationId !== undefined) {
    return applications.find((entry) => sameId(applicationIdOf(entry) ?? '', applicationId));
  }
  return applications.length === 1 ? applications[0] : undefined;
}
