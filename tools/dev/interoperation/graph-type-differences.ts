/**
 * Every difference between the types of the OpenAPI fragment and those that Microsoft generates from the CSDL for
 * JavaScript, with its reason. The compiler holds the lists to what there is: one that lacks a difference, or names
 * one that is gone, does not compile.
 */
import type * as Graph from '@microsoft/microsoft-graph-types';
import type * as GraphBeta from '@microsoft/microsoft-graph-types-beta';
import type { components } from '../../../specs/generated/openapi.ts';
import { type Differences, listed } from './member-differences.ts';

type Schemas = components['schemas'];

const annotation = 'OData control information, which generated model types leave out although the wire carries it';
const generatedOptional =
  'the generator makes every member optional, nullable or not; on the wire this one is promised';
const anyCase = 'CSDL and documentation, or either and the wire, differ in case, so that any string is let through';
const notLookedAt = 'nothing that mute promises depends on it; the schemas are open, so that it may be there';

const operation = {
  '@odata.type': ['ours', annotation],
  '@odata.context': ['ours', annotation],
  id: ['required', generatedOptional],
  status: [
    'wider',
    'an enum in PascalCase and never null in the CSDL, camelCase or null in the documentation (facts 30 and 31)',
  ],
} as const;

const notification = {
  '@odata.type': ['ours', annotation],
  changeType: ['wider', anyCase],
  resourceUrl: ['required', generatedOptional],
  resource: ['ours', 'the older name, which real notifications carry beside resourceUrl (fact 38)'],
  resourceData: ['ours', 'documented as additional data of an open type, in no CSDL (fact 37)'],
} as const;

const notifications = {
  '@odata.type': ['ours', annotation],
  value: ['narrower', 'nullable in the CSDL; a notification without any item tells nothing and is never documented'],
} as const;

const resultInfo = {
  '@odata.type': ['ours', annotation],
  code: ['required', generatedOptional],
  subcode: ['required', generatedOptional],
} as const;

const mediaStream = {
  '@odata.type': ['ours', annotation],
  direction: ['wider', anyCase],
  mediaType: [
    'wider',
    `${anyCase}; the types of v1.0 lack "unknown", which the documentation and the types of beta have (fact 42)`,
  ],
} as const;

const participantInfo = {
  '@odata.type': ['ours', annotation],
  identity: [
    'wider',
    'never null in the CSDL; a roster without it is the business of roster.participant-info, a should',
  ],
  endpointType: ['wider', 'documentation and CSDL list different values, and nobody depends on them here'],
} as const;

const participant = {
  '@odata.type': ['ours', annotation],
  id: ['required', generatedOptional],
  isMuted: ['required', generatedOptional],
  isInLobby: ['required', generatedOptional],
  metadata: ['theirs', notLookedAt],
  recordingInfo: ['theirs', notLookedAt],
  removedState: ['theirs', notLookedAt],
  restrictedExperience: ['theirs', notLookedAt],
  rosterSequenceNumber: ['theirs', notLookedAt],
} as const;

const call = {
  '@odata.type': ['ours', annotation],
  direction: ['wider', anyCase],
  state: [
    'wider',
    `${anyCase}; the types of v1.0 lack "ringing", which the documentation and the types of beta have (fact 60)`,
  ],
  requestedModalities: ['wider', anyCase],
  callChainId: ['theirs', notLookedAt],
  callOptions: ['theirs', notLookedAt],
  callRoutes: ['theirs', notLookedAt],
  incomingContext: ['theirs', notLookedAt],
  mediaState: ['theirs', notLookedAt],
  source: ['theirs', notLookedAt],
  toneInfo: ['theirs', notLookedAt],
  transcription: ['theirs', notLookedAt],
  audioRoutingGroups: ['theirs', notLookedAt],
  contentSharingSessions: ['theirs', notLookedAt],
  operations: ['theirs', 'a navigation, read under a URL of its own'],
  participants: ['theirs', 'a navigation, read under a URL of its own'],
} as const;

/** Against `@microsoft/microsoft-graph-types`: v1.0. */
export const differences = {
  muteParticipantOperation:
    listed<Differences<Schemas['muteParticipantOperation'], Graph.MuteParticipantOperation>>()(operation),
  participant: listed<Differences<Schemas['participant'], Graph.Participant>>()(participant),
  participantInfo: listed<Differences<Schemas['participantInfo'], Graph.ParticipantInfo>>()(participantInfo),
  mediaStream: listed<Differences<Schemas['mediaStream'], Graph.MediaStream>>()(mediaStream),
  commsNotifications: listed<Differences<Schemas['commsNotifications'], Graph.CommsNotifications>>()(notifications),
  commsNotification: listed<Differences<Schemas['commsNotification'], Graph.CommsNotification>>()(notification),
  resultInfo: listed<Differences<Schemas['resultInfo'], Graph.ResultInfo>>()(resultInfo),
  call: listed<Differences<Schemas['call'], Graph.Call>>()(call),
};

/** Against `@microsoft/microsoft-graph-types-beta`. */
export const betaDifferences = {
  muteParticipantOperation:
    listed<Differences<Schemas['muteParticipantOperation'], GraphBeta.MuteParticipantOperation>>()(operation),
  participant: listed<Differences<Schemas['participant'], GraphBeta.Participant>>()({
    ...participant,
    isIdentityAnonymized: ['theirs', notLookedAt],
    preferredDisplayName: ['theirs', notLookedAt],
  }),
  participantInfo: listed<Differences<Schemas['participantInfo'], GraphBeta.ParticipantInfo>>()({
    ...participantInfo,
    nonAnonymizedIdentity: ['theirs', notLookedAt],
    platformId: ['theirs', notLookedAt],
  }),
  mediaStream: listed<Differences<Schemas['mediaStream'], GraphBeta.MediaStream>>()(mediaStream),
  commsNotifications: listed<Differences<Schemas['commsNotifications'], GraphBeta.CommsNotifications>>()(notifications),
  commsNotification: listed<Differences<Schemas['commsNotification'], GraphBeta.CommsNotification>>()(notification),
  resultInfo: listed<Differences<Schemas['resultInfo'], GraphBeta.ResultInfo>>()(resultInfo),
  call: listed<Differences<Schemas['call'], GraphBeta.Call>>()({
    ...call,
    activeModalities: ['theirs', notLookedAt],
    answeredBy: ['theirs', notLookedAt],
    meetingCapability: ['theirs', notLookedAt],
    ringingTimeoutInSeconds: ['theirs', notLookedAt],
    routingPolicies: ['theirs', notLookedAt],
    terminationReason: ['theirs', notLookedAt],
  }),
};
