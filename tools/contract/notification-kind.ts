import { isObject } from './json-value.ts';
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
 * the members of what it carries.
 */
export function notificationKind(item: Record<string, unknown>): NotificationKind {
  const resource = resourceOf(item)?.kind;
  const data: unknown = item['resourceData'];
  const carried = dataKind(Array.isArray(data) ? data[0] : data);
  if (resource === 'participants' || resource === 'participant' || carried === 'roster') return 'roster';
  if (resource === 'operation' || carried === 'operation') return 'operation';
  return resource === 'call' ? 'call' : carried;
}

/** Tells an entity by its type and, where it has none, by members that only one kind has. */
export function dataKind(data: unknown): NotificationKind {
  if (!isObject(data)) return 'unknown';
  const type = data['@odata.type'];
  if (typeof type === 'string') {
    if (/\.participant$/.test(type)) return 'roster';
    if (/operation$/i.test(type)) return 'operation';
    return /\.call$/.test(type) ? 'call' : 'unknown';
  }
  if ('isMuted' in data || 'isInLobby' in data || 'mediaStreams' in data) return 'roster';
  return 'status' in data || 'clientContext' in data ? 'operation' : 'unknown';
}
