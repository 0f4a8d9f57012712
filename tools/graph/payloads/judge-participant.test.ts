import { describe, expect, it } from 'vitest';
import { changed, told } from '../../dev/testing/payloads.ts';
import { judge, judgeParticipant } from './judge.ts';

const participant = {
  '@odata.type': '#microsoft.graph.participant',
  id: 'f3e9b5c1-2d64-4a78-90bf-6c8e0a7d4132',
  info: { identity: { application: { id: 'c6a0e4f8-9b1d-4357-8e2c-5f7a3d9b0614', displayName: 'Note taker' } } },
  mediaStreams: [
    { mediaType: 'audio', label: 'main-audio', sourceId: '3', direction: 'sendReceive', serverMuted: true },
  ],
  isMuted: true,
  isInLobby: false,
};

function findings(pointer: string, value: unknown): string[] {
  return told(judgeParticipant(changed(participant, pointer, value)));
}

describe('judgeParticipant', () => {
  it('has nothing to say of a good one', () => {
    expect(judgeParticipant(participant)).toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['a type without hash', '/@odata.type', 'microsoft.graph.participant'],
    ['no mediaStreams', '/mediaStreams', undefined],
    ['mediaStreams null', '/mediaStreams', null],
    ['mediaStreams empty', '/mediaStreams', []],
    ['no serverMuted', '/mediaStreams/0/serverMuted', undefined],
    ['serverMuted null, which is promised nowhere to be wrong', '/mediaStreams/0/serverMuted', null],
    ['sourceId null, likewise', '/mediaStreams/0/sourceId', null],
    ['no label', '/mediaStreams/0/label', undefined],
    ['an unknown member of a stream', '/mediaStreams/0/serverMutedReason', {}],
    ['sendOnly', '/mediaStreams/0/direction', 'sendOnly'],
    ['receiveOnly', '/mediaStreams/0/direction', 'receiveOnly'],
    ['inactive', '/mediaStreams/0/direction', 'inactive'],
    ['a direction in PascalCase', '/mediaStreams/0/direction', 'SendReceive'],
    ['a media type of the documentation alone', '/mediaStreams/0/mediaType', 'unknown'],
    ['a media type of the CSDL alone', '/mediaStreams/0/mediaType', 'unknownFutureValue'],
    ['screen sharing', '/mediaStreams/0/mediaType', 'videoBasedScreenSharing'],
    ['members that are not in the CSDL', '/publishedStates', []],
    ['a roster sequence number', '/rosterSequenceNumber', 7],
    ['endpointType voicemail', '/info/endpointType', 'voicemail'],
    ['a guest beside the application', '/info/identity/guest', { displayName: 'Note taker', id: 'g' }],
    ['an identity that is null', '/info/identity/user', null],
    ['an identity of a kind unknown', '/info/identity/robot', 5],
    ['an id that is no GUID', '/id', 'p1'],
    ['isMuted false', '/isMuted', false],
  ])('takes %s', (_title, pointer, value) => {
    expect(findings(pointer, value)).toEqual([]);
  });

  it.each<[string, string, unknown, string[]]>([
    ['no type', '/@odata.type', undefined, ['roster.participant /@odata.type']],
    [
      'the type of something else',
      '/@odata.type',
      '#microsoft.graph.participantInfo',
      ['roster.participant /@odata.type'],
    ],
    ['no id', '/id', undefined, ['roster.participant /id']],
    ['an empty id', '/id', '', ['roster.participant /id']],
    ['an id that is a number', '/id', 1, ['roster.participant /id']],
    ['no isMuted', '/isMuted', undefined, ['roster.participant /isMuted']],
    ['isMuted null', '/isMuted', null, ['roster.participant /isMuted']],
    ['isMuted 1', '/isMuted', 1, ['roster.participant /isMuted']],
    ['no isInLobby', '/isInLobby', undefined, ['roster.participant /isInLobby']],
    ['isInLobby as text', '/isInLobby', 'false', ['roster.participant /isInLobby']],
    ['mediaStreams as an object', '/mediaStreams', {}, ['roster.participant /mediaStreams']],
    ['a stream that is text', '/mediaStreams/0', 'audio', ['roster.participant /mediaStreams/0']],
    ['no direction', '/mediaStreams/0/direction', undefined, ['roster.participant /mediaStreams/0/direction']],
    ['an unknown direction', '/mediaStreams/0/direction', 'both', ['roster.participant /mediaStreams/0/direction']],
    ['no media type', '/mediaStreams/0/mediaType', undefined, ['roster.participant /mediaStreams/0/mediaType']],
    ['an unknown media type', '/mediaStreams/0/mediaType', 'sound', ['roster.participant /mediaStreams/0/mediaType']],
    ['serverMuted as text', '/mediaStreams/0/serverMuted', 'true', ['roster.participant /mediaStreams/0/serverMuted']],
    ['a sourceId that is a number', '/mediaStreams/0/sourceId', 3, ['roster.participant /mediaStreams/0/sourceId']],
    ['a sourceId that is a number', '/mediaStreams/0/sourceId', 1, ['roster.participant /mediaStreams/0/sourceId']],
    ['an id that is null', '/id', null, ['roster.participant /id']],
    ['info null', '/info', null, ['roster.participant-info /info']],
    ['info as text', '/info', 'Ada', ['roster.participant-info /info']],
    ['no identity', '/info/identity', undefined, ['roster.participant-info /info/identity']],
    ['identity null', '/info/identity', null, ['roster.participant-info /info/identity']],
    [
      'an application that is text',
      '/info/identity/application',
      'Note taker',
      ['roster.participant-info /info/identity/application'],
    ],
    ['identity as text', '/info/identity', 'Ada', ['roster.participant-info /info/identity']],
  ])('finds %s', (_title, pointer, value, expected) => {
    expect(findings(pointer, value)).toEqual(expected);
  });

  it.each([null, [], 'x', 5])('takes %j for no participant', (entity) => {
    expect(told(judgeParticipant(entity))).toEqual(['roster.participant ']);
    expect(judgeParticipant(entity)).toMatchObject([{ level: 'must' }]);
  });

  it('judges one or several', () => {
    expect(judge([participant, { ...participant, id: '' }], 'participant')).toMatchObject([{ pointer: '/1/id' }]);
    expect(judge([], 'participant')).toEqual([]);
    const delta = { '@odata.type': '#microsoft.graph.deltaParticipants', sequenceNumber: 1 };
    expect(judge({ ...delta, participants: [participant, { ...participant, id: '' }] }, 'participant')).toMatchObject([
      { pointer: '/participants/1/id' },
    ]);
  });

  it('judges of a fragment only what is there', () => {
    expect(judgeParticipant({}, '', { partial: true })).toEqual([]);
    expect(judgeParticipant({ isMuted: 'no' }, '/x', { partial: true })).toMatchObject([{ pointer: '/x/isMuted' }]);
  });

  it('says of every stream what it should have, and finds nothing wrong in many that are good', () => {
    const streams = Array.from({ length: 60 }, () => ({ mediaType: 'audio', direction: 'sendReceive' }));
    expect(findings('/mediaStreams', streams)).toEqual([]);
    const mediaStreams = streams.with(10, { mediaType: 'audio', direction: 'both' });
    expect(judgeParticipant({ ...participant, mediaStreams })).toMatchObject([
      { pointer: '/mediaStreams/10/direction', expected: 'inactive, sendOnly, receiveOnly or sendReceive' },
    ]);
  });

  it('is not drowned by streams without end', () => {
    const flood = { ...participant, mediaStreams: Array.from({ length: 1_000_000 }, () => ({})) };
    expect(judgeParticipant(flood).length).toBeLessThanOrEqual(100);
  });
});
