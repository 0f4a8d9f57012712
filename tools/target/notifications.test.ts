import { describe, expect, it } from 'vitest';
import {
  applicationIdOf,
  asRosterEntry,
  callMembers,
  hasEnded,
  itemsOf,
  kindOfBody,
  ownEntry,
  rosterEntries,
  rosterResources,
  tellsOf,
} from './notifications.ts';

const call = '57dab8b1-894c-409a-b240-bd8beae78896';
const participant = { '@odata.type': '#microsoft.graph.participant', id: 'p', isMuted: true };

function body(...value: unknown[]): unknown {
  return { '@odata.type': '#microsoft.graph.commsNotifications', value };
}

describe('kindOfBody', () => {
  it.each<[string, unknown, string]>([
    ['participants', body({ resourceUrl: `/communications/calls/${call}/participants`, resourceData: [] }), 'roster'],
    ['one participant', body({ resourceUrl: `/communications/calls/${call}/participants/p` }), 'unknown'],
    ['a legacy resource', body({ resource: `/app/calls/${call}/participants` }), 'roster'],
    ['participants of another URL', body({ resourceUrl: '/x', resourceData: participant }), 'roster'],
    ['a type without #', body({ resourceData: [{ '@odata.type': 'microsoft.graph.participant' }] }), 'roster'],
    ['an operation', body({ resourceUrl: `/communications/calls/${call}/operations/o` }), 'operation'],
    ['an operation by type', body({ resourceData: { '@odata.type': '#microsoft.graph.commsOperation' } }), 'operation'],
    ['a call', body({ resourceUrl: `/communications/calls/${call}` }), 'call'],
    [
      'a call of another URL',
      body({ resourceUrl: '/x', resourceData: { '@odata.type': '#microsoft.graph.call' } }),
      'call',
    ],
    ['what is no operation', body({ resourceData: { '@odata.type': '#microsoft.graph.operationX' } }), 'unknown'],
    ['a type without namespace', body({ resourceData: { '@odata.type': 'participant' } }), 'roster'],
    ['something else first', body({ resourceUrl: '/x' }, { resourceUrl: `/communications/calls/${call}` }), 'call'],
    ['no item', body(), 'unknown'],
    ['items that are none', body(null, 1, 'x', []), 'unknown'],
    ['no collection', { value: {} }, 'unknown'],
    ['no object', [], 'unknown'],
    ['nothing', undefined, 'unknown'],
    ['types that are none', body({ resourceUrl: 5, resourceData: { '@odata.type': 5 } }), 'unknown'],
  ])('tells %s', (_what, json, kind) => {
    expect(kindOfBody(json)).toBe(kind);
  });
});

describe('tellsOf', () => {
  const both = body({ resourceUrl: `/communications/calls/${call}` }, { resourceData: [participant] });

  it.each<[string, unknown, 'roster' | 'operation' | 'call', boolean]>([
    ['the first of several', both, 'call', true],
    ['another of several', both, 'roster', true],
    ['what none of them is', both, 'operation', false],
    ['what an empty body has not', body(), 'roster', false],
    ['what is no notification', 'x', 'roster', false],
  ])('finds %s', (_what, json, kind, tells) => {
    expect(tellsOf(json, kind)).toBe(tells);
  });
});

describe('rosterEntries', () => {
  it('takes one entity and a collection, of roster items alone', () => {
    const json = body(
      { resourceUrl: `/communications/calls/${call}/participants`, resourceData: participant },
      { resourceUrl: `/communications/calls/${call}`, resourceData: { id: 'call' } },
      { resourceUrl: `/communications/calls/${call}/participants`, resourceData: [{ id: 5 }, null, 'x', participant] },
    );
    expect(rosterEntries(json).map(({ id, isMuted }) => [id, isMuted])).toEqual([
      ['p', true],
      [undefined, undefined],
      ['p', true],
    ]);
    expect(rosterResources(json).map(({ callId }) => callId)).toEqual([call, call]);
    expect(itemsOf(json)).toHaveLength(3);
    expect(itemsOf('x')).toEqual([]);
    expect(itemsOf({ value: 'x' })).toEqual([]);
    expect(itemsOf(json), 'read once for each body').toBe(itemsOf(json));
    expect(rosterResources(body({ resourceData: participant }))).toEqual([]);
  });
});

describe('ownEntry', () => {
  const entry = (id: string | undefined, application?: unknown) =>
    asRosterEntry({
      ...(id !== undefined && { id }),
      ...(application !== undefined && { info: { identity: { application } } }),
    });
  const me = entry('2765EB1501F847C6B12BC32111A4A86F', { id: 'app' });
  const other = entry('other', { id: '5810CEDE-F3CC-42EB-B2C1-E9BD5D53EC96' });
  const user = entry('user');

  it.each([
    ['by the id of the call', [other, me], '2765eb15-01f8-47c6-b12b-c32111a4a86f', undefined, me],
    ['never another, once the id is known', [other], '2765eb15-01f8-47c6-b12b-c32111a4a86f', 'app', undefined],
    ['by the application', [user, me, other], undefined, '5810cede-f3cc-42eb-b2c1-e9bd5d53ec96', other],
    ['never another application', [user, me], undefined, 'third', undefined],
    ['as the only application', [user, me], undefined, undefined, me],
    ['not among two applications', [other, me], undefined, undefined, undefined],
    ['not among users', [user], undefined, undefined, undefined],
    ['not in an empty roster', [], 'me', 'app', undefined],
    ['not without an id', [entry(undefined)], 'me', undefined, undefined],
  ])('is told %s', (_how, entries, participantId, applicationId, own) => {
    expect(ownEntry(entries, { participantId, applicationId })).toBe(own);
  });

  it('takes identities of any shape', () => {
    for (const application of [null, 'x', [], { id: 5 }])
      expect(applicationIdOf(entry('x', application))).toBeUndefined();
    expect(applicationIdOf(asRosterEntry({ info: [] }))).toBeUndefined();
    expect(applicationIdOf(asRosterEntry({ info: { identity: 'x' } }))).toBeUndefined();
    expect(applicationIdOf(me)).toBe('app');
  });
});

describe('callMembers', () => {
  it.each([
    [
      { state: 'established', myParticipantId: 'me' },
      { state: 'established', myParticipantId: 'me' },
    ],
    [{ state: 5, myParticipantId: '' }, {}],
    [{ state: null, myParticipantId: null }, {}],
    [null, {}],
    [[], {}],
    ['x', {}],
  ])('reads %j', (data, members) => {
    expect(callMembers(data)).toEqual(members);
  });

  it.each([
    ['terminated', true],
    ['Terminating', true],
    ['established', false],
    [undefined, false],
  ])('knows whether %s is the end', (state, isEnd) => {
    expect(hasEnded(state)).toBe(isEnd);
  });
});
