import { CouldNotRun } from '../engine/target/could-not-run.ts';
import type { Answer } from './mute-answer.ts';
import { TransportFault } from '../engine/http/transport-fault.ts';
import type { Demand } from '../engine/cases/expect.ts';

/** The connection ended before or in an answer; one that had been idle may have ended for another reason. */
function isBroken(error: unknown): error is TransportFault {
  return error instanceof TransportFault && ['reset', 'torn'].includes(error.kind) && !error.onIdleConnection;
}

/**
 * A crash is not an answer: where the same request breaks its connection twice while the control between is answered,
 * it is the request that breaks it.
 * @param control the same request without what is wrong with it
 * @returns the answer, where one comes at once
 * @throws ExpectationFailure when there is a crash
 * @throws TransportFault when the request broke its connection only once, or the control did, too
 */
export async function answerOrCrash(
  ask: () => Promise<Answer>,
  control: () => Promise<Answer>,
  demand: Demand,
): Promise<Answer> {
  try {
    return await ask();
  } catch (first) {
    if (!isBroken(first)) throw first;
    const answered = await control();
    answered.http.record.markAsControl();
    if (!answered.succeeded) throw new CouldNotRun(`the control was answered ${answered.status} (see status.success)`);
    const second = await ask().then(
      () => undefined,
      (error: unknown) => error,
    );
    demand(
      !isBroken(second),
      'an answer with a status below 500',
      `the request broke its connection twice (${first.message}), while the control between was answered ${answered.status}`,
    );
    throw first;
  }
}
