import type { RequirementId } from '../../specs/generated/requirement-ids.ts';
import { CouldNotRun } from '../engine/target/could-not-run.ts';
import type { Answer } from './mute-answer.ts';

/** A 4xx says that the client is at fault; so does 501, of a method or feature that is not served (fact 70). */
function isRefusal(status: number): boolean {
  return (status >= 400 && status < 500 && status !== 429) || status === 501;
}

/**
 * The premise of every case about a refusal: the mistake was refused. Without it there is nothing to look at, and what
 * the target did instead is judged elsewhere.
 * @param mistake what was wrong with the request, in words that can begin a sentence
 * @param requirement what says how that mistake is to be answered
 * @throws CouldNotRun when it was not refused, naming the requirement that fails for it
 */
export async function refused(request: Promise<Answer>, mistake: string, requirement: RequirementId): Promise<Answer> {
  const answer = await request;
  if (isRefusal(answer.status)) return answer;
  const failed = answer.status >= 500 ? 'status.never-5xx' : requirement;
  throw new CouldNotRun(`${mistake} was answered ${answer.status} (see ${failed}), so there is no refusal to check`);
}
