/** Why what was seen, or not seen, at a callback says nothing of the target, and what to do, as far as it has not been done. */
import type { Target } from '../../engine/target/target.ts';
import type { CallState } from './call-state.ts';

/** What such a reason depends on. */
export interface CallKnowledge {
  readonly id: string;
  /** Whether the call was made for its case. */
  readonly isOwn: boolean;
  readonly ownIsKnown: boolean;
  readonly state: Pick<CallState, 'mutedBefore' | 'joinedMuted'>;
  readonly target: Pick<Target, 'capabilities' | 'applicationId'>;
}

/** Why an update that reports the call muted says nothing; undefined when the call was not muted before. */
export function inconclusiveBecause(situation: CallKnowledge): string | undefined {
  const { id, isOwn, state } = situation;
  if (state.mutedBefore === false) return undefined;
  const created = 'let calls be made for each case (calls.…: {create: {}} or {command: …})';
  if (state.mutedBefore === undefined) {
    return `it is not known whether the call ${id} was muted before: ${unknownBecause(situation)}, or ${created}`;
  }
  const unmute = unmuteFix(situation);
  if (state.joinedMuted) {
    return `the application is muted from the start in the call ${id}, so the request changed nothing: ${unmute}`;
  }
  return isOwn
    ? 'this case had muted the call before, and what changes nothing need not be announced'
    : `the call ${id} was muted already, so the request changed nothing: ${unmute}, or ${created}`;
}

function unmuteFix({ target }: CallKnowledge): string {
  return target.capabilities.unmute
    ? 'unmute is declared, and did not succeed: fix it'
    : 'declare unmute in the target file, if the target has it';
}

/** Why nobody knows whether a call that is kept is muted. */
function unknownBecause(situation: CallKnowledge): string {
  const { unmute, participants } = situation.target.capabilities;
  if (unmute) return unmuteFix(situation);
  if (participants) {
    const listed = situation.ownIsKnown
      ? 'does not list the application’s own participant with isMuted true or false: fix it, or the participantId or applicationId in the target file'
      : 'does not identify the application’s own participant: give participantId beside the id of the call, or applicationId, in the target file';
    return `GET …/participants, which is declared, ${listed}`;
  }
  return 'declare unmute or participants in the target file, if the target has one of them';
}

/** Why the application's own participant cannot be told from the others. */
export function ownUnidentifiableReason({ isOwn, target }: Pick<CallKnowledge, 'isOwn' | 'target'>): string {
  const { applicationId } = target;
  const unknown =
    'the application’s own participant cannot be identified: the call names no myParticipantId, and no participant';
  const byId = isOwn
    ? 'let the command that makes the call print participantId'
    : 'give participantId beside the id of the call';
  return applicationId === undefined
    ? `${unknown} is the only one with the identity of an application; give applicationId in the target file, or ${byId}`
    : `${unknown} bears the applicationId ${applicationId} as application or applicationInstance; is that applicationId right? Otherwise ${byId}`;
}
