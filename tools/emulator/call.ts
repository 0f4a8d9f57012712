/** The state of the emulator: calls, the people in them and the operations upon them. */
import type { JsonObject } from '../engine/catalogue/json-value.ts';
import type { DeltaRoster } from './delta-roster.ts';

export interface Participant {
  readonly id: string;
  /** The identitySet as it stands in `info.identity`. */
  readonly identity: JsonObject;
  readonly sourceId: string;
  /** Muted by the server; what a mute changes. */
  muted: boolean;
}

/** Who is in a conversation. The legs of one meeting share one. */
export interface Roster {
  readonly threadId: string | undefined;
  readonly participants: Participant[];
  readonly legs: Set<Call>;
}

/** What the emulator gives an id. */
export type IdentifierKind = 'call' | 'participant' | 'operation';

/** `targets` and `meeting` are the two kinds of group call (facts 55 and 56). */
export type CallForm = 'targets' | 'meeting' | 'peerToPeer';

export interface Call {
  readonly id: string;
  readonly kind: CallForm;
  readonly callChainId: string;
  readonly callbackUri: string | undefined;
  readonly roster: Roster;
  /** The application's own participant. */
  readonly self: Participant;
  /** Members of the create request that the call repeats: chatInfo, meetingInfo, targets and the like. */
  readonly described: JsonObject;
  readonly operations: Map<string, CallOperation>;
  /** Where the client asked for deltas when it created the call: what it was told. */
  readonly delta: DeltaRoster | undefined;
  state: 'establishing' | 'established' | 'terminated';
}

export interface CallOperation {
  id: string;
  readonly type: 'muteParticipantOperation' | 'unmuteParticipantOperation';
  status: string | null;
  /** What the request said, JSON of any type when a deviation lets it through; undefined when it said nothing. */
  clientContext: unknown;
  resultInfo?: unknown;
}

/** A status after which no operation notification follows (fact 28); enum case is left open by the sources (fact 30). */
export function isTerminal(status: string | null): boolean {
  return status !== null && ['completed', 'failed'].includes(status.toLowerCase());
}

export function isGroupCall(call: Call): boolean {
  return call.kind !== 'peerToPeer';
}
