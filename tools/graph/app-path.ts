import { CallUnderTest } from './calls/call.ts';
import { CallScope } from './calls/call-scope.ts';
import { CouldNotRun, failedPremise } from '../engine/target/could-not-run.ts';
import type { Answer } from './mute-answer.ts';
import { isObject } from '../engine/catalogue/json-value.ts';
import type { AppLook, CallSession } from './calls/call-session.ts';
import { TransportFault } from '../engine/http/transport-fault.ts';

/**
 * Looks whether the target serves `/app`, once in a run, whoever asks.
 * @throws CouldNotRun, NotApplicable, TransportFault when there is no group call to look with
 */
export function lookAtApp(session: CallSession): Promise<AppLook> {
  session.appLook ??= look(session);
  return session.appLook;
}

async function look(session: CallSession): Promise<AppLook> {
  const scope = new CallScope(session, 'look at /app', '/communications', 'look at /app');
  const call = new CallUnderTest(session, scope, 'group');
  try {
    await call.ready();
    const answer = await mutedOnApp(call);
    if (answer instanceof TransportFault) return { served: false, found: answer.message, undecided: undefined, scope };
    // A page that a web server shows for any path it does not know is not the alias.
    const served = answer.succeeded && isObject(answer.json);
    const found = `it was answered ${answer.status}${answer.succeeded && !served ? ' with a body that is not a JSON object' : ''}`;
    return { served, found, undecided: served ? undefined : await undecidedBecause(call), scope };
  } finally {
    session.track(call.release());
    scope.close();
  }
}

/** A server may well hang up on a path that it does not know. */
async function mutedOnApp(call: CallUnderTest): Promise<Answer | TransportFault> {
  try {
    return await call.mute({ path: '/app' });
  } catch (error) {
    if (error instanceof TransportFault) return error;
    throw error;
  }
}

/** What is wrong with the answer is so because of the path only if the same request is answered well on the present path. */
async function undecidedBecause(call: CallUnderTest): Promise<CouldNotRun | undefined> {
  const { status, succeeded, json, http } = await call.mute();
  http.record.markAsControl();
  if (succeeded && isObject(json)) return undefined;
  const found = succeeded
    ? 'with a body that is not a JSON object (see response.schema)'
    : `${status} (see status.success)`;
  return new CouldNotRun(
    `${failedPremise.control}: the same mute on /communications was answered ${found}, so the answer on /app says nothing about the path`,
  );
}
