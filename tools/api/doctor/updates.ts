import { performance } from 'node:perf_hooks';
import type { Delivery } from '../../engine/callback/callback-receiver.ts';
import type { CallUnderTest } from '../../graph/calls/call.ts';
import { hasItemOf } from '../../graph/payloads/notification-items.ts';
import { callbackAdvice } from './callback-advice.ts';
import type { Way } from './connection.ts';
import { failureOf } from './failure.ts';
import { type DoctorFinding, note, ok, problem } from './finding.ts';

/** @returns the roster update on the mute, if there is one */
export async function* rosterFindings(
  group: CallUnderTest,
  way: Way,
): AsyncGenerator<DoctorFinding, Delivery | undefined> {
  const step = 'roster update';
  const { session, provided } = group;
  if (session.target.callbacks === 'none') {
    yield note(step, 'not waited for: the target file says callbacks: none');
    return undefined;
  }
  const answeredAt = performance.now();
  const unjudged = await failureOf(group.callback.rosterUpdate());
  const update = group.rosterDeliveries()[0];
  if (update === undefined) {
    const late = unjudged === undefined ? undefined : await lateFinding(group);
    if (late !== undefined) yield late;
    else if (provided.reasonForSilence() !== undefined) {
      yield problem(
        step,
        `nothing came to ${provided.mailbox.url}`,
        `Make that the callbackUri of the call ${group.id}, and give callback.listen in the target file a fixed port.`,
      );
    } else if (unjudged !== undefined) {
      yield problem(step, `none came; ${unjudged.message}`, unjudgedFix(group));
    } else {
      const { detail, fix } = callbackAdvice(group, way);
      yield problem(step, detail, fix);
    }
    return undefined;
  }
  const ms = Math.max(0, Math.round(update.receivedAt - answeredAt));
  yield ok(step, `within ${ms} ms of the answer, through ${session.receiver.url}`);
  const own = await failureOf(group.callback.ownReported(true));
  const { participantId } = group.own;
  if (own !== undefined) {
    yield problem('own participant', 'no update identifies it', ownFix(group));
  } else {
    yield ok(
      'own participant',
      participantId === undefined ? 'identified by its application' : `identified by its id, ${participantId}`,
    );
  }
  return update;
}

/** An update that was not waited for any more: of a mute that may have changed nothing none has to come. */
async function lateFinding(group: CallUnderTest): Promise<DoctorFinding | undefined> {
  const { session, lastRequestAt } = group;
  const { notificationMs } = session.target.timeouts;
  const late = await group.mailbox.waitFor(
    (delivery) => delivery.receivedAt >= lastRequestAt && hasItemOf(delivery.json, 'roster'),
    notificationMs,
    session.signal,
  );
  if (late === undefined) return undefined;
  const ms = Math.ceil(late.receivedAt - lastRequestAt);
  const option = ms > notificationMs ? '--notification-timeout' : '--quiet-window';
  return problem(
    'roster update',
    `it came only ${ms} ms after the mute`,
    `Give ${option} more than that, such as ${2 * ms}ms.`,
  );
}

/** What would let it be judged that no update came: it is not known that the mute changed anything. */
function unjudgedFix(group: CallUnderTest): string {
  const { session, own, scope, state } = group;
  const { capabilities } = session.target;
  const refusal = scope.exchanges.findLast(({ step }) => step === 'unmute')?.response?.status;
  if (capabilities.unmute) {
    return `unmute is declared, and POST …/unmute was answered ${refusal ?? 'nothing'}: fix it, or set capabilities: {unmute: false} in the target file.`;
  }
  if (state.joinedMuted) {
    return 'Declare unmute, if the target has it; else let the application join without being muted.';
  }
  if (capabilities.participants && own.participantId === undefined && state.mutedBefore === undefined)
    return ownFix(group);
  return 'Declare unmute, if the target has it; else give a call that is not muted, or let calls be made for each case.';
}

/** What tells the own participant where neither the call nor an identity does. */
function ownFix({ session, provided }: CallUnderTest): string {
  const { applicationId } = session.target;
  const byId = provided.isOwn
    ? 'let the call name its myParticipantId, or the command that makes it print participantId'
    : 'give participantId beside the id of the call';
  return applicationId === undefined
    ? `Give applicationId in the target file, or ${byId}.`
    : `No participant has the identity of the application ${applicationId}: is that applicationId right? Otherwise ${byId}.`;
}
