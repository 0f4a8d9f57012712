import { isObject } from '../../engine/catalogue/json-value.ts';
import { parseResourceUrl, type ResourceUrl } from './resource-url.ts';

/** What a notification is about. */
export type NotificationKind = 'roster' | 'operation' | 'call' | 'unknown';

/** The resource that a commsNotification names; in traffic of 2019 `resource` stands alone (fact 38). */
export function resourceOf(item: Record<string, unknown>): ResourceUrl | undefined {
  const { resourceUrl, resource } = item;
  const named = typeof resourceUrl === 'string' ? resourceUrl : resource;
  return typeof named === 'string' ? parseResourceUrl(named) : undefined;
}

/**
 * Tells what a commsNotification is about by its URL or, so that a wrong URL cannot hide it, by the type or at last
 * the members of what it carries. Nothing else in the project decides that.
 */
export function notificationKind(item: Record<string, unknown>): NotificationKind {
  const resource = resourceOf(item)?.kind;
  const carried = carriedKind(item['resourceData']);
  if (resource === 'participants' || resource === 'participant' || carried === 'roster') return 'roster';
  if (resource === 'operation' || carried === 'operation') return 'operation';
  return resource === 'call' ? 'call' : carried;
}

/** Tells what an entity, or the first of a collection that can be told, is. */
export function carriedKind(data: unknown): NotificationKind {
  if (!Array.isArray(data)) return dataKind(data);
  const entities: readonly unknown[] = data;
  const telling = entities.find((entity) => dataKind(entity) !== 'unknown');
  return dataKind(telling);
}

/** Tells an entity by its type and, where it has none, by members that only one kind has. */
export function dataKind(data: unknown): NotificationKind {
  if (!isObject(data)) return 'unknown';
  if (typeof data['@odata.type'] === 'string') return kindOfType(typeName(data));
  if ('isMuted' in data || 'isInLobby' in data || 'mediaStreams' in data) return 'roster';
  if ('status' in data || 'clientContext' in data) return 'operation';
  return 'participants' in data && 'sequenceNumber' in data ? 'roster' : 'unknown';
}

function kindOfType(name: string): NotificationKind {
  if (name === 'participant' || name === 'deltaparticipants') return 'roster';
  if (name.endsWith('operation')) return 'operation';
  return name === 'call' ? 'call' : 'unknown';
}

/**
 * The name of an entity's type in lower case, without namespace and `#`: it is on the wire with and without (fact 76),
 * and what is wrong with its form is for the judges to say.
 */
export function typeName({ '@odata.type': type }: Record<string, unknown>): string {
  return typeof type === 'string' ? type.replace(/^.*[.#]/s, '').toLowerCase() : '';
}
