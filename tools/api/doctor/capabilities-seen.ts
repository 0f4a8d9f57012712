import { sameId } from '../../graph/ids.ts';
import { rosterDeltas } from '../../graph/payloads/roster.ts';
import { CallUnderTest } from '../../graph/calls/call.ts';
import { callPath } from '../../graph/calls/call-path.ts';
import type { Delivery } from '../../engine/callback/callback-receiver.ts';
import { CallScope } from '../../graph/calls/call-scope.ts';
import { CouldNotRun, NotApplicable } from '../../engine/target/could-not-run.ts';
import { deltaOptions } from '../../graph/calls/sources/create-body.ts';
import type { Answer } from '../../graph/mute-answer.ts';
import { readParticipants } from '../../graph/calls/participants.ts';
import type { Capability } from '../../engine/target/target.ts';
import { TransportFault } from '../../engine/http/transport-fault.ts';

/** What a target was seen to have; undefined where that could not be tried. */
export type CapabilitiesSeen = Readonly<Record<Capability, boolean | undefined>>;

/** What could not be tried says neither yes nor no. */
async function tried(look: () => Promise<boolean | undefined>): Promise<boolean | undefined> {
  try {
    return await look();
  } catch (error) {
    if ([CouldNotRun, NotApplicable, TransportFault].some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}

/**
 * Tries every capability on a call that has just been muted; leaves the call unmuted where that can be done.
 * @param answer of the mute
 * @param update the roster update that came of it, if one did
 */
export async function seeCapabilities(
  group: CallUnderTest,
  answer: Answer,
  update: Delivery | undefined,
): Promise<CapabilitiesSeen> {
  const { session, scope, id } = group;
  const [operations, participants, tokenValidation, sharedMeeting, deltaRoster] = await Promise.all([
    tried(async () => {
      if (answer.location.value === '') return false;
      const read = await group.followLocation(answer.location);
      const { id: found } = read.members;
      return read.status === 200 && typeof found === 'string' && sameId(found, answer.operationId);
    }),
    tried(async () => (await readParticipants(scope, id)) !== undefined),
    tried(async () => {
      const wrong = `Bearer ${scope.uuid('wrong token')}`;
      return (await group.mute({ authorization: wrong })).status === 401;
    }),
    tried(() => seeSharedMeeting(group)),
    tried(() => seeDeltaRoster(group)),
  ]);
  const app = session.target.apiVersion === 'beta' ? await tried(() => seeApp(group)) : false;
  const unmute = await tried(async () => (await group.unmute()).succeeded);
  const credentials = /^bearer +\S+\.\S+\.\S+$/i;
  const callbackAuth = update === undefined ? undefined : credentials.test(update.authorization ?? '');
  return { app, operations, participants, unmute, tokenValidation, sharedMeeting, callbackAuth, deltaRoster };
}

/** The call answers under its deprecated path, too. */
async function seeApp({ session, id }: CallUnderTest): Promise<boolean> {
  const scope = new CallScope(session, 'doctor', '/app', 'doctor /app');
  const path = callPath('/app', id, 'mute');
  return (await scope.send({ step: 'mute', method: 'POST', path, body: { json: {} } })).succeeded;
}

/** A call that asks for deltas of its roster is told of its mute by one. */
async function seeDeltaRoster({ session, scope, kind }: CallUnderTest): Promise<boolean | undefined> {
  const call = new CallUnderTest(session, scope, kind, undefined, { createMembers: { callOptions: deltaOptions } });
  try {
    await call.ready();
    const { succeeded } = await call.mute();
    const update = succeeded ? await call.callback.rosterUpdate() : undefined;
    return update === undefined ? undefined : rosterDeltas(update.json).onlyDeltas;
  } finally {
    session.track(call.release());
  }
}

/** What happens on one leg of a meeting is told to the other, soon enough. */
async function seeSharedMeeting({ session, scope }: CallUnderTest): Promise<boolean | undefined> {
  const meeting = scope.uuid('meeting');
  const [one, other] = [1, 2].map(() => new CallUnderTest(session, scope, 'meeting', meeting));
  if (one === undefined || other === undefined) return undefined;
  try {
    await one.ready();
    await other.ready();
    const { succeeded, http } = await one.mute();
    if (!succeeded) return undefined;
    const hears = (delivery: Delivery) => delivery.receivedAt >= http.sentAt && one.reportsOwnById(delivery, true);
    const found = await other.mailbox.waitFor(hears, session.quietWindowMs(), session.signal);
    return found !== undefined;
  } finally {
    for (const leg of [one, other]) session.track(leg.release());
  }
}
