import { sameId } from '../ids.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import { type NotificationKind, notificationKind, resourceOf } from './notification-kind.ts';
import type { ResourceUrl } from './resource-url.ts';

/** A notification as far as it can be told what it is about; everything in it is still unchecked wire data. */
export interface NotificationItem {
  readonly kind: NotificationKind;
  readonly changeType: unknown;
  readonly resource: ResourceUrl | undefined;
  readonly data: unknown;
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
  return value.filter(isObject).map((item) => ({
    kind: notificationKind(item),
    changeType: item['changeType'],
    resource: resourceOf(item),
    data: item['resourceData'],
  }));
}

/** Whether a notification is about that call: one that names no call came to the call's callback, so it is. */
export function concerns(resource: ResourceUrl | undefined, callId: string): boolean {
  return resource?.callId === undefined || sameId(resource.callId, callId);
}

/** What the roster items of a callback body name as their resource. */
export function rosterResources(body: unknown): ResourceUrl[] {
  return itemsOf(body).flatMap(({ kind, resource }) => (kind === 'roster' && resource !== undefined ? [resource] : []));
}

/** What a callback body is about, by its first telling item. */
export function kindOfBody(body: unknown): NotificationKind {
  const kinds = itemsOf(body).map(({ kind }) => kind);
  return kinds.find((kind) => kind !== 'unknown') ?? 'unknown';
}

/** Whether something in a callback body is about that; notifications of several kinds may come in one body. */
export function hasItemOf(body: unknown, kind: NotificationKind): boolean {
  return itemsOf(body).some((item) => item.kind === kind);
}
