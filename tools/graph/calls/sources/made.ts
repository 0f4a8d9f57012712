import type { Mailbox } from '../../../engine/callback/callback-receiver.ts';
import { callPath } from '../call-path.ts';
import type { KnownCall } from '../known-call.ts';
import type { ProvidedCall } from './provided.ts';

/** The callback of a call that is made for its case. */
export function openCallback({ session, scope, hasPlainCallback }: KnownCall): Mailbox {
  return session.receiver.open({ label: scope.caseId, owner: scope.label, plain: hasPlainCallback });
}

/** A call that was made for its case, over the API or by a command, and is deleted after it. */
export function madeCall(
  call: KnownCall,
  { id, mailbox, creation }: Pick<ProvidedCall, 'id' | 'mailbox' | 'creation'>,
  whenReleased: () => void = () => undefined,
): ProvidedCall {
  return {
    id,
    mailbox,
    creation,
    isHeard: true,
    isOwn: true,
    reasonForSilence: () => undefined,
    release: async () => {
      await endCall(call);
      mailbox.close();
      whenReleased();
    },
  };
}

/** Deletes a call, if it was not deleted before; a call that is gone already is as good. Never throws. */
async function endCall(call: KnownCall): Promise<void> {
  const { session, scope } = call;
  if (!call.state.deleted && !session.keepCalls) {
    try {
      const { succeeded, status } = await scope.sendRelease({
        step: 'delete call',
        method: 'DELETE',
        path: callPath('/communications', call.id),
      });
      if (succeeded || status === 404) call.note({ type: 'deleted' });
    } catch {
      // Counted as leaked: nothing more can be done for it.
    }
  }
  if (call.state.deleted) session.noteEnded();
}
