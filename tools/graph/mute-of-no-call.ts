import type { CallScope } from './calls/call-scope.ts';
import { isGuid } from './ids.ts';
import { mistakeIn } from './mistaken-mute.ts';
import type { Answer } from './mute-answer.ts';
import { sentMute } from './mute-request.ts';

/** A mute of a call that never existed, or whose id is of the wrong form. */
export async function muteOfNoCall(scope: CallScope, callId: string): Promise<Answer> {
  const { session, path } = scope;
  const body = { json: { clientContext: scope.nextClientContext() } };
  const answer = await scope.send({
    step: 'mute',
    method: 'POST',
    path: `${path}/calls/${encodeURIComponent(callId)}/mute`,
    body,
  });
  if (session.signal.aborted) return answer;
  session.observer.answered({
    answer,
    sent: sentMute({}, body, undefined),
    target: session.target,
    evidence: () => ({ record: answer.http.record }),
    path,
    callId,
    token: session.target.token,
    mistake: mistakeIn({ of: isGuid(callId) ? 'unknown call' : 'malformed call id' }),
    history: undefined,
    repeated: false,
    changes: false,
    othersOfCall: 0,
    requestsInFlight: session.semaphore.taken,
  });
  return answer;
}
