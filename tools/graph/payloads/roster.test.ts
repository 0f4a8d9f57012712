import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { hasItemOf } from './notification-items.ts';
import { deltasIn, entriesIn, participantsIn, rosterDeltas, rosterEntries } from './roster.ts';

const participants = '/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/participants';
const typed = (id: string) => ({ '@odata.type': '#microsoft.graph.participant', id, isMuted: 'yes' });
const untyped = (id: string) => ({ id, isMuted: 'yes' });
const delta = (...ids: string[]) => ({
  '@odata.type': '#microsoft.graph.deltaParticipants',
  participants: ids.map(typed),
  sequenceNumber: 7,
});

/** In which forms participants come, and which are found. */
const forms: readonly [string, readonly Record<string, unknown>[], readonly string[]][] = [
  ['one entity', [{ resourceUrl: participants, resourceData: typed('a') }], ['a']],
  ['a collection', [{ resourceUrl: participants, resourceData: [typed('a'), typed('b')] }], ['a', 'b']],
  ['an empty collection', [{ resourceUrl: participants, resourceData: [] }], []],
  ['a delta alone', [{ resourceUrl: participants, resourceData: delta('a', 'b') }], ['a', 'b']],
  ['a collection of one delta', [{ resourceUrl: participants, resourceData: [delta('a')] }], ['a']],
  ['several deltas', [{ resourceUrl: participants, resourceData: [delta('a'), delta('b', 'c')] }], ['a', 'b', 'c']],
  ['a delta beside a participant', [{ resourceUrl: participants, resourceData: [typed('a'), delta('b')] }], ['a', 'b']],
  ['an empty delta', [{ resourceUrl: participants, resourceData: delta() }], []],
  [
    'a delta without type',
    [{ resourceUrl: participants, resourceData: [{ participants: [untyped('a')], sequenceNumber: 1 }] }],
    ['a'],
  ],
  [
    'a delta of a wrong type',
    [
      {
        resourceUrl: participants,
        resourceData: { '@odata.type': '#microsoft.graph.roster', participants: [typed('a')] },
      },
    ],
    ['a'],
  ],
  ['a delta at a wrong URL', [{ resourceUrl: '/x', resourceData: [delta('a')] }], ['a']],
  [
    'a delta without type at a wrong URL',
    [{ resourceUrl: '/x', resourceData: { participants: [untyped('a')], sequenceNumber: 1 } }],
    ['a'],
  ],
  ['participants without type at a wrong URL', [{ resourceUrl: '/x', resourceData: [untyped('a')] }], ['a']],
  ['a participant behind what is none', [{ resourceUrl: '/x', resourceData: [{ id: 'a' }, typed('b')] }], ['a', 'b']],
  ['the URL of one participant', [{ resourceUrl: `${participants}/a`, resourceData: untyped('a') }], ['a']],
  ['the legacy resource', [{ resource: '/app/calls/c/participants', resourceData: [untyped('a')] }], ['a']],
  [
    'the key of the call in parentheses',
    [{ resourceUrl: "/communications/calls('c')/participants", resourceData: [{ id: 'a' }] }],
    ['a'],
  ],
  [
    'several items',
    [
      { resourceUrl: participants, resourceData: [typed('a')] },
      { resourceUrl: '/communications/calls/c', resourceData: { id: 'call' } },
      { resourceUrl: participants, resourceData: delta('b') },
    ],
    ['a', 'b'],
  ],
  [
    'a participant with a member of that name',
    [{ resourceUrl: participants, resourceData: { ...typed('a'), participants: [typed('b')] } }],
    ['a'],
  ],
  [
    'an operation that invites participants',
    [
      {
        resourceUrl: '/communications/calls/c/operations/o',
        resourceData: { '@odata.type': '#microsoft.graph.inviteParticipantsOperation', participants: [typed('a')] },
      },
    ],
    [],
  ],
  [
    'a call with participants',
    [{ resourceUrl: '/communications/calls/c', resourceData: { participants: [typed('a')] } }],
    [],
  ],
];

describe('rosterEntries', () => {
  it.each(forms)('finds the participants in %s', (_form, value, ids) => {
    expect(rosterEntries({ value }).map(({ id }) => id)).toEqual(ids);
  });

  // What one of them does not see the other cannot judge.
  it.each(forms)('finds in %s those that are judged', (_form, value, ids) => {
    const judged = judge({ value }, 'notification').flatMap(({ requirement, pointer }) =>
      requirement === 'roster.participant' ? (/^(.*\/resourceData.*)\/isInLobby$/.exec(pointer)?.[1] ?? []) : [],
    );
    expect(judged).toHaveLength(ids.length);
    expect(judged.map((pointer) => idAt({ value }, pointer))).toEqual(ids);
  });

  it.each(forms.filter(([, , ids]) => ids.length > 0))('finds none in %s that is no roster', (_form, value) => {
    expect(hasItemOf({ value }, 'roster')).toBe(true);
  });

  it('leaves out what is no object, and ids that are no text', () => {
    const value = [{ resourceUrl: participants, resourceData: [{ id: 5 }, null, 'x', typed('a')] }];
    expect(rosterEntries({ value }).map(({ id, isMuted }) => [id, isMuted])).toEqual([
      [undefined, undefined],
      ['a', 'yes'],
    ]);
  });
});

function idAt(body: unknown, pointer: string): unknown {
  const entity = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], body);
  return (entity as Record<string, unknown>)['id'];
}

describe('participantsIn and deltasIn', () => {
  it('say where each stands', () => {
    const data = [typed('a'), delta('b', 'c')];
    expect([...participantsIn(data, '/x')].map(({ pointer }) => pointer)).toEqual([
      '/x/0',
      '/x/1/participants/0',
      '/x/1/participants/1',
    ]);
    expect([...deltasIn(data, '/x')].map(({ pointer }) => pointer)).toEqual(['/x/1']);
    expect([...deltasIn(delta())].map(({ pointer }) => pointer)).toEqual(['']);
  });

  it.each([null, 'x', 5, undefined])('take %j for what stands where a participant should', (data) => {
    expect([...participantsIn(data)]).toEqual([{ pointer: '', value: data }]);
    expect([...deltasIn(data)]).toEqual([]);
    expect(entriesIn(data)).toEqual([]);
  });

  it.each([null, 'x', {}, undefined])('find nobody in a delta whose participants are %j', (inside) => {
    expect(entriesIn({ '@odata.type': '#microsoft.graph.deltaParticipants', participants: inside })).toEqual([]);
  });
});

describe('rosterDeltas', () => {
  const item = (resourceData: unknown) => ({ resourceUrl: participants, resourceData });

  it.each<[string, unknown[], boolean, unknown[]]>([
    ['one delta', [item(delta('a'))], true, [7]],
    ['deltas in a collection', [item([delta('a'), delta()])], true, [7, 7]],
    ['a delta without number', [item({ ...delta(), sequenceNumber: undefined })], true, [undefined]],
    ['a delta beside a participant', [item([delta('a'), typed('b')])], false, [7]],
    ['a delta beside a bare roster', [item(delta('a')), item([typed('b')])], false, [7]],
    ['a bare roster', [item([typed('a')])], false, []],
    ['an empty roster', [item([])], false, []],
    ['no roster', [{ resourceUrl: '/communications/calls/c', resourceData: delta }], false, []],
  ])('of %s', (_what, value, onlyDeltas, sequenceNumbers) => {
    expect(rosterDeltas({ value })).toEqual({ onlyDeltas, sequenceNumbers });
  });
});
