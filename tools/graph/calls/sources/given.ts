import type { Delivery } from '../../../engine/callback/delivery.ts';
import { CouldNotRun } from '../../../engine/target/could-not-run.ts';
import { callMembers, hasEnded } from '../../payloads/call-members.ts';
import { ownEntry } from '../../payloads/own-participant.ts';
import { callPath } from '../call-path.ts';
import type { CallScope } from '../call-scope.ts';
import { kindNames } from '../call-source.ts';
import { GivenCall } from '../given-call.ts';
import type { KnownCall } from '../known-call.ts';
import { readParticipants } from '../participants.ts';
import { holding } from './holding.ts';
import type { Provided } from './provided.ts';

/** A call that the target file gives; one case at a time has it. */
export async function provideGiven(
  call: KnownCall,
  id: string,
  participantId: string | undefined,
  exists: Provided,
): Promise<void> {
  const { session, kind } = call;
  const second = `this case needs a second ${kindNames[kind]}, and the target file gives only ${id}; let calls be made for each case (calls.${kind}: {create: {}} or {command: …})`;
  return holding(call, id, second, async (give) => {
    callPath('/communications', id);
    const given = session.givenCalls.get(id) ?? new GivenCall(id, participantId);
    session.givenCalls.set(id, given);
    const mailbox = session.receiver.openShared(id, call.scope.label);
    call.note({ type: 'reported', myParticipantId: participantId });
    exists({
      id,
      mailbox,
      isHeard: given.isHeard,
      isOwn: false,
      reasonForSilence: () => (session.target.callbacks === 'none' ? undefined : given.reasonForSilence(mailbox)),
      release: async () => {
        await restore(given, call);
        mailbox.close();
        give();
      },
    });
    await prepare(given, call);
  });
}

/**
 * Makes the call fit for a case: finds its own participant, and unmutes it where that is declared.
 * @throws CouldNotRun when the call is over
 */
async function prepare(given: GivenCall, call: KnownCall): Promise<void> {
  const { scope } = call;
  const { capabilities } = call.session.target;
  if (!given.asked) await ask(given, scope);
  call.note({ type: 'reported', myParticipantId: given.participantId });
  if (given.muted !== false && capabilities.participants) {
    const entries = await readParticipants(scope, given.id);
    const isMuted = ownEntry(entries ?? [], call.own)?.isMuted;
    if (typeof isMuted === 'boolean') given.muted = isMuted;
  }
  if (given.muted !== false && capabilities.unmute) {
    const { http, succeeded } = await scope.send(unmuting(given));
    if (succeeded) {
      const wasMuted = given.muted;
      given.muted = false;
      await announced(given, call, { isMuted: false, since: http.sentAt, certain: wasMuted === true });
    }
  }
  call.note({ type: 'looked up', muted: given.muted });
}

async function ask(given: GivenCall, scope: CallScope): Promise<void> {
  const { status, json } = await scope.send({
    step: 'get call',
    method: 'GET',
    path: callPath('/communications', given.id),
  });
  if (status === 200) {
    const { state, myParticipantId } = callMembers(json);
    if (hasEnded(state)) {
      throw new CouldNotRun(
        `the call ${given.id}, which the target file gives, is over (state ${String(state)}); give the id of one that is established`,
      );
    }
    given.participantId ??= myParticipantId;
  }
  given.asked = true;
}

/**
 * Puts the call back as it was before the case, as far as that can be, and waits for what the case has set off, so
 * that the next case does not take it for its own. Never throws.
 */
async function restore(given: GivenCall, call: KnownCall): Promise<void> {
  given.leave({ ...call.state, participantId: call.own.participantId }, call.mailbox.deliveries.length > 0);
  const { firstMuteAt, muted, mutedBefore } = call.state;
  if (firstMuteAt === undefined || muted === false) return;
  try {
    // After an interrupt nothing is waited for any more, and the call is still put back.
    if (mutedBefore !== true) {
      await announced(given, call, { isMuted: true, since: call.lastRequestAt, certain: mutedBefore === false }).catch(
        () => undefined,
      );
    }
    if (!call.session.target.capabilities.unmute) return;
    const { http, succeeded } = await call.scope.sendRelease(unmuting(given));
    given.muted = succeeded ? false : undefined;
    if (succeeded) await announced(given, call, { isMuted: false, since: http.sentAt, certain: true });
  } catch {
    // The next case finds out how the call is, or says that nobody knows.
    if (call.session.target.capabilities.unmute) given.muted = undefined;
  } finally {
    given.heard ||= call.mailbox.deliveries.length > 0;
  }
}

function unmuting({ id }: GivenCall) {
  return {
    step: 'unmute',
    method: 'POST',
    path: callPath('/communications', id, 'unmute'),
    body: { json: {} },
  } as const;
}

/** Waits until a change is announced; not for long where it may be none, or where the target announces nothing. */
async function announced(
  given: GivenCall,
  call: KnownCall,
  { isMuted, since, certain }: { readonly isMuted: boolean; readonly since: number; readonly certain: boolean },
): Promise<void> {
  const { session, mailbox } = call;
  if (session.target.callbacks === 'none') return;
  const announces = (delivery: Delivery) => delivery.receivedAt >= since && call.reportsOwn(delivery, isMuted);
  const patient = certain && given.announces;
  const quietMs = session.quietWindowMs();
  const timeoutMs = patient ? Math.max(quietMs, session.target.timeouts.notificationMs) : quietMs;
  const found = await mailbox.waitFor(announces, timeoutMs, session.signal);
  if (patient) given.announces = found !== undefined;
}
