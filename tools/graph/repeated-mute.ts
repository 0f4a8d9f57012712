/** A mute of what is muted may be refused, which no source forbids (fact 63): what needs one more mute asks here. */
import type { CallUnderTest, MuteOptions } from './calls/call.ts';
import type { Answer } from './mute-answer.ts';

/**
 * Mutes a call that may be muted already. Where that is refused and the target declares unmute, the call is unmuted
 * first, so that the mute changes something.
 * @returns the last answer, a refusal too
 */
export async function muteAgain(call: CallUnderTest, options: MuteOptions = {}): Promise<Answer> {
  const answer = await call.mute(options);
  if (answer.succeeded || call.state.mutedBefore === false || !call.session.target.capabilities.unmute) return answer;
  const { succeeded } = await call.unmute();
  return succeeded ? call.mute(options) : answer;
}

/**
 * The same, on a fresh call of the kind where this one cannot be muted again: for controls, which need any mute that
 * succeeds.
 * @param freshCall makes a call of the same kind
 */
export async function muteAnyway(
  call: CallUnderTest,
  options: MuteOptions,
  freshCall: () => CallUnderTest,
): Promise<Answer> {
  const answer = await muteAgain(call, options);
  // What is kept is all that there is of its kind.
  if (answer.succeeded || call.state.mutedBefore === false || !call.provided.isOwn) return answer;
  return freshCall().mute(options);
}
