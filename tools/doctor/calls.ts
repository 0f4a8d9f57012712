import { performance } from 'node:perf_hooks';
import { CallUnderTest } from '../target/call.ts';
import { callPath } from '../target/call-path.ts';
import { callSource, kindNames } from '../target/call-source.ts';
import type { Delivery } from '../target/callback-receiver.ts';
import { CaseScope } from '../target/case-scope.ts';
import { CouldNotRun } from '../target/could-not-run.ts';
import type { Answer } from '../target/mute-answer.ts';
import type { TargetSession } from '../target/session.ts';
import { capabilityNames } from '../target/target.ts';
import { TransportFault } from '../target/transport-fault.ts';
import { callbackAdvice } from './callback-advice.ts';
import { type CapabilitiesSeen, seeCapabilities } from './capabilities-seen.ts';
import type { Way } from './connection.ts';
import { type Finding, note, ok, problem } from './finding.ts';

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
  session: TargetSession,
  way: Way,
): AsyncGenerator<Finding, CapabilitiesSeen | undefined> {
  // One for all: calls that are kept are locked by it.
  const scope = new CaseScope(session, 'doctor', '/communications', 'doctor');
  const group = new CallUnderTest(session, scope, session.target.calls.group === 'none' ? 'meeting' : 'group');
  const peer = new CallUnderTest(session, scope, 'peerToPeer');
  try {
    const peerFailure = session.target.calls.peerToPeer === 'none' ? undefined : failureOf(peer.ready());
    const failure = await failureOf(group.ready());
    const token = tokenFinding(group, failure);
    yield token;
    if (token.state === 'problem') return undefined;
    yield createdFinding(group, failure);
    if (!group.exists) return undefined;
    yield establishedFinding(group, failure);
    if (failure !== undefined) return undefined;
    const answer = await muted(group);
    yield muteFinding(answer);
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

function tokenFinding(group: CallUnderTest, failure: Failure | undefined): Finding {
  const step = 'token accepted';
  const answered = group.scope.exchanges.filter(({ response }) => response !== undefined);
  const statuses = answered.map(({ response }) => response?.status);
  if (failure instanceof TransportFault) {
    return problem(step, failure.message, 'Is it an HTTP server that answers at this URL, and is the scheme right?');
  }
  const isPlaceholder = group.session.target.notes.some((text) => text.includes('placeholder'));
  if (statuses.includes(401)) {
    return isPlaceholder
      ? problem(step, 'none was given, and a random one was answered 401', 'Give one with --token-env or --token-file.')
      : problem(step, 'it was answered 401', 'Is the token still valid, and one for this target?');
  }
  if (statuses.length === 0) return note(step, 'seen when the call is muted');
  return ok(step, isPlaceholder ? 'none was given, and a random one will do' : 'no 401');
}

function createdFinding(group: CallUnderTest, failure: Failure | undefined): Finding {
  const step = 'group call';
  if (!group.exists) {
    const refused = group.scope.exchanges.find(({ step }) => step === `create ${kindNames[group.kind]}`)?.response;
    const says = failure?.message ?? 'it did not come about';
    if (refused?.status === 403) {
      return problem(
        step,
        says,
        'Give a token of an application with Calls.Initiate.All and Calls.InitiateGroupCall.All.',
      );
    }
    if (/callback|https/i.test(refused?.body ?? '')) {
      return problem(step, says, 'If the target takes https callbacks alone, add --callback-tls.');
    }
    return problem(
      step,
      says,
      'Say in the target file how group calls come about: calls.group with create, id or command.',
    );
  }
  return ok(step, `${origin(group)}: ${group.id}`);
}

function establishedFinding(group: CallUnderTest, failure: Failure | undefined): Finding {
  const step = 'established';
  if (failure !== undefined) {
    const fix =
      'Does a call on the target need something before it is established? If only time: --notification-timeout.';
    return problem(step, failure.message, group.provided.isOwn ? fix : 'Give the id of a call that is established.');
  }
  if (!group.provided.isOwn) return note(step, 'taken for granted of a call that is kept');
  const learnt = group.session.knowledge.group.learnt;
  const roster = learnt?.sendsFirstRoster === true ? ', and a first roster came' : '';
  if (learnt?.tells === 'neither') {
    return note(step, `nothing tells; a call counts as established after the quiet window${roster}`);
  }
  return ok(step, `told ${learnt?.tells === 'read' ? 'by GET of the call' : 'in a notification'}${roster}`);
}

async function muted(group: CallUnderTest): Promise<Answer | Failure> {
  try {
    return await group.mute();
  } catch (error) {
    if (error instanceof CouldNotRun || error instanceof TransportFault) return error;
    throw error;
  }
}

function muteFinding(answer: Answer | Failure): Finding {
  const step = 'mute answered';
  if (answer instanceof Error) return problem(step, answer.message, 'What does the log of the target say of it?');
  const { sentAt, answeredAt, text } = answer.http;
  const took = `${answer.status} in ${Math.round(answeredAt - sentAt)} ms`;
  if (answer.succeeded) return ok(step, answer.status === 200 ? took : `${took}; the documentation says 200`);
  return problem(
    step,
    `${took} with ${text.slice(0, 200) || 'an empty body'}`,
    answer.status === 401
      ? 'Is the token still valid, and one for this target?'
      : `What does the log of the target say of the request with client-request-id ${answer.clientRequestId}?`,
  );
}

/** @returns the roster update on the mute, if there is one */
async function* rosterFindings(group: CallUnderTest, way: Way): AsyncGenerator<Finding, Delivery | undefined> {
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
    if (provided.doubt() !== undefined) {
      yield problem(
        step,
        `nothing came to ${provided.mailbox.url}`,
        `Make that the callbackUri of the call ${group.id}, and give callback.listen in the target file a fixed port.`,
      );
    } else if (unjudged !== undefined) {
      yield problem(step, `none came; ${unjudged.message}`, 'Declare unmute, if the target has it.');
    } else {
      const { detail, fix } = callbackAdvice(session, way);
      yield problem(step, detail, fix);
    }
    return undefined;
  }
  const ms = Math.max(0, Math.round(update.receivedAt - answeredAt));
  yield ok(step, `within ${ms} ms of the answer, through ${session.receiver.url}`);
  const own = await failureOf(group.ownReported(true));
  const { participantId } = group.own;
  if (own !== undefined) {
    yield problem('own participant', 'nobody can tell it', 'Give applicationId in the target file.');
  } else {
    yield ok(
      'own participant',
      participantId === undefined ? 'told by its application' : `told by its id, ${participantId}`,
    );
  }
  return update;
}

async function peerFinding(peer: CallUnderTest, failure: Failure | undefined): Promise<Finding> {
  const step = 'peer-to-peer call';
  if (peer.session.target.calls.peerToPeer === 'none') return note(step, 'none, says the target file');
  if (failure !== undefined) {
    return problem(
      step,
      failure.message,
      'Say in the target file how peer-to-peer calls come about: calls.peerToPeer with create, id or command.',
    );
  }
  const answer = await muted(peer);
  const became = answer instanceof Error ? answer.message : `its mute is answered ${answer.status}`;
  return ok(step, `${origin(peer)}: ${peer.id}; ${became}`);
}

async function readableFinding(group: CallUnderTest, seen: CapabilitiesSeen): Promise<Finding> {
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
function* capabilityFindings({ target }: TargetSession, seen: CapabilitiesSeen): Generator<Finding> {
  for (const name of capabilityNames) {
    if (target.capabilities[name] && seen[name] === false) {
      yield problem(
        'capabilities',
        `${name} is declared, and was not seen`,
        `Mend it, or say capabilities: {${name}: false} in the target file.`,
      );
    }
  }
}
