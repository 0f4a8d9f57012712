import type { CallUnderTest, ProvidedCall } from './call.ts';
import { CouldNotRun } from './could-not-run.ts';
import { runCallCommand } from './call-command.ts';
import { callMembers, isObject } from './notifications.ts';
import { settle } from './readiness.ts';
import type { CallKind, CallSource } from './target.ts';

type Json = Record<string, unknown>;

/** The words for a kind of call in messages, and its name in the target file. */
export const kindNames: Readonly<Record<CallKind, string>> = {
  group: 'group call',
  meeting: 'group call in a meeting',
  peerToPeer: 'peer-to-peer call',
};

function invitation(userId: string): Json {
  return {
    '@odata.type': '#microsoft.graph.invitationParticipantInfo',
    identity: {
      '@odata.type': '#microsoft.graph.identitySet',
      user: { '@odata.type': '#microsoft.graph.identity', id: userId },
    },
  };
}

/** What makes a call one of its kind: fact 56. */
function kindMembers(call: CallUnderTest): Json {
  const { scope } = call;
  switch (call.kind) {
    case 'group':
      return { targets: [invitation(scope.uuid('first user')), invitation(scope.uuid('second user'))] };
    case 'peerToPeer':
      return { targets: [invitation(scope.uuid('only user'))] };
    case 'meeting':
      return {
        targets: [],
        chatInfo: {
          '@odata.type': '#microsoft.graph.chatInfo',
          threadId: `19:meeting_${call.meeting ?? scope.uuid('meeting')}@thread.v2`,
          messageId: '0',
        },
        meetingInfo: {
          '@odata.type': '#microsoft.graph.organizerMeetingInfo',
          organizer: {
            '@odata.type': '#microsoft.graph.identitySet',
            user: { '@odata.type': '#microsoft.graph.identity', id: scope.uuid('organizer') },
          },
        },
      };
  }
}

/** Merges objects member by member; everything else, arrays too, is replaced. */
export function merge(base: Json, over: Json): Json {
  const merged = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const there = merged[name];
    merged[name] = isObject(there) && isObject(value) ? merge(there, value) : value;
  }
  return merged;
}

/** The body of the create request, with what the target file adds to it. */
function createBody(call: CallUnderTest, callbackUri: string, source: CallSource): Json {
  const { applicationId } = call.session.target;
  const body: Json = {
    '@odata.type': '#microsoft.graph.call',
    callbackUri,
    ...(applicationId !== undefined && {
      source: {
        '@odata.type': '#microsoft.graph.participantInfo',
        identity: {
          '@odata.type': '#microsoft.graph.identitySet',
          application: { '@odata.type': '#microsoft.graph.identity', id: applicationId },
        },
      },
    }),
    ...kindMembers(call),
    requestedModalities: ['audio'],
    mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
  };
  return merge(body, source.create ?? {});
}

/** The threadId that a target file gives: calls that share it are made one after another. */
function fixedThread(source: CallSource): string | undefined {
  const chatInfo = source.create?.['chatInfo'];
  const threadId = isObject(chatInfo) ? chatInfo['threadId'] : undefined;
  return typeof threadId === 'string' ? threadId : undefined;
}

/** Deletes a call, if it was not deleted before; a call that is gone already is as good. Never throws. */
async function endCall(call: CallUnderTest, provided: ProvidedCall): Promise<void> {
  const { session, scope } = call;
  if (!provided.ended && !session.keepCalls) {
    try {
      const { status } = await scope.sendRelease({
        step: 'delete call',
        method: 'DELETE',
        path: `/communications/calls/${encodeURIComponent(provided.id)}`,
      });
      provided.ended = (status >= 200 && status < 300) || status === 404;
    } catch {
      // Counted as leaked: nothing more can be done for it.
    }
  }
  if (provided.ended) session.noteEnded();
}

async function create(call: CallUnderTest, source: CallSource, provided: (call: ProvidedCall) => void): Promise<void> {
  const { session, scope, kind } = call;
  const threadId = fixedThread(source);
  if (threadId !== undefined) await session.locks.take(scope, threadId);
  const unlock = () => threadId !== undefined && session.locks.give(scope, threadId);
  const mailbox = session.receiver.open({ label: scope.caseId });
  try {
    const answer = await scope.send({
      step: `create ${kindNames[kind]}`,
      method: 'POST',
      path: '/communications/calls',
      body: { json: createBody(call, mailbox.url, source) },
    });
    const id = isObject(answer.json) ? answer.json['id'] : undefined;
    if (!answer.succeeded || typeof id !== 'string') {
      const problem = answer.succeeded
        ? 'without an id in its body'
        : `with ${answer.http.text.slice(0, 300) || 'an empty body'}`;
      throw new CouldNotRun(
        `the ${kindNames[kind]} could not be created: POST /communications/calls was answered ${answer.status} ${problem}; give calls.${kind} in the target file (create, id or command), or a token that may create calls`,
      );
    }
    session.noteCreated();
    const { state, myParticipantId } = callMembers(answer.json);
    const made: ProvidedCall = {
      id,
      mailbox,
      participantId: myParticipantId,
      startsUnmuted: true,
      ended: false,
      release: async () => {
        await endCall(call, made);
        unlock();
      },
    };
    provided(made);
    if (id === '' || /^\.{1,2}$/.test(id))
      throw new CouldNotRun(`the call id ${JSON.stringify(id)} cannot stand in a path`);
    await settle(call, made, state);
  } catch (error) {
    if (!call.exists) {
      mailbox.close();
      unlock();
    }
    throw error;
  }
}

/** Takes a call that exists: one that the target file names, or that a command of it makes. */
async function adopt(call: CallUnderTest, source: CallSource, provided: (call: ProvidedCall) => void): Promise<void> {
  const { session, scope, kind } = call;
  const lock = source.id ?? `the command for calls.${kind}`;
  if (source.id !== undefined) await session.locks.take(scope, lock);
  const unlock = () => source.id !== undefined && session.locks.give(scope, lock);
  let mailbox = undefined;
  try {
    mailbox =
      source.id === undefined ? session.receiver.open({ label: scope.caseId }) : session.receiver.openShared(source.id);
    const { id, participantId } =
      source.command === undefined
        ? { id: source.id ?? '', participantId: source.participantId }
        : await runCallCommand(source.command, { kind, callbackUri: mailbox.url, signal: session.signal });
    const made: ProvidedCall = {
      id,
      mailbox,
      participantId: participantId ?? source.participantId,
      startsUnmuted: false,
      ended: false,
      release: async () => {
        if (source.command !== undefined) await endCall(call, made);
        else if (session.target.capabilities.unmute && call.firstMuteAt !== undefined) await restore(call);
        unlock();
      },
    };
    if (source.command !== undefined) session.noteCreated();
    provided(made);
  } catch (error) {
    mailbox?.close();
    unlock();
    throw error;
  }
}

/** Unmutes a shared call for the next case, and waits until the quiet that follows cannot be taken for its own. */
async function restore(call: CallUnderTest): Promise<void> {
  try {
    await call.unmute();
    await call.ownReported(false);
  } catch {
    // The next case finds the call muted, and says so.
  }
}

/**
 * Makes a call come about as the target file says: created over the API, one that exists, or made by a command.
 * @param provided called as soon as the call exists, before it is settled, so that it is released in any case
 * @throws CouldNotRun with what to provide
 */
export async function provide(call: CallUnderTest, provided: (call: ProvidedCall) => void): Promise<ProvidedCall> {
  let made: ProvidedCall | undefined;
  const note = (one: ProvidedCall) => {
    made = one;
    provided(one);
  };
  const source = call.session.target.calls[call.kind] ?? { create: {} };
  if (source.id === undefined && source.command === undefined) await create(call, source, note);
  else await adopt(call, source, note);
  if (made === undefined) throw new Error('a call was provided without being noted');
  return made;
}
