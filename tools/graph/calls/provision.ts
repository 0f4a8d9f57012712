import type { ObservedCall } from './observed-call.ts';
import { callPath } from './call-path.ts';
import { callSource, kindNames } from './call-source.ts';
import type { Mailbox } from '../../engine/callback/callback-receiver.ts';
import { adviceOnCreate } from '../advice.ts';
import { CouldNotRun, NoCall } from '../../engine/target/could-not-run.ts';
import { createBody, fixedThread } from './create-body.ts';
import { bodyInWords } from '../body-words.ts';
import type { Answer } from '../mute-answer.ts';
import { callMembers } from '../payloads/call-members.ts';
import { isObject } from '../../engine/catalogue/json-value.ts';
import type { ProvidedCall } from './provided-call.ts';
import { settle } from './readiness.ts';
import { prepareSharedCall, restoreSharedCall } from './shared-call.ts';
import { SharedCallState } from './shared-call-state.ts';
import type { CallSource } from '../../engine/target/target.ts';
import { TransportFault } from '../../engine/http/transport-fault.ts';

/** Called as soon as a call exists, before it is settled, so that it is released in any case. */
type Note = (call: ProvidedCall) => void;

/**
 * Makes a call come about as the target file says: created over the API, made by a command, or one that is kept.
 * @param note gets the call as soon as it exists
 * @throws CouldNotRun with what to provide; NotApplicable where the target has no such calls
 */
export async function provide(call: ObservedCall, note: Note): Promise<ProvidedCall> {
  const source = callSource(call.session.target, call.kind);
  if (
    source.create === undefined &&
    Object.keys(call.createMembers).length > 0 &&
    (source.id ?? source.command) !== undefined
  ) {
    throw new CouldNotRun(
      `this case creates a ${kindNames[call.kind]} with ${Object.keys(call.createMembers).join(', ')} of its own, and the target file gives ${source.id === undefined ? 'a command' : `only ${source.id}`}; let calls be created (calls.${call.kind}: {create: {}})`,
    );
  }
  if (source.id !== undefined) return share(call, source.id, source.participantId, note);
  if (source.command !== undefined) return command(call, source.command, note);
  return create(call, source, note);
}

/**
 * Takes what cases share; gives it back when the call could not be had.
 * @param whenTwice why a case cannot have it twice, if it cannot
 * @throws CouldNotRun with that
 */
async function holding<T>(
  call: ObservedCall,
  shared: string,
  whenTwice: string | undefined,
  use: (give: () => void) => Promise<T>,
): Promise<T> {
  const { session, scope } = call;
  const { times, give } = await scope.turn(session.locks.take(scope, shared));
  try {
    if (times > 1 && whenTwice !== undefined) throw new CouldNotRun(whenTwice);
    return await use(give);
  } catch (error) {
    if (!call.exists) give();
    throw error;
  }
}

/** A call that the target file names; one case at a time has it. */
async function share(
  call: ObservedCall,
  id: string,
  participantId: string | undefined,
  note: Note,
): Promise<ProvidedCall> {
  const { session, kind } = call;
  const second = `this case needs a second ${kindNames[kind]}, and the target file gives only ${id}; let calls be made for each case (calls.${kind}: {create: {}} or {command: …})`;
  return holding(call, id, second, async (give) => {
    callPath('/communications', id);
    const known = session.sharedCalls.get(id) ?? new SharedCallState(id, participantId);
    session.sharedCalls.set(id, known);
    const mailbox = session.receiver.openShared(id, call.scope.label);
    const shared: ProvidedCall = {
      id,
      mailbox,
      participantId,
      muted: undefined,
      isHeard: known.isHeard,
      isOwn: false,
      ended: false,
      doubt: () => (session.target.callbacks === 'none' ? undefined : known.reasonForSilence(mailbox)),
      release: async () => {
        await restoreSharedCall(known, call, shared);
        mailbox.close();
        give();
      },
    };
    note(shared);
    await prepareSharedCall(known, call, shared);
    return shared;
  });
}

/** The callback of a call that is made for its case. */
function openCallback({ session, scope, hasPlainCallback }: ObservedCall): Mailbox {
  return session.receiver.open({ label: scope.caseId, owner: scope.label, plain: hasPlainCallback });
}

/** A new call by the command of the target file. */
async function command(call: ObservedCall, line: string, note: Note): Promise<ProvidedCall> {
  const { session, scope, kind } = call;
  const mailbox = openCallback(call);
  const release = await scope.turn(session.commands.acquire());
  const { id, participantId } = await runHere()
    .catch((error: unknown) => {
      mailbox.close();
      throw error;
    })
    .finally(release);
  session.noteCreated();
  callPath('/communications', id);
  const made = ownCall(call, { id, participantId, mailbox }, () => undefined);
  note(made);
  await settle(call, made, undefined);
  return made;

  async function runHere() {
    session.refuseIfGivenUp();
    return session.outside.runCallCommand(line, { kind, callbackUri: mailbox.url, signal: session.finishSignal });
  }
}

/** A new call over the API. Where the target file gives its thread, one case at a time has a call there. */
async function create(call: ObservedCall, source: CallSource, note: Note): Promise<ProvidedCall> {
  const threadId = fixedThread(source);
  if (threadId === undefined) return request(call, source, () => undefined, note);
  // Two legs of one meeting are what some cases want; two calls that have nothing to do with each other cannot share it.
  const second =
    call.kind === 'meeting'
      ? undefined
      : `this case needs a second ${kindNames[call.kind]} in a meeting of its own, and the target file gives the one threadId ${threadId}; leave chatInfo.threadId out of calls.${call.kind}.create, if the target takes any`;
  return holding(call, threadId, second, (give) => request(call, source, give, note));
}

async function request(
  call: ObservedCall,
  source: CallSource,
  whenReleased: () => void,
  note: Note,
): Promise<ProvidedCall> {
  const { session, scope, kind } = call;
  const mailbox = openCallback(call);
  try {
    const answer = await scope.send({
      step: `create ${kindNames[kind]}`,
      method: 'POST',
      path: '/communications/calls',
      body: { json: createBody(call, mailbox.url, source) },
      // A call that comes about while the run is interrupted can be deleted only when its id is known.
      finish: session.finishSignal,
    });
    const id = isObject(answer.json) ? answer.json['id'] : undefined;
    if (!answer.succeeded || typeof id !== 'string') {
      if (answer.succeeded) session.noteDoubtfulCall();
      const problem = answer.succeeded ? idProblem(answer, id) : `with ${bodyInWords(answer.http.text)}`;
      throw new NoCall(
        `the ${kindNames[kind]} could not be created: POST /communications/calls was answered ${answer.status} ${problem}`,
        adviceOnCreate(answer.http, session.target, kind),
      );
    }
    session.noteCreated();
    const { state, myParticipantId } = callMembers(answer.json);
    // What cannot be named cannot be deleted either, and counts as leaked.
    callPath('/communications', id);
    const made = ownCall(call, { id, participantId: myParticipantId, mailbox }, whenReleased);
    note(made);
    await settle(call, made, state);
    return made;
  } catch (error) {
    if (error instanceof TransportFault && !call.exists && error.mayHaveArrived) session.noteDoubtfulCall();
    if (!call.exists) mailbox.close();
    throw error;
  }
}

/** What is wrong where a call was created, and has no id that could be used. */
function idProblem({ jsonProblem, json }: Answer, id: unknown): string {
  if (jsonProblem !== undefined) return `with a body that cannot be read: ${jsonProblem}`;
  if (!isObject(json)) return 'with a body that is not a JSON object';
  return id === undefined ? 'without an id in its body' : `with the id ${JSON.stringify(id)}, which is not a string`;
}

/** A call that was made for its case, and is deleted after it. */
function ownCall(
  call: ObservedCall,
  { id, participantId, mailbox }: { id: string; participantId: string | undefined; mailbox: Mailbox },
  whenReleased: () => void,
): ProvidedCall {
  const made: ProvidedCall = {
    id,
    mailbox,
    participantId,
    muted: false,
    isHeard: true,
    isOwn: true,
    ended: false,
    doubt: () => undefined,
    release: async () => {
      await endCall(call, made);
      mailbox.close();
      whenReleased();
    },
  };
  return made;
}

/** Deletes a call, if it was not deleted before; a call that is gone already is as good. Never throws. */
async function endCall({ session, scope }: ObservedCall, made: ProvidedCall): Promise<void> {
  if (!made.ended && !session.keepCalls) {
    try {
      const { succeeded, status } = await scope.sendRelease({
        step: 'delete call',
        method: 'DELETE',
        path: callPath('/communications', made.id),
      });
      made.ended = succeeded || status === 404;
    } catch {
      // Counted as leaked: nothing more can be done for it.
    }
  }
  if (made.ended) session.noteEnded();
}
