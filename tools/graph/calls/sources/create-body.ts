import type { KnownCall } from '../known-call.ts';
import { isObject } from '../../../engine/catalogue/json-value.ts';
import type { CallSource } from '../../../engine/target/target.ts';

type Json = Record<string, unknown>;

/** What asks for deltas of the roster when a call is created (fact 78). */
export const deltaOptions: Json = {
  '@odata.type': '#microsoft.graph.outgoingCallOptions',
  isDeltaRosterEnabled: true,
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
function kindMembers(call: KnownCall): Json {
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

/** The body of the request that creates a call, with what the target file adds to it. */
export function createBody(call: KnownCall, callbackUri: string, source: CallSource): Json {
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
  return merge(merge(body, source.create ?? {}), { ...call.createMembers });
}

/** The threadId that a target file gives: calls that share it are made one after another. */
export function fixedThread(source: CallSource): string | undefined {
  const chatInfo = source.create?.['chatInfo'];
  const threadId = isObject(chatInfo) ? chatInfo['threadId'] : undefined;
  return typeof threadId === 'string' ? threadId : undefined;
}
