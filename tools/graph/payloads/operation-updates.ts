import { isObject } from '../../engine/catalogue/json-value.ts';
import { itemsOf } from './notification-items.ts';
import { parseResourceUrl } from './resource-url.ts';

/**
 * What a notification says of an operation. The id is that of the resource it names, else of the entity it carries,
 * which may have it in `@odata.id` alone (fact 79).
 */
export interface OperationUpdate {
  readonly changeType: unknown;
  readonly id: string | undefined;
  readonly status: unknown;
  readonly clientContext: unknown;
}

/** The operations that a callback body tells of. */
export function operationUpdates(body: unknown): OperationUpdate[] {
  return itemsOf(body)
    .filter(({ kind }) => kind === 'operation')
    .map(({ changeType, resource, data }) => {
      const members = isObject(data) ? data : {};
      const { id, '@odata.id': url, status, clientContext } = members;
      const own = typeof id === 'string' ? id : operationNamedBy(url);
      return { changeType, id: resource?.operationId ?? own, status, clientContext };
    });
}

/** The id of the operation that a URL names; undefined when it names none. */
export function operationNamedBy(url: unknown): string | undefined {
  return typeof url === 'string' ? parseResourceUrl(url).operationId : undefined;
}

/** Whether an operation has ended: completed or failed, in either of the cases that are on the wire (fact 31). */
export function isTerminal(status: unknown): boolean {
  return typeof status === 'string' && ['completed', 'failed'].includes(status.toLowerCase());
}

/** Whether an operation has not ended and says so: notStarted or running in any case, or null (fact 28). */
export function isPending(status: unknown): boolean {
  return status === null || (typeof status === 'string' && ['notstarted', 'running'].includes(status.toLowerCase()));
}
