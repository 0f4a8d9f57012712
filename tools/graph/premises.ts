/** Requests that must succeed before anything can be said of a promise: fixtures, and controls of refusals. */
import { CouldNotRun, failedPremise } from '../engine/target/could-not-run.ts';
import { bodyInWords } from './body-words.ts';
import type { CallUnderTest } from './calls/call.ts';
import type { Answer } from './mute-answer.ts';

function refusal(answer: Answer): string {
  return `${answer.request} was answered ${answer.status} with ${bodyInWords(answer.http.text)}`;
}

/**
 * A request that must succeed before anything can be said of what it answers.
 * @throws CouldNotRun when it does not: another requirement judges that
 */
export async function given(request: Promise<Answer>): Promise<Answer> {
  const answer = await request;
  if (!answer.succeeded) throw new CouldNotRun(`${failedPremise.request}: ${refusal(answer)}`);
  return answer;
}

/**
 * The control of a refusal on a call: a valid mute of it. One that others have used needs none where such a mute has
 * succeeded already, and everything since was answered as it had to be.
 * @param mute sends it where it is no plain mute
 * @throws CouldNotRun when it does not succeed
 */
export async function controlOn(call: CallUnderTest, mute = () => call.mute()): Promise<void> {
  if (!call.showControl()) await control(mute());
}

/**
 * The same request with only the offending part changed: a refusal counts only if this succeeds in the same run
 * (design, principle 3).
 * @throws CouldNotRun when it does not: the refusal may have had any other reason
 */
export async function control(request: Promise<Answer>): Promise<Answer> {
  const answer = await request;
  answer.http.record.markAsControl();
  if (!answer.succeeded) {
    throw new CouldNotRun(`${failedPremise.control}, so the refusal may have had another reason: ${refusal(answer)}`);
  }
  return answer;
}
