import type { Delivery } from '../../engine/callback/callback-receiver.ts';
import type { ChangeAnnounced } from '../rules/change-rules.ts';
import { sameId } from '../ids.ts';
import { isPending, isTerminal, operationUpdates } from '../payloads/operation-updates.ts';
import type { AnsweredOperation } from '../rules/operation-rules.ts';
import type { KnownCall } from './known-call.ts';
import { isRosterUpdate, RosterView } from './roster-view.ts';

/** Waits for what came at the callback, or the time is over. Never throws. */
async function waitFor(
  { mailbox, session }: KnownCall,
  condition: (delivery: Delivery) => boolean,
  until: number,
): Promise<void> {
  const left = Math.max(0, until - session.clock.now());
  await mailbox.waitFor(condition, left, session.signal).catch(() => undefined);
}

/**
 * Waits for the update on what changed the call last, where any have come here, so that it is not lost on a call that is
 * let go of: as long as silence lasts that says something. Never throws.
 */
export async function owedUpdate(call: KnownCall): Promise<void> {
  const { session, mailbox, lastChange } = call;
  if (lastChange === undefined || session.signal.aborted) return;
  if (mailbox.deliveries.length === 0 && session.ownIdentifiable !== true) return;
  const isUpdate = (delivery: Delivery) => delivery.receivedAt >= lastChange.since && isRosterUpdate(delivery);
  await waitFor(call, isUpdate, lastChange.answeredAt + session.quietWindowMs());
}

/**
 * Waits for the ends of the operations that mutes were answered with and that had not ended: as long as silence lasts
 * that says something. Never throws.
 */
export async function owedEnds(call: KnownCall, operations: readonly AnsweredOperation[]): Promise<void> {
  const { session, mailbox, lastRequestAt } = call;
  const pending = operations.filter(({ status }) => isPending(status));
  const endsIn = ({ json }: Delivery) => operationUpdates(json).filter(({ status }) => isTerminal(status));
  if (pending.length === 0 || session.signal.aborted) return;
  const haveEnded = () => {
    const ended = mailbox.deliveries.flatMap(endsIn);
    return pending.every((operation) => ended.some(({ id }) => id !== undefined && sameId(id, operation.id)));
  };
  await waitFor(call, haveEnded, lastRequestAt + session.quietWindowMs());
}

/**
 * How the mute was announced that changed the call last. Waits for that as long as an update may take. Never throws.
 * @returns undefined where nothing has to come, or nobody could tell
 */
export async function announcement(call: KnownCall): Promise<ChangeAnnounced | undefined> {
  const { session, state, lastChange, mailbox, provided } = call;
  const isKnown = provided.isOwn && state.muted === true && !state.joinedMuted && lastChange?.mutes === true;
  if (!isKnown || state.deleted || call.endedByItself) return undefined;
  if (session.ownIdentifiable !== true || !call.ownIsKnown || provided.reasonForSilence() !== undefined)
    return undefined;
  const { since, answeredAt } = lastChange;
  const withinMs = call.noticeMs;
  const isReported = (delivery: Delivery) => delivery.receivedAt >= since && call.reportsOwn(delivery, true);
  await waitFor(call, isReported, answeredAt + withinMs);
  // Nobody knows what would have come.
  if (session.signal.aborted || call.endedByItself) return undefined;
  const rosters = new RosterView(mailbox.deliveries, call.own).since(since);
  if (!rosters.ownIdentifiable) return undefined;
  return {
    updates: rosters.updates.length,
    ownMuted: rosters.ownReports.map(({ isMuted }) => isMuted),
    withinMs,
  };
}
