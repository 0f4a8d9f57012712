import type { KnownCall } from './known-call.ts';
import { callPath } from './call-path.ts';
import type { Delivery } from '../../engine/callback/delivery.ts';
import { ownEntry } from '../payloads/own-participant.ts';
import { readParticipants } from './participants.ts';
import { TransportFault } from '../../engine/http/transport-fault.ts';

/** What the participants say of the own one, where the target declares that they can be read. */
async function isListedMuted(call: KnownCall): Promise<boolean | undefined> {
  if (!call.session.target.capabilities.participants) return undefined;
  const entries = await readParticipants(call.scope, call.id).catch((error: unknown) => {
    // Whether participants can be read is a promise of its own.
    if (error instanceof TransportFault) return undefined;
    throw error;
  });
  const isMuted = ownEntry(entries ?? [], call.own)?.isMuted;
  return typeof isMuted === 'boolean' ? isMuted : undefined;
}

/**
 * Whether the application joined its call muted: what the first roster says is confirmed by reading, where that is
 * possible, for an update can be wrong.
 * @param mayBeUnreported whether calls of this kind send no first roster, so that reading is all there is
 */
export async function joinedMuted(call: KnownCall, mayBeUnreported: boolean): Promise<boolean> {
  const reported = call.rosters.lastOwn?.isMuted;
  if (reported === true || (reported === undefined && mayBeUnreported))
    return (await isListedMuted(call)) ?? reported === true;
  return false;
}

/**
 * Unmutes a call that the application joined muted, where the target declares unmute, so that a mute changes
 * something, and waits until that is announced.
 */
export async function unmuteAtFirst(call: KnownCall): Promise<void> {
  call.note({ type: 'joined muted' });
  const { session, scope } = call;
  if (!session.target.capabilities.unmute) return;
  const { http, succeeded } = await scope.send({
    step: 'unmute',
    method: 'POST',
    path: callPath('/communications', call.id, 'unmute'),
    body: { json: {} },
  });
  if (!succeeded) return;
  call.note({ type: 'looked up', muted: false });
  const announces = (delivery: Delivery) => delivery.receivedAt >= http.sentAt && call.reportsOwn(delivery, false);
  await call.mailbox.waitFor(announces, session.target.timeouts.notificationMs, session.signal);
}
