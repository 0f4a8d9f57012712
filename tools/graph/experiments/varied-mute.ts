import type { CallUnderTest, MuteOptions } from '../calls/call.ts';
import type { Answer } from '../mute-answer.ts';

/** More than half of what is allowed. */
const longContext = 200;

/** Valid mutes that a defect may treat otherwise than a plain one. */
const variations = {
  'long context': (call) => ({ clientContext: call.scope.nextClientContext().padEnd(longContext, ' and more') }),
  'non-ASCII context': () => ({ clientContext: 'Zoë, 日本語' }),
  'no context': () => ({ body: { json: {} } }),
  charset: () => ({ contentType: 'application/json; charset=utf-8' }),
} as const satisfies Record<string, (call: CallUnderTest) => MuteOptions>;

export type Variation = keyof typeof variations;

/** Mutes a call in a way of which nothing is known to be wrong; plainly where that is refused, which other cases judge. */
export async function variedMute(call: CallUnderTest, variation: Variation | undefined): Promise<Answer> {
  if (variation === undefined) return call.mute();
  const answer = await call.mute(variations[variation](call));
  return answer.succeeded ? answer : call.mute();
}
