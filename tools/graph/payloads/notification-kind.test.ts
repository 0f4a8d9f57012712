import { describe, expect, it } from 'vitest';
import { carriedKind, dataKind, notificationKind, resourceOf, typeName } from './notification-kind.ts';

const call = '/communications/calls/c';
const typed = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}`, isMuted: true, status: 'x' });

describe('dataKind', () => {
  it.each<[string, unknown, string]>([
    ['a participant', typed('participant'), 'roster'],
    ['a participant without hash', { '@odata.type': 'microsoft.graph.participant' }, 'roster'],
    ['an operation', typed('muteParticipantOperation'), 'operation'],
    ['the type in lower case', typed('commsoperation'), 'operation'],
    ['a call', typed('call'), 'call'],
    ['what begins as a participant', typed('participantInfo'), 'unknown'],
    ['what begins as an operation', typed('operationError'), 'unknown'],
    ['what begins as a call', typed('callTranscript'), 'unknown'],
    ['what ends as a participant', typed('meetingparticipant'), 'unknown'],
    ['a participant without namespace', { '@odata.type': 'participant' }, 'roster'],
    ['a participant without namespace, with hash', { '@odata.type': '#participant' }, 'roster'],
    ['a participant in capitals', { '@odata.type': '#Microsoft.Graph.Participant' }, 'roster'],
    ['a delta', typed('deltaParticipants'), 'roster'],
    ['a delta by its members', { participants: [], sequenceNumber: 1 }, 'roster'],
    ['participants alone', { participants: [] }, 'unknown'],
    ['a sequenceNumber alone', { sequenceNumber: 1 }, 'unknown'],
    ['an invitation by its members', { participants: [], sequenceNumber: 1, status: 'completed' }, 'operation'],
    ['isMuted alone', { isMuted: null }, 'roster'],
    ['isInLobby alone', { isInLobby: null }, 'roster'],
    ['mediaStreams alone', { mediaStreams: null }, 'roster'],
    ['status alone', { status: null }, 'operation'],
    ['clientContext alone', { clientContext: null }, 'operation'],
    ['an empty type', { '@odata.type': '', isMuted: true }, 'unknown'],
    ['a type that is none', { '@odata.type': 5, isMuted: true, status: 'x' }, 'roster'],
    ['no member that tells', { id: 'x' }, 'unknown'],
    ['null', null, 'unknown'],
    ['a list', [typed('participant')], 'unknown'],
    ['text', 'isMuted', 'unknown'],
  ])('tells %s', (_what, data, kind) => {
    expect(dataKind(data)).toBe(kind);
  });
});

describe('notificationKind', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['participants', { resourceUrl: `${call}/participants` }, 'roster'],
    ['one participant', { resourceUrl: `${call}/participants/p` }, 'roster'],
    ['a participant of a wrong URL', { resourceUrl: call, resourceData: typed('participant') }, 'roster'],
    ['a list of participants', { resourceUrl: '/x', resourceData: [typed('participant')] }, 'roster'],
    ['an operation', { resourceUrl: `${call}/operations/o` }, 'operation'],
    ['an operation of a wrong URL', { resourceUrl: call, resourceData: typed('commsOperation') }, 'operation'],
    ['a call', { resourceUrl: call }, 'call'],
    ['a call whose data is of another kind', { resourceUrl: call, resourceData: typed('chat') }, 'call'],
    ['a call of a wrong URL', { resourceUrl: '/x', resourceData: typed('call') }, 'call'],
    ['the resource of 2019', { resource: '/app/calls/c/participants' }, 'roster'],
    ['resourceUrl before resource', { resourceUrl: call, resource: `${call}/participants` }, 'call'],
    ['participants without a type at a wrong URL', { resourceUrl: '/x', resourceData: [{ isMuted: true }] }, 'roster'],
    ['an operation behind null', { resourceData: [null, typed('commsOperation')] }, 'operation'],
    ['nothing', {}, 'unknown'],
  ])('tells %s', (_what, item, kind) => {
    expect(notificationKind(item)).toBe(kind);
  });

  it('reads resource where resourceUrl is no text', () => {
    expect(resourceOf({ resourceUrl: null, resource: call })).toMatchObject({ kind: 'call', callId: 'c' });
    expect(resourceOf({ resourceUrl: 5, resource: 5 })).toBeUndefined();
  });
});

describe('carriedKind', () => {
  it.each<[string, unknown, string]>([
    ['one entity', typed('participant'), 'roster'],
    ['the first of several that can be told', [null, 5, { id: 'x' }, typed('call'), typed('participant')], 'call'],
    ['no entity', [], 'unknown'],
    ['entities that cannot be told', [{}, 'x'], 'unknown'],
  ])('tells %s', (_what, data, kind) => {
    expect(carriedKind(data)).toBe(kind);
  });
});

describe('typeName', () => {
  it.each([
    ['#microsoft.graph.participant', 'participant'],
    ['microsoft.graph.call', 'call'],
    ['a\n.B', 'b'],
    [5, ''],
    [undefined, ''],
  ])('of %j is %s', (type, name) => {
    expect(typeName({ '@odata.type': type })).toBe(name);
  });
});
