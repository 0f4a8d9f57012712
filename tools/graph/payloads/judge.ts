import { isObject } from '../../engine/catalogue/json-value.ts';
import { judgeError } from './judge-error.ts';
import { judgeNotification } from './judge-notification.ts';
import { judgeOperation } from './judge-operation.ts';
import { judgeParticipant } from './judge-participant.ts';
import { judgeRoster } from './judge-roster.ts';
import type { JudgeOptions } from './judge-schema.ts';
import type { PayloadKind } from './payload-kind.ts';
import type { Problem } from './problem.ts';

export { judgeError } from './judge-error.ts';
export { judgeEnvelope, judgeNotification } from './judge-notification.ts';
export { judgeOperation } from './judge-operation.ts';
export { judgeParticipant } from './judge-participant.ts';
export type { JudgeOptions } from './judge-schema.ts';
export { type PayloadKind, payloadKinds } from './payload-kind.ts';
export type { Problem } from './problem.ts';

/** How many problems are told at most. */
export const problemLimit = 100;

/**
 * Judges a payload by every requirement that can be judged from the payload alone.
 * @param payload any JSON value; it is never trusted, and nothing in it makes this throw
 * @returns at most a hundred problems, in the order of the payload's rules; none when it keeps its promises
 */
export function judge(payload: unknown, as: PayloadKind, options: JudgeOptions = {}): Problem[] {
  switch (as) {
    case 'operation':
      return judgeOperation(payload, options);
    case 'notification':
      return judgeNotification(payload, options);
    case 'error':
      return judgeError(payload, options);
    case 'participant':
      // What is no participant at all is one problem of its own.
      return isObject(payload) || Array.isArray(payload)
        ? judgeRoster(payload, '', options).slice(0, problemLimit)
        : judgeParticipant(payload, '', options);
  }
}
