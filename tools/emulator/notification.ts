import type { Call, CallOperation } from './call.ts';
import type { RequestContext } from './exchange.ts';
import type { Header } from './refusals.ts';
import { callNotificationData, operationNotificationData, rosterData } from './resources.ts';

/** What made the emulator notify. */
export type NotificationCause =
  'establishing' | 'established' | 'mute' | 'unmute' | 'operation' | 'joined' | 'left' | 'ended' | 'deviation';

/** What the hooks of a deviation are told about the notification at hand. */
export interface NotificationContext {
  readonly cause: NotificationCause;
  readonly resource: 'call' | 'participants' | 'operation';
  /** The call whose callback is notified. */
  readonly call: Call;
  /** The request that led to it; undefined where none did. */
  readonly request: RequestContext | undefined;
}

/** One post to a callback. */
export interface OutgoingNotification {
  method: string;
  url: string;
  headers: Header[];
  /** Sent as JSON. */
  body: unknown;
  /** Sent as it stands instead of `body`. */
  raw?: string | Uint8Array;
  /** Milliseconds to wait before it is sent. */
  delayMs?: number;
  /** Whether later notifications of the call need not wait for it, so that they may overtake it. */
  detached?: boolean;
}

function envelope(changeType: string, path: string, resourceData: unknown): unknown {
  return {
    '@odata.type': '#microsoft.graph.commsNotifications',
    value: [
      {
        '@odata.type': '#microsoft.graph.commsNotification',
        changeType,
        // The service names the resource twice since 2020, under the old and under the present path (fact 38).
        resource: `/app${path}`,
        resourceUrl: `/communications${path}`,
        resourceData,
      },
    ],
  };
}

/** The participants of a call as its callback is told of them: the full roster, or what changed (facts 39, 46, 78). */
export function rosterNotification(call: Call, resourceData: unknown = rosterData(call.roster)): unknown {
  return envelope('updated', `/calls/${call.id}/participants`, resourceData);
}

/** The state of a call, as it is or another that it passes through (facts 40 and 61). */
export function callNotification(call: Call, state: string = call.state): unknown {
  return envelope(
    state === 'terminated' ? 'deleted' : 'updated',
    `/calls/${call.id}`,
    callNotificationData(call, state),
  );
}

/** An operation that has come to its end (fact 32). */
export function operationNotification(call: Call, operation: CallOperation): unknown {
  return envelope('deleted', `/calls/${call.id}/operations/${operation.id}`, operationNotificationData(operation));
}
