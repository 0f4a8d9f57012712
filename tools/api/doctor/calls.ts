import { CallUnderTest } from '../../graph/calls/call.ts';
import { callPath } from '../../graph/calls/call-path.ts';
import { adviceOnFault, adviceOnMute, sendsPlaceholder } from '../../graph/advice.ts';
import { hasVersion, otherRoot } from '../../engine/target/base-url.ts';
import { callSource, kindNames } from '../../graph/calls/call-source.ts';
import { CallScope } from '../../graph/calls/call-scope.ts';
import { CouldNotRun, NoCall } from '../../engine/target/could-not-run.ts';
import { bodyExcerpt } from '../../engine/http/excerpt.ts';
import type { Answer } from '../../graph/mute-answer.ts';
import { findSameId } from '../../graph/calls/same-id.ts';
import type { CallSession } from '../../graph/calls/call-session.ts';
import { capabilityNames, type Target } from '../../engine/target/target.ts';
import { TransportFault } from '../../engine/http/transport-fault.ts';
import { type CapabilitiesSeen, seeCapabilities } from './capabilities-seen.ts';
import type { Way } from './connection.ts';
import { type Failure, failureOf } from './failure.ts';
import { type DoctorFinding, note, ok, problem } from './finding.ts';
import { rosterFindings } from './updates.ts';

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
