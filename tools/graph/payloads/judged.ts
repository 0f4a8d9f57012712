import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import { carriedKind, notificationKind } from './notification-kind.ts';
import type { PayloadKind } from './payload-kind.ts';

const participantRequirements = ['roster.participant', 'roster.participant-info', 'roster.delta'] as const;

/** The requirements that a payload of a kind can break; all others need more than the payload to be judged. */
export const judgedRequirements: Readonly<Record<PayloadKind, readonly RequirementId[]>> = {
  operation: [
    'response.schema',
    'response.odata-type',
    'response.odata-type-hash',
    'response.odata-context',
    'response.id',
    'response.status',
    'response.status-case',
    'response.result-info',
    'response.result-code',
  ],
  notification: [
    'roster.envelope',
    'roster.change-type',
    'roster.change-type-case',
    'roster.resource',
    ...participantRequirements,
    'operation.notification-shape',
  ],
  participant: participantRequirements,
  error: ['error.body', 'error.inner-error'],
};

const members: Readonly<Record<Exclude<PayloadKind, 'notification'>, readonly string[]>> = {
  operation: ['@odata.type', '@odata.context', 'id', 'status', 'clientContext', 'resultInfo'],
  participant: ['@odata.type', 'id', 'info', 'isMuted', 'isInLobby', 'mediaStreams', 'participants'],
  error: ['error'],
};

/**
 * Whether there is anything in a fragment by which it can be judged: one that has nothing of its kind keeps every
 * promise, and says nothing.
 */
export function hasAnythingOf(kind: PayloadKind, payload: unknown): boolean {
  if (kind === 'notification') return isNotificationFragment(payload);
  if (Array.isArray(payload)) return payload.some((entity) => hasAnythingOf(kind, entity));
  // What is no object at all is a problem by itself.
  return !isObject(payload) || members[kind].some((name) => name in payload);
}

function isNotificationFragment(payload: unknown): boolean {
  if (carriedKind(payload) !== 'unknown') return true;
  if (!isObject(payload)) return !Array.isArray(payload);
  return 'value' in payload || notificationKind(payload) !== 'unknown';
}
