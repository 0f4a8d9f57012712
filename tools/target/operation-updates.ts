import { isObject, itemsOf } from './notifications.ts';

/** What a notification says of an operation; the id is that of the resource it names, or of the entity it carries. */
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
      const own = typeof members['id'] === 'string' ? members['id'] : undefined;
      const { status, clientContext } = members;
      return { changeType, id: resource?.operationId ?? own, status, clientContext };
    });
}

/** Whether an operation has ended: completed or failed, in either of the cases that are on the wire (fact 31). */
export function isTerminal(status: unknown): boolean {
  return typeof status === 'string' && ['completed', 'failed'].includes(status.toLowerCase());
}

/** Whether an operation has not ended and says so: notStarted or running in any case, or null (fact 28). */
export function isPending(status: unknown): boolean {
  return status === null || (typeof status === 'string' && ['notstarted', 'running'].includes(status.toLowerCase()));
}
