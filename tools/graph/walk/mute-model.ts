/** Who is muted, as it has to be by what was done on a walk. */
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';

/** One call, as it has to be. */
export interface ModelledCall {
  isThere: boolean;
  isEnded: boolean;
  /** Undefined where nobody knows. */
  muted: boolean | undefined;
  /** Whether it was muted at any time, so that an update that comes late may say so. */
  wasMuted: boolean;
  /** The promise by which it is as it is. */
  because: RequirementId;
  /** The clientContext of its last mute, where the next one has the same if it changes nothing. */
  clientContext?: string | undefined;
}

export interface MuteModel {
  readonly calls: readonly ModelledCall[];
}

/** A call that nothing was done with. */
export function untouchedCall(): ModelledCall {
  return { isThere: false, isEnded: false, muted: false, wasMuted: false, because: 'state.other-call' };
}

/** Whether something can be done with a call, which comes about when it is first used. */
export function isUsable({ calls }: MuteModel, index: number): boolean {
  return calls[index]?.isEnded === false;
}

/** A mute was accepted. @returns whether it has changed something, as far as is certain */
export function noteMuted(call: ModelledCall): boolean {
  const changes = call.muted === false;
  call.because = call.muted === true ? 'state.stays-muted' : 'state.participants';
  call.muted = true;
  call.wasMuted = true;
  return changes;
}

/** A mute was refused, which leaves everything as it was. */
export function noteRefused(call: ModelledCall): void {
  if (call.muted === false) call.because = 'state.refusal-no-effect';
}

export function noteUnmuted(call: ModelledCall): void {
  call.muted = false;
  call.because = 'state.unmute-roundtrip';
}

/** Something went another way than it had to: the next mute tells how it goes on. */
export function noteUnknown(call: ModelledCall): void {
  call.muted = undefined;
  call.wasMuted = true;
}
