/** What a case has seen, as the rules look at it. */
import type { Delivery } from '../../engine/callback/delivery.ts';
import type { CallUnderTest } from '../calls/call.ts';
import type { Answer } from '../mute-answer.ts';
import type { MuteAnswered } from './answer-rules.ts';
import type { RosterUpdate } from './update-rules.ts';

/** The answer to a mute of a call. */
export function answerSeen(call: CallUnderTest, answer: Answer, more: Partial<MuteAnswered> = {}): MuteAnswered {
  return { answer, callId: call.id, target: call.session.target, ...more };
}

/** What came to the callback of a call. */
export function updateSeen(call: CallUnderTest, delivery: Delivery): RosterUpdate {
  const { id, isLeg, mailbox, hasPlainCallback } = call;
  return { delivery, call: { id, isLeg, expectedPath: mailbox.expectedPath, hasPlainCallback } };
}
