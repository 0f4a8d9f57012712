import { isObject } from '../../../engine/catalogue/json-value.ts';
import { TransportFault } from '../../../engine/http/transport-fault.ts';
import { NoCall } from '../../../engine/target/could-not-run.ts';
import type { CallSource } from '../../../engine/target/target.ts';
import { adviceOnCreate } from '../../advice.ts';
import { bodyInWords } from '../../body-words.ts';
import type { Answer } from '../../mute-answer.ts';
import { callMembers } from '../../payloads/call-members.ts';
import { callPath } from '../call-path.ts';
import { kindNames } from '../call-source.ts';
import type { KnownCall } from '../known-call.ts';
import { settle } from '../readiness.ts';
import { createBody, fixedThread } from './create-body.ts';
import { holding } from './holding.ts';
import { madeCall, openCallback } from './made.ts';
import type { Provided } from './provided.ts';

/** A new call over the API. Where the target file gives its thread, one case at a time has a call there. */
export async function provideCreated(call: KnownCall, source: CallSource, exists: Provided): Promise<void> {
  const threadId = fixedThread(source);
  if (threadId === undefined) return create(call, source, exists);
  // Two legs of one meeting are what some cases want; two calls that have nothing to do with each other cannot share it.
  const second =
    call.kind === 'meeting'
      ? undefined
      : `this case needs a second ${kindNames[call.kind]} in a meeting of its own, and the target file gives the one threadId ${threadId}; leave chatInfo.threadId out of calls.${call.kind}.create, if the target takes any`;
  return holding(call, threadId, second, (give) => create(call, source, exists, give));
}

async function create(call: KnownCall, source: CallSource, exists: Provided, whenReleased?: () => void): Promise<void> {
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
      if (answer.succeeded) session.notePossibleLeftover();
      const problem = answer.succeeded ? idProblem(answer, id) : `with ${bodyInWords(answer.http.text)}`;
      throw new NoCall(
        `the ${kindNames[kind]} could not be created: POST /communications/calls was answered ${answer.status} ${problem}`,
        adviceOnCreate(answer.http, session.target, kind),
      );
    }
    session.noteCreated();
    // What cannot be named cannot be deleted either, and counts as leaked.
    callPath('/communications', id);
    call.note({ type: 'made' });
    call.note({ type: 'reported', ...callMembers(answer.json) });
    exists(madeCall(call, { id, mailbox, creation: answer.http.record }, whenReleased));
    await settle(call);
  } catch (error) {
    if (error instanceof TransportFault && !call.exists && error.mayHaveArrived) session.notePossibleLeftover();
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
