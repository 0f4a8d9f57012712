import { performance } from 'node:perf_hooks';
import { CallUnderTest } from '../../graph/calls/call.ts';
import { callPath } from '../../graph/calls/call-path.ts';
import { adviceOnFault, adviceOnMute, sendsPlaceholder } from '../../graph/advice.ts';
import { hasVersion, otherRoot } from '../../engine/target/base-url.ts';
import { callSource, kindNames } from '../../graph/calls/call-source.ts';
import type { Delivery } from '../../engine/callback/callback-receiver.ts';
import { CallScope } from '../../graph/calls/call-scope.ts';
import { CouldNotRun, NoCall } from '../../engine/target/could-not-run.ts';
import { bodyExcerpt } from '../../engine/http/excerpt.ts';
import type { Answer } from '../../graph/mute-answer.ts';
import { hasItemOf } from '../../graph/payloads/notification-items.ts';
import { findSameId } from '../../graph/calls/same-id.ts';
import type { CallSession } from '../../graph/calls/call-session.ts';
import { capabilityNames, type Target } from '../../engine/target/target.ts';
import { TransportFault } from '../../engine/http/transport-fault.ts';
import { callbackAdvice } from './callback-advice.ts';
import { type CapabilitiesSeen, seeCapabilities } from './capabilities-seen.ts';
import type { Way } from './connection.ts';
import { type DoctorFinding, note, ok, problem } from './finding.ts';

type Failure = CouldNotRun | TransportFault;

/** The error of a step that a target may well be to blame for. */
async function failureOf(work: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof CouldNotRun || error instanceof TransportFault) return error;
    throw error;
  }
}

/**
 * Goes through the life of a call: made, established, muted, announced; then a peer-to-peer call, and what can be read.
 * @returns what the target was seen to have, if it came that far
 */
export async function* examineCalls(
  session: CallSession,
  way: Way,
): AsyncGenerator<DoctorFinding, CapabilitiesSeen | undefined> {
  // One for all: calls that are kept are locked by it.
  const scope = new CallScope(session, 'doctor', '/communications', 'doctor');
  const group = new CallUnderTest(session, scope, session.target.calls.group === 'none' ? 'meeting' : 'group');
  const peer = new CallUnderTest(session, scope, 'peerToPeer');
  try {
    const peerFailure = session.target.calls.peerToPeer === 'none' ? undefined : failureOf(peer.ready());
    const failure = await failureOf(group.ready());
    const token = tokenFinding(group, failure);
    yield token;
    if (token.state === 'problem') return undefined;
    yield await createdFinding(group, failure);
    if (!group.exists) return undefined;
    const same = await findSameId(scope, group);
    if (same !== undefined) {
      yield problem('call ids', same.problem, same.advice);
      return undefined;
    }
    yield establishedFinding(group, failure);
    if (failure !== undefined) return undefined;
    yield* joinedMutedFinding(group);
    const answer = await muted(group);
    yield muteFinding(answer, session.target);
    if (!(answer instanceof Error) && answer.succeeded) {
      const update = yield* rosterFindings(group, way);
      yield await peerFinding(peer, await peerFailure);
      const seen = await seeCapabilities(group, answer, update);
      yield await readableFinding(group, seen);
      yield* capabilityFindings(session, seen);
      return seen;
    }
    yield await peerFinding(peer, await peerFailure);
    return undefined;
  } finally {
    for (const call of [group, peer]) session.track(call.release());
  }
}

/** The kind of source that the target file gives for a call, in words. */
function origin({ session, kind }: CallUnderTest): 'kept' | 'made by a command' | 'created' {
  const { id, command } = callSource(session.target, kind);
  if (id !== undefined) return 'kept';
  return command === undefined ? 'created' : 'made by a command';
}

function tokenFinding(group: CallUnderTest, failure: Failure | undefined): DoctorFinding {
  const step = 'token accepted';
  const answered = group.scope.exchanges.filter(({ response }) => response !== undefined);
  const statuses = answered.map(({ response }) => response?.status);
  if (failure instanceof TransportFault) {
    return problem(step, failure.message, adviceOnFault(failure, group.session.target));
  }
  const isPlaceholder = sendsPlaceholder(group.session.target);
  const [refused] = failure instanceof NoCall && statuses.includes(401) ? [failure] : [];
  if (refused !== undefined) {
    const detail = isPlaceholder ? 'none was given, and a random one was answered 401' : 'it was answered 401';
    return problem(step, detail, refused.advice);
  }
  if (statuses.length === 0) return note(step, 'seen when the call is muted');
  return ok(step, isPlaceholder ? 'none was given, and a random one will do' : 'no 401');
}

async function createdFinding(group: CallUnderTest, failure: Failure | undefined): Promise<DoctorFinding> {
  const step = 'group call';
  if (!group.exists) {
    if (failure instanceof NoCall) return problem(step, failure.problem, (await otherRootFix(group)) ?? failure.advice);
    const says = failure?.message ?? 'it was not created';
    return problem(
      step,
      says,
      'Say in the target file how group calls are made: calls.group with create, id or command.',
    );
  }
  return ok(step, `${origin(group)}: ${group.id}`);
}

/**
 * The fix where the target serves calls with the version in the path and the base URL has none, or the other way round.
 * @returns undefined where that is not so, as far as a request that creates nothing can tell
 */
async function otherRootFix({ scope, kind }: CallUnderTest): Promise<string | undefined> {
  const { target } = scope.session;
  const created = scope.exchanges.find(({ step }) => step === `create ${kindNames[kind]}`)?.response;
  if (created === undefined || !notServed.includes(created.status)) return undefined;
  const root = otherRoot(target);
  const path = `${new URL(root).pathname.replace(/\/+$/, '')}/communications/calls`;
  const request = {
    step: 'look at the other root',
    method: 'POST',
    path,
    below: 'origin',
    body: { json: {} },
  } as const;
  const answer = await scope.send(request).catch(() => undefined);
  const isPage = answer?.succeeded === true && answer.jsonProblem !== undefined;
  if (answer === undefined || isPage || [...notServed, 301, 302, 307, 308].includes(answer.status)) return undefined;
  const { apiVersion } = target;
  const there = `POST ${path} is answered ${answer.status}`;
  return hasVersion(root)
    ? `Add the version to the base URL, ${root}: ${there}.`
    : `Take the version out of the base URL, ${root}, and give --api-version ${apiVersion} (apiVersion: ${apiVersion} in the target file): ${there}.`;
}

/** What a server answers where it has no such route. */
const notServed: readonly number[] = [404, 405, 501];

function establishedFinding(group: CallUnderTest, failure: Failure | undefined): DoctorFinding {
  const step = 'established';
  if (failure !== undefined) {
    const fix =
      'A call counts as established when a notification of it at its callback, or GET /communications/calls/{id}, says state: established. If the target only needs time: --notification-timeout.';
    return problem(step, failure.message, group.provided.isOwn ? fix : 'Give the id of a call that is established.');
  }
  if (!group.provided.isOwn) return note(step, 'taken for granted for an existing call');
  const { profile } = group.session.startup.group;
  const roster = profile?.sendsFirstRoster === true ? ', and a first roster came' : '';
  if (profile?.establishedBy === 'nothing') {
    return note(step, `the target does not say; a call counts as established after the quiet window${roster}`);
  }
  const profileWords = {
    creation: 'in the response that created it',
    read: 'by GET on the call',
    notification: 'in a notification',
  };
  return ok(step, `reported ${profileWords[profile?.establishedBy ?? 'notification']}${roster}`);
}

/** Where the application is muted when a call is established, a mute changes nothing unless it is unmuted first. */
function* joinedMutedFinding({ session, state }: CallUnderTest): Generator<DoctorFinding> {
  if (!state.joinedMuted) return;
  const then = !session.target.capabilities.unmute
    ? 'unmute is not declared, so what a mute changes cannot be judged'
    : state.muted === false
      ? 'unmute is declared, so each call is unmuted before it is muted'
      : 'unmute is declared, but did not unmute it';
  yield note('joins muted', `the application is muted when its call is established; ${then}`);
}

async function muted(group: CallUnderTest): Promise<Answer | Failure> {
  try {
    return await group.mute();
  } catch (error) {
    if (error instanceof CouldNotRun || error instanceof TransportFault) return error;
    throw error;
  }
}

function muteFinding(answer: Answer | Failure, target: Target): DoctorFinding {
  const step = 'mute answered';
  if (answer instanceof Error) {
    const fix =
      answer instanceof TransportFault ? adviceOnFault(answer, target) : 'What does the log of the target say of it?';
    return problem(step, answer.message, fix);
  }
  const { sentAt, answeredAt, text } = answer.http;
  const took = `${answer.status} in ${Math.round(answeredAt - sentAt)} ms`;
  if (answer.succeeded) return ok(step, answer.status === 200 ? took : `${took}; the documentation says 200`);
  return problem(
    step,
    `${took} with ${bodyExcerpt(text, 200)}`,
    adviceOnMute(answer.http, target, answer.clientRequestId),
  );
}

/** @returns the roster update on the mute, if there is one */
async function* rosterFindings(group: CallUnderTest, way: Way): AsyncGenerator<DoctorFinding, Delivery | undefined> {
  const step = 'roster update';
  const { session, provided } = group;
  if (session.target.callbacks === 'none') {
    yield note(step, 'not waited for: the target file says callbacks: none');
    return undefined;
  }
  const answeredAt = performance.now();
  const unjudged = await failureOf(group.rosterUpdate());
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
  const own = await failureOf(group.ownReported(true));
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

async function peerFinding(peer: CallUnderTest, failure: Failure | undefined): Promise<DoctorFinding> {
  const step = 'peer-to-peer call';
  if (peer.session.target.calls.peerToPeer === 'none') return note(step, 'none, says the target file');
  if (failure !== undefined) {
    const fix =
      'Say in the target file how peer-to-peer calls are made: calls.peerToPeer with create, id or command, or none where the target has no such calls.';
    if (failure instanceof NoCall) return problem(step, failure.problem, fix);
    return problem(step, failure.message, fix);
  }
  const answer = await muted(peer);
  const became = answer instanceof Error ? answer.message : `its mute is answered ${answer.status}`;
  return ok(step, `${origin(peer)}: ${peer.id}; ${became}`);
}

async function readableFinding(group: CallUnderTest, seen: CapabilitiesSeen): Promise<DoctorFinding> {
  const step = 'readable';
  const path = callPath('/communications', group.id);
  const call = await group.scope.send({ step: 'get call', method: 'GET', path }).catch(() => undefined);
  const readable = [
    ...(call?.status === 200 ? ['the call'] : []),
    ...(seen.participants === true ? ['its participants'] : []),
    ...(seen.operations === true ? ['the operation'] : []),
  ];
  return readable.length === 0 ? note(step, 'nothing') : ok(step, readable.join(', '));
}

/** What is declared and not there makes cases fail; what is there and not declared is suggested. */
function* capabilityFindings({ target }: CallSession, seen: CapabilitiesSeen): Generator<DoctorFinding> {
  for (const name of capabilityNames) {
    if (target.capabilities[name] && seen[name] === false) {
      yield problem(
        'capabilities',
        `${name} is declared, and was not seen`,
        `Fix it, or declare capabilities: {${name}: false} in the target file.`,
      );
    }
  }
}
