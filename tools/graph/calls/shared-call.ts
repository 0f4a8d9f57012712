import type { ObservedCall } from './observed-call.ts';
import { callPath } from './call-path.ts';
import type { Delivery } from '../../engine/callback/callback-receiver.ts';
import type { CallScope } from './call-scope.ts';
import { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { callMembers, hasEnded } from '../payloads/call-members.ts';
import { ownEntry } from '../payloads/own-participant.ts';
import { readParticipants } from './participants.ts';
import type { ProvidedCall } from './provided-call.ts';
import type { SharedCallState } from './shared-call-state.ts';

/**
 * Makes the call fit for a case: finds its own participant, and unmutes it where that is declared.
 * @throws CouldNotRun when the call is over
 */
export async function prepareSharedCall(
  known: SharedCallState,
  call: ObservedCall,
  provided: ProvidedCall,
): Promise<void> {
  const { scope } = call;
  const { capabilities } = call.session.target;
  if (!known.asked) await ask(known, scope);
  provided.participantId ??= known.participantId;
  if (known.muted !== false && capabilities.participants) {
    const entries = await readParticipants(scope, known.id);
    const isMuted = ownEntry(entries ?? [], call.own)?.isMuted;
    if (typeof isMuted === 'boolean') known.muted = isMuted;
  }
  if (known.muted !== false && capabilities.unmute) {
    const { http, succeeded } = await scope.send(unmuting(known));
    if (succeeded) {
      const wasMuted = known.muted;
      known.muted = false;
      await announced(known, call, { isMuted: false, since: http.sentAt, certain: wasMuted === true });
    }
  }
  provided.muted = known.muted;
}

async function ask(known: SharedCallState, scope: CallScope): Promise<void> {
  const { status, json } = await scope.send({
    step: 'get call',
    method: 'GET',
    path: callPath('/communications', known.id),
  });
  if (status === 200) {
    const { state, myParticipantId } = callMembers(json);
    if (hasEnded(state)) {
      throw new CouldNotRun(
        `the call ${known.id}, which the target file gives, is over (state ${String(state)}); give the id of one that is established`,
      );
    }
    known.participantId ??= myParticipantId;
  }
  known.asked = true;
}

/**
 * Puts the call back as it was before the case, as far as that can be, and waits for what the case has set off, so
 * that the next case does not take it for its own. Never throws.
 */
export async function restoreSharedCall(
  known: SharedCallState,
  call: ObservedCall,
  provided: ProvidedCall,
): Promise<void> {
  known.participantId ??= call.own.participantId;
  known.muted = provided.muted;
  known.heard ||= provided.mailbox.deliveries.length > 0;
  known.usedInVain ||= call.firstMuteAt !== undefined && provided.muted === true;
  if (call.firstMuteAt === undefined || provided.muted === false) return;
  const { lastRequestAt, mutedBefore } = call;
  try {
    // After an interrupt nothing is waited for any more, and the call is still put back.
    if (mutedBefore !== true) {
      await announced(known, call, { isMuted: true, since: lastRequestAt, certain: mutedBefore === false }).catch(
        () => undefined,
      );
    }
    if (!call.session.target.capabilities.unmute) return;
    const { http, succeeded } = await call.scope.sendRelease(unmuting(known));
    known.muted = succeeded ? false : undefined;
    if (succeeded) await announced(known, call, { isMuted: false, since: http.sentAt, certain: true });
  } catch {
    // The next case finds out how the call is, or says that nobody knows.
    if (call.session.target.capabilities.unmute) known.muted = undefined;
  } finally {
    known.heard ||= provided.mailbox.deliveries.length > 0;
  }
}

function unmuting({ id }: SharedCallState) {
  return {
    step: 'unmute',
    method: 'POST',
    path: callPath('/communications', id, 'unmute'),
    body: { json: {} },
  } as const;
}

/** Waits until a change is announced; not for long where it may be none, or where the target announces nothing. */
async function announced(
  known: SharedCallState,
  call: ObservedCall,
  { isMuted, since, certain }: { readonly isMuted: boolean; readonly since: number; readonly certain: boolean },
): Promise<void> {
  const { session, mailbox } = call;
  if (session.target.callbacks === 'none') return;
  const announces = (delivery: Delivery) => delivery.receivedAt >= since && call.reportsOwn(delivery, isMuted);
  const patient = certain && known.announces;
  const quietMs = session.quietWindowMs();
  const timeoutMs = patient ? Math.max(quietMs, session.target.timeouts.notificationMs) : quietMs;
  const found = await mailbox.waitFor(announces, timeoutMs, session.signal);
  if (patient) known.announces = found !== undefined;
}
