import { isObject } from './json-value.ts';
import { judgeBySchema, type JudgeOptions, type SchemaRules } from './judge-schema.ts';
import { problemAt, type Expectation, type Problem } from './problem.ts';

/** More streams than any participant has; a hostile target may send millions. */
const streamLimit = 50;

function participantMust(expected: string): Expectation {
  return { requirement: 'roster.participant', expected };
}

const identity: Expectation = { requirement: 'roster.participant-info', expected: 'the identities of the participant' };

const participant: SchemaRules = {
  schema: 'participant',
  whole: participantMust('a participant'),
  members: {
    '@odata.type': participantMust('#microsoft.graph.participant, with or without the #'),
    id: participantMust('a string that is not empty'),
    isMuted: participantMust('true or false'),
    isInLobby: participantMust('true or false'),
    mediaStreams: participantMust('an array or null'),
    'mediaStreams/*': participantMust('as mediaStream has it'),
    'mediaStreams/*/direction': participantMust('inactive, sendOnly, receiveOnly or sendReceive'),
    'mediaStreams/*/mediaType': participantMust('audio, video, videoBasedScreenSharing, data or unknown'),
    info: { requirement: 'roster.participant-info', expected: 'an object with the identity of the participant' },
    'info/identity': identity,
  },
};

/**
 * Judges one participant of a roster.
 * @param entity any JSON value
 * @param pointer where it is in the payload
 */
export function judgeParticipant(entity: unknown, pointer = '', options: JudgeOptions = {}): Problem[] {
  const problems = judgeBySchema(withoutFlood(entity), participant, pointer, options);
  if (!isObject(entity) || options.partial === true) return problems;
  const { info } = entity;
  if (info === undefined || info === null) {
    return [...problems, problemAt(`${pointer}/info`, { ...identity, expected: 'an object with identity' }, info)];
  }
  const found = isObject(info) ? info['identity'] : null;
  if (isObject(info) && (found === undefined || found === null)) {
    return [...problems, problemAt(`${pointer}/info/identity`, identity, found)];
  }
  return problems;
}

function withoutFlood(entity: unknown): unknown {
  const streams = isObject(entity) ? entity['mediaStreams'] : undefined;
  return Array.isArray(streams) ? { ...(entity as object), mediaStreams: streams.slice(0, streamLimit) } : entity;
}
