import type { CallEvent } from './call-events.ts';

/** A request that changed whether a call is muted. */
export interface Change {
  /** What came before cannot be of it, in milliseconds of the session's clock. */
  readonly since: number;
  readonly answeredAt: number;
  readonly mutes: boolean;
}

/** What changed a call last, as far as is certain. */
export interface Changes {
  /** When the first of the mutes was asked for that are under way and may change it. */
  readonly askedAt?: number;
  readonly last?: Change;
}

/** @param muted whether the call was muted before the event, as far as anybody could know */
export function nextChanges(changes: Changes, muted: boolean | undefined, event: CallEvent): Changes {
  switch (event.type) {
    case 'requested':
      return event.mutes && muted === false ? { ...changes, askedAt: changes.askedAt ?? event.at } : changes;
    case 'answered': {
      const { succeeded, mutes, sentAt, answeredAt } = event;
      if (!succeeded || muted !== !mutes) return changes;
      // Of several at once, another one may have changed it before this one was sent.
      const since = (mutes ? changes.askedAt : undefined) ?? sentAt;
      return { last: { since, answeredAt, mutes } };
    }
    case 'unanswered':
      return {};
    default:
      return changes;
  }
}
