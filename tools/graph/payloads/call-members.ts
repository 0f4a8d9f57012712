import { isObject } from '../../engine/catalogue/json-value.ts';

/** What a call says of itself in a notification or an answer; unchecked wire data beside what is read here. */
export function callMembers(data: unknown): { state?: string; myParticipantId?: string } {
  if (!isObject(data)) return {};
  const { state, myParticipantId } = data;
  return {
    ...(typeof state === 'string' && { state }),
    ...(typeof myParticipantId === 'string' && myParticipantId !== '' && { myParticipantId }),
  };
}

/** Whether a state says that the call is over, or about to be (fact 60). */
export function hasEnded(state: string | undefined): boolean {
  return state !== undefined && ['terminating', 'terminated'].includes(state.toLowerCase());
}
