import { describe, expect, it } from 'vitest';
import { capturedPayloads, documented } from '../../dev/testing/payloads.ts';
import { judge } from './judge.ts';
import { hasAnythingOf, judgedRequirements } from './judged.ts';
import { payloadKinds, type PayloadKind } from './payload-kind.ts';

const rosterUpdate = documented('roster-update') as { value: Record<string, unknown>[] };

/** One payload after the other, until each requirement of the kind is broken by one. */
const broken: Readonly<Record<PayloadKind, readonly unknown[]>> = {
  operation: [
    [],
    {},
    { '@odata.type': 'microsoft.graph.muteParticipantOperation', status: 'Completed', resultInfo: {} },
    { status: 'completed', resultInfo: { code: 500, subcode: 0 } },
  ],
  notification: [
    { value: [] },
    { value: [{ ...rosterUpdate.value[0], changeType: 'Updated', resourceData: [{}] }] },
    { value: [{ ...rosterUpdate.value[0], resourceData: { participants: [], sequenceNumber: '1' } }] },
    { value: [{ ...rosterUpdate.value[0], changeType: 'created', resourceUrl: '/app/calls/1/participants' }] },
    { value: [{ resourceUrl: '/communications/calls/1/operations/2', resourceData: {} }] },
  ],
  participant: [{}, { participants: [], sequenceNumber: '1' }],
  error: [{}, { error: { code: 'x', message: 'y' } }],
};

describe('what can be judged of a payload alone', () => {
  it.each(payloadKinds)('of %s is what judging it can find, and nothing else', (kind) => {
    const found = broken[kind].flatMap((payload) => judge(payload, kind).map(({ requirement }) => requirement));
    expect([...new Set(found)].sort()).toEqual([...judgedRequirements[kind]].sort());
  });
});

describe('a fragment', () => {
  it.each<[PayloadKind, unknown]>([
    ['operation', { status: 'completed' }],
    ['operation', 'text'],
    ['participant', { isMuted: true }],
    ['participant', [{}, { id: '1' }]],
    ['error', { error: {} }],
    ['notification', rosterUpdate],
    ['notification', rosterUpdate.value[0]],
    ['notification', { isMuted: true }],
    ['notification', [{ isMuted: true }]],
    ['notification', { resourceUrl: '/communications/calls/1' }],
    ['notification', 7],
  ])('of %s can be judged: %j', (kind, payload) => {
    expect(hasAnythingOf(kind, payload)).toBe(true);
  });

  it.each(capturedPayloads().filter(({ partial }) => partial))('of real traffic can be judged: $name', (captured) => {
    expect(hasAnythingOf(captured.as, captured.payload)).toBe(true);
  });

  it.each<[PayloadKind, unknown]>([
    ['operation', { value: [] }],
    ['operation', {}],
    ['participant', [{}]],
    ['error', { code: 'x' }],
    ['notification', { error: {} }],
    ['notification', []],
  ])('that has nothing of %s cannot: %j', (kind, payload) => {
    expect(hasAnythingOf(kind, payload)).toBe(false);
  });
});
