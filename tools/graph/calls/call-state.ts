import { hasEnded } from '../payloads/call-members.ts';
import type { CallEvent } from './call-events.ts';
import { type Changes, nextChanges } from './changes.ts';

/** What is known of a call under test. Changes by the events below, and in no other way. */
export interface CallState {
  /** The state that the target reports of the call, in lower case; what comes after established is not followed. */
  readonly reported: string | undefined;
  /** The id of the application’s own participant, as soon as anything has named it. */
  readonly participantId: string | undefined;
  /** Whether the own participant is muted, as far as the suite can know. */
  readonly muted: boolean | undefined;
  /** The same, before the last request that could change it. */
  readonly mutedBefore: boolean | undefined;
  /** Whether the application was muted before the suite asked for anything. */
  readonly joinedMuted: boolean;
  /** When the last request that could change the state left, in milliseconds of the session’s clock. */
  readonly requestedAt: number | undefined;
  /** When that was answered. */
  readonly answeredAt: number | undefined;
  /** When the first request to mute it left. */
  readonly firstMuteAt: number | undefined;
  /** The requests that changed whether it is muted. */
  readonly changes: Changes;
  /** Whether it was deleted: by its case, or after it. */
  readonly deleted: boolean;
}

/** A call of which nothing is known: it is not there yet. */
export const unknownCall: CallState = {
  reported: undefined,
  participantId: undefined,
  muted: undefined,
  mutedBefore: undefined,
  joinedMuted: false,
  requestedAt: undefined,
  answeredAt: undefined,
  firstMuteAt: undefined,
  changes: {},
  deleted: false,
};

/** What is known after an event. */
export function nextState(state: CallState, event: CallEvent): CallState {
  return { ...knownAfter(state, event), changes: nextChanges(state.changes, state.muted, event) };
}

function knownAfter(state: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case 'made':
      return lookedUp(state, false);
    case 'reported':
      return {
        ...state,
        reported: isEstablished(state) ? state.reported : (event.state?.toLowerCase() ?? state.reported),
        participantId: state.participantId ?? event.myParticipantId,
      };
    case 'joined muted':
      return { ...lookedUp(state, true), joinedMuted: true };
    case 'looked up':
      return lookedUp(state, event.muted);
    case 'requested':
      return {
        ...state,
        requestedAt: event.at,
        mutedBefore: state.muted,
        firstMuteAt: state.firstMuteAt ?? (event.mutes ? event.at : undefined),
      };
    case 'answered': {
      const { sentAt, answeredAt, mutes, succeeded } = event;
      return { ...state, requestedAt: sentAt, answeredAt, muted: succeeded ? mutes : state.muted };
    }
    case 'unanswered':
      return { ...state, muted: undefined };
    case 'silence':
      return { ...state, requestedAt: event.from, answeredAt: event.at, mutedBefore: state.muted };
    case 'deleted':
      return { ...state, deleted: true };
  }
}

/** As long as nothing was asked, before is now. */
function lookedUp(state: CallState, muted: boolean | undefined): CallState {
  return { ...state, muted, mutedBefore: state.requestedAt === undefined ? muted : state.mutedBefore };
}

export function isEstablished({ reported }: CallState): boolean {
  return reported === 'established';
}

/** Whether the target reports that the call is over, or about to be. */
export function isOver({ reported }: CallState): boolean {
  return hasEnded(reported);
}
