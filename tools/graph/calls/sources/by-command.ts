import { callPath } from '../call-path.ts';
import type { KnownCall } from '../known-call.ts';
import { settle } from '../readiness.ts';
import { madeCall, openCallback } from './made.ts';
import type { Provided } from './provided.ts';

/** A new call by the command of the target file. */
export async function provideByCommand(call: KnownCall, line: string, exists: Provided): Promise<void> {
  const { session, scope, kind } = call;
  const mailbox = openCallback(call);
  const release = await scope.turn(session.commands.acquire());
  const { id, participantId } = await runHere()
    .catch((error: unknown) => {
      mailbox.close();
      throw error;
    })
    .finally(release);
  session.noteCreated();
  // What cannot be named cannot be deleted either, and counts as leaked.
  callPath('/communications', id);
  call.note({ type: 'made' });
  call.note({ type: 'reported', myParticipantId: participantId });
  exists(madeCall(call, { id, mailbox }));
  await settle(call);

  async function runHere() {
    session.refuseIfGivenUp();
    return session.io.runCallCommand(line, { kind, callbackUri: mailbox.url, signal: session.finishSignal });
  }
}
