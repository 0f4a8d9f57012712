import type { Decision, Fault } from '../deviation.ts';
import { withEditedItems } from '../editing.ts';
import { isObject, type JsonObject } from '../../engine/catalogue/json-value.ts';
import { type MakesHooks, withChangeType } from '../mute-hooks.ts';

function answeringRunning(_context: unknown, decision: Decision): Decision {
  return decision.accepted ? { accepted: true, operation: { ...decision.operation, status: 'running' } } : decision;
}

/** Mutes complete later, and what tells of it is changed in place. */
function completing(edit: (item: JsonObject) => void): MakesHooks {
  return () => ({
    decision: answeringRunning,
    notification: ({ resource }, delivery) => [resource === 'operation' ? withEditedItems(delivery, edit) : delivery],
  });
}

/** The same for the operation that the notification carries. */
function completingOperation(edit: (operation: JsonObject) => void): MakesHooks {
  return completing(({ resourceData }) => {
    if (isObject(resourceData)) edit(resourceData);
  });
}

function endingAsFailed({ resourceData }: JsonObject): void {
  if (isObject(resourceData)) resourceData.status = 'failed';
}

/** Operations that are announced when they should not be, never, or wrongly. */
export const operationFaults: readonly Fault[] = [
  {
    id: 'completed-operation-announced',
    summary: 'Announces the completion of an operation that it answered as completed',
    breaks: ['operation.terminal-is-final'],
    hooks: () => ({
      state: (context, change, { announceOperation }) => {
        const { call } = context;
        const operation = [...(call?.operations.values() ?? [])].at(-1);
        if (call !== undefined && operation !== undefined) announceOperation(call, operation, context);
        return change;
      },
    }),
  },
  {
    id: 'completed-operation-fails-later',
    summary: 'Answers an operation as completed and announces later that it failed',
    breaks: ['operation.terminal-is-final'],
    hooks: () => ({
      reply: ({ operation, call, refusal }, reply, { announceOperation }) => {
        const last = [...(call?.operations.values() ?? [])].at(-1);
        if (operation === 'mute' && refusal === undefined && call !== undefined && last !== undefined) {
          announceOperation(call, { ...last, status: 'failed' });
        }
        return reply;
      },
    }),
  },
  {
    id: 'operation-ends-twice',
    summary: 'Announces that an operation has completed, and then that it has failed',
    breaks: ['operation.terminal-is-final'],
    hooks: () => ({
      decision: answeringRunning,
      notification: ({ resource }, delivery) =>
        resource === 'operation' ? [delivery, withEditedItems(delivery, endingAsFailed)] : [delivery],
    }),
  },
  {
    id: 'operation-update-updated',
    summary: 'Announces the end of an operation as an update of it',
    breaks: ['operation.notification-change-type'],
    hooks: completing(withChangeType('updated')),
  },
  {
    id: 'operation-update-created',
    summary: 'Announces the end of an operation as if it had been created',
    breaks: ['operation.notification-change-type'],
    hooks: completing(withChangeType('created')),
  },
  {
    id: 'operation-never-completes',
    summary: 'Answers that the operation is running and never says how it ended',
    breaks: ['operation.pending-completes'],
    hooks: () => ({
      decision: answeringRunning,
      notification: ({ resource }, delivery) => (resource === 'operation' ? [] : [delivery]),
    }),
  },
  {
    id: 'operation-stays-running',
    summary: 'Announces again and again that an operation is running',
    breaks: ['operation.pending-completes'],
    hooks: completingOperation((operation) => {
      operation.status = 'running';
    }),
  },
  {
    id: 'operation-completes-as-other',
    summary: 'Announces the completion under another operation id than the one it answered',
    breaks: ['operation.pending-completes', 'operation.notification-shape'],
    hooks: completing((item) => {
      const other = '3c1f8e0a-5d7b-4926-8f34-b6a0d2c9e571';
      item.resourceUrl = String(item.resourceUrl).replace(/[^/]+$/, other);
      item.resource = String(item.resource).replace(/[^/]+$/, other);
      if (isObject(item.resourceData)) item.resourceData.id = other;
    }),
  },
  {
    id: 'operation-update-list',
    summary: 'Carries a list with the operation in the notification of its end',
    breaks: ['operation.notification-shape'],
    mayAlsoBreak: ['operation.pending-completes'],
    hooks: completing((item) => {
      item.resourceData = [item.resourceData];
    }),
  },
  {
    id: 'operation-update-of-call',
    summary: 'Names the call and not the operation in the notification of its end',
    breaks: ['operation.notification-shape'],
    hooks: completing((item) => {
      item.resourceUrl = String(item.resourceUrl).replace(/\/operations\/.*/, '');
    }),
  },
  {
    id: 'operation-update-without-type',
    summary: 'Leaves the type out of the operation in the notification of its end',
    breaks: ['operation.notification-shape'],
    hooks: completingOperation((operation) => {
      delete operation['@odata.type'];
    }),
  },
  {
    id: 'operation-update-without-context',
    summary: 'Forgets the clientContext of an operation until it ends',
    breaks: ['operation.notification-context'],
    hooks: completingOperation((operation) => {
      // Null says no more and no less.
      if (typeof operation.clientContext === 'string') delete operation.clientContext;
    }),
  },
  {
    id: 'operation-update-with-context-of-before',
    summary: 'Ends an operation with the clientContext of the one before',
    breaks: ['operation.notification-context'],
    hooks: () => {
      let before: unknown = 'none';
      return completingOperation((operation) => {
        if (typeof operation.clientContext !== 'string') return;
        [before, operation.clientContext] = [operation.clientContext, before];
      })();
    },
  },
];
