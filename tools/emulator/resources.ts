/** How the emulator's state is written as resources of Microsoft Graph. */
import type { Call, CallOperation, Participant, Roster } from './call.ts';
import type { JsonObject } from '../engine/catalogue/json-value.ts';

/** A participant of a roster, complete as in real traffic (facts 41 to 45). */
export function participantData({ id, identity, sourceId, muted }: Participant): JsonObject {
  return {
    '@odata.type': '#microsoft.graph.participant',
    id,
    info: {
      '@odata.type': '#microsoft.graph.participantInfo',
      identity,
      endpointType: 'default',
      languageId: 'en-US',
      region: 'westeurope',
    },
    mediaStreams: [
      {
        '@odata.type': '#microsoft.graph.mediaStream',
        mediaType: 'audio',
        label: 'main-audio',
        sourceId,
        direction: 'sendReceive',
        serverMuted: muted,
      },
    ],
    isMuted: muted,
    isInLobby: false,
  };
}

export function rosterData(roster: Roster): JsonObject[] {
  return roster.participants.map(participantData);
}

/** The body of create call and get call. */
export function callData(call: Call, serviceRoot: string): JsonObject {
  return {
    '@odata.type': '#microsoft.graph.call',
    '@odata.context': `${serviceRoot}/$metadata#communications/calls/$entity`,
    ...call.described,
    id: call.id,
    state: call.state,
    direction: 'outgoing',
    callbackUri: call.callbackUri,
    callChainId: call.callChainId,
    myParticipantId: call.self.id,
  };
}

/** A call as a notification speaks of it: with its coordinates, without its id (capture of August 2025). */
export function callNotificationData(call: Call, state: string): JsonObject {
  const { chatInfo, meetingInfo } = call.described;
  return {
    '@odata.type': '#microsoft.graph.call',
    state,
    ...(chatInfo === undefined ? {} : { chatInfo }),
    ...(meetingInfo === undefined ? {} : { meetingInfo }),
    callChainId: call.callChainId,
    ...(state === 'terminated' ? { resultInfo: resultInfo(200, 0, 'The call was ended by the application.') } : {}),
  };
}

/** The body of participants when they are listed. */
export function participantListData(
  call: Call,
  participants: readonly Participant[],
  serviceRoot: string,
  page: { readonly from: number; readonly size: number },
): JsonObject {
  const end = page.from + page.size;
  return {
    '@odata.context': `${serviceRoot}/$metadata#communications/calls('${call.id}')/participants`,
    ...(participants.length > end && {
      '@odata.nextLink': `${serviceRoot}/communications/calls/${call.id}/participants?$skiptoken=${end}`,
    }),
    value: participants.slice(page.from, end).map(participantData),
  };
}

/** The body of mute, unmute and get operation, as the operation's page shows it (fact 22). */
export function operationData(operation: CallOperation, serviceRoot: string): JsonObject {
  const { '@odata.type': type, ...members } = operationNotificationData(operation);
  return { '@odata.type': type, '@odata.context': `${serviceRoot}/$metadata#${operation.type}`, ...members };
}

export function operationNotificationData(operation: CallOperation): JsonObject {
  const { id, type, status, clientContext, resultInfo: result } = operation;
  return {
    '@odata.type': `#microsoft.graph.${type}`,
    id,
    status,
    ...(clientContext === undefined ? {} : { clientContext }),
    ...(result === undefined ? {} : { resultInfo: result }),
  };
}

/** Codes are integers, whatever one example prints (fact 36). */
export function resultInfo(code: number, subcode: number, message: string): JsonObject {
  return { '@odata.type': '#microsoft.graph.resultInfo', code, subcode, message };
}
