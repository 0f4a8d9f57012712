import { CouldNotRun } from '../../../engine/target/could-not-run.ts';
import type { KnownCall } from '../known-call.ts';

/**
 * Waits for what cases share, and holds it while a call that needs it is there.
 * @param shared what is shared: a call id or a threadId
 * @param whenTwice why a case cannot have it twice, if it cannot
 * @param use gets what gives it back; where it throws before there is a call, it is given back at once
 * @throws CouldNotRun with `whenTwice`; what `use` throws
 */
export async function holding(
  call: KnownCall,
  shared: string,
  whenTwice: string | undefined,
  use: (give: () => void) => Promise<void>,
): Promise<void> {
  const { session, scope } = call;
  const { times, give } = await scope.turn(session.locks.take(scope, shared));
  try {
    if (times > 1 && whenTwice !== undefined) throw new CouldNotRun(whenTwice);
    await use(give);
  } catch (error) {
    if (!call.exists) give();
    throw error;
  }
}
