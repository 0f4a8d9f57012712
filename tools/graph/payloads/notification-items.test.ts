import { describe, expect, it } from 'vitest';
import { itemsOf, kindOfBody, rosterResources, hasItemOf } from './notification-items.ts';

const call = '57dab8b1-894c-409a-b240-bd8beae78896';
const participant = { '@odata.type': '#microsoft.graph.participant', id: 'p', isMuted: true };

function body(...value: unknown[]): unknown {
  return { '@odata.type': '#microsoft.graph.commsNotifications', value };
}

describe('kindOfBody', () => {
  it.each<[string, unknown, string]>([
    ['participants', body({ resourceUrl: `/communications/calls/${call}/participants`, resourceData: [] }), 'roster'],
    ['one participant', body({ resourceUrl: `/communications/calls/${call}/participants/p` }), 'roster'],
    [
      'participants without a type at another URL',
      body({ resourceUrl: '/x', resourceData: [{ isMuted: true }] }),
      'roster',
    ],
    [
      'an operation type in lower case',
      body({ resourceData: { '@odata.type': '#microsoft.graph.commsoperation' } }),
      'operation',
    ],
    ['a delta', body({ resourceData: { '@odata.type': '#microsoft.graph.deltaParticipants' } }), 'roster'],
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
    expect(hasItemOf(json, kind)).toBe(tells);
  });
});

describe('itemsOf', () => {
  it('finds the items of a body, and reads each body once', () => {
    const json = body({ resourceUrl: `/communications/calls/${call}/participants` }, 'x', {
      resourceData: participant,
    });
    expect(itemsOf(json).map(({ kind }) => kind)).toEqual(['roster', 'roster']);
    expect(itemsOf(json)).toBe(itemsOf(json));
    expect(itemsOf('x')).toEqual([]);
    expect(itemsOf({ value: 'x' })).toEqual([]);
  });

  it('knows which resources the rosters name', () => {
    const named = { resourceUrl: `/communications/calls/${call}/participants` };
    const json = body(named, { resourceUrl: `/communications/calls/${call}` }, { resourceData: participant });
    expect(rosterResources(json).map(({ callId }) => callId)).toEqual([call]);
  });
});
