import { isObject } from '../../engine/catalogue/json-value.ts';
import { judgeBySchema, type JudgeOptions, type SchemaRules } from './judge-schema.ts';
import { problemAt, type Expectation, type Problem } from './problem.ts';

/** More streams than any participant has; a hostile target may send millions. */
const streamLimit = 50;

function participantMust(expected: string): Expectation {
  return { requirement: 'roster.participant', expected };
}

const identity: Expectation = { requirement: 'roster.participant-info', expected: 'an object with the identities' };

const participant: SchemaRules = {
  schema: 'participant',
  whole: participantMust('a participant, one JSON object'),
  members: {
    '@odata.type': participantMust('#microsoft.graph.participant, with or without the #'),
    id: participantMust('a string that is not empty, by which it is told from others (fact 81)'),
    isMuted: participantMust('true or false'),
    isInLobby: participantMust('true or false'),
    mediaStreams: participantMust('an array or null'),
    'mediaStreams/*': participantMust('an object with direction and mediaType'),
    'mediaStreams/*/direction': participantMust('inactive, sendOnly, receiveOnly or sendReceive'),
    'mediaStreams/*/mediaType': participantMust('audio, video, videoBasedScreenSharing, data or unknown'),
    'mediaStreams/*/label': participantMust('a string or null'),
    'mediaStreams/*/serverMuted': participantMust('true or false'),
    'mediaStreams/*/@odata.type': participantMust('a string'),
    'mediaStreams/*/sourceId': participantMust('a string (fact 82)'),
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
  const problems = judgeBySchema(withJudgedStreams(entity), participant, pointer, options);
  if (!isObject(entity) || options.partial === true) return problems;
  const { info } = entity;
  if (info === undefined) {
    return [...problems, problemAt(`${pointer}/info`, { ...identity, expected: 'an object with identity' }, info)];
  }
  const found = isObject(info) ? info['identity'] : null;
  if (isObject(info) && (found === undefined || found === null)) {
    return [...problems, problemAt(`${pointer}/info/identity`, identity, found)];
  }
  return problems;
}

/** The entity with as many streams as are judged, each in the form that is judged. */
function withJudgedStreams(entity: unknown): unknown {
  const streams = isObject(entity) ? entity['mediaStreams'] : undefined;
  if (!Array.isArray(streams)) return entity;
  return { ...(entity as object), mediaStreams: streams.slice(0, streamLimit).map(withoutNullMembers) };
}

/**
 * The schema has no null for serverMuted and sourceId, for no source has it; but that null is wrong where the member
 * may be left out (fact 42) is promised nowhere, and clients read both alike.
 */
function withoutNullMembers(stream: unknown): unknown {
  if (!isObject(stream)) return stream;
  return Object.fromEntries(
    Object.entries(stream).filter(([name, value]) => value !== null || !['serverMuted', 'sourceId'].includes(name)),
  );
}
