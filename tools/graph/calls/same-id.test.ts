import { describe, expect, it } from 'vitest';
import type { TargetOverrides } from '../../dev/testing/targets/scripted-target.ts';
import { startScriptedSession } from '../../dev/testing/targets/scripted-session.ts';
import type { SessionIo } from '../../engine/target/session-io.ts';
import type { Target } from '../../engine/target/target.ts';
import { realIo } from '../../engine/target/real-io.ts';
import { reach } from '../reach.ts';

type Id = (kind: 'group' | 'peerToPeer', count: number) => string;

/** A run's first contact with a target that creates calls with these ids; all of them are deleted. */
async function reached(id: Id, overrides: TargetOverrides = {}, io: SessionIo = realIo) {
  let count = 0;
  const { target, session } = await startScriptedSession(
    ({ method, path, json }) => {
      if (method !== 'POST' || !path.endsWith('/calls')) return undefined;
      count += 1;
      const kind = Array.isArray(json['targets']) && json['targets'].length === 1 ? 'peerToPeer' : 'group';
      return { status: 201, json: { id: id(kind, count), state: 'established' } };
    },
    { timeouts: { notificationMs: 100 }, ...overrides },
    { io },
  );
  await reach(session);
  await session.finish();
  expect(session.traffic().callsLeaked).toBe(0);
  return { unreachable: session.unreachable, baseUrl: target.baseUrl };
}

it.each<[string, Id, RegExp | undefined]>([
  ['ids of their own', (_kind, count) => `call-${count}`, undefined],
  ['one id', () => 'only', /^two group calls have the same id, only,/],
  ['one for group and peer-to-peer', (_kind, count) => ['a', 'b', 'a'][count - 1] ?? 'c', /the same id/],
])('calls that get %s', async (_what, id, problem) => {
  const { unreachable } = await reached(id);
  if (problem === undefined) expect(unreachable).toBeUndefined();
  else expect(unreachable?.problem).toMatch(problem);
});

it('a call that is given and has the id of one that is created', async () => {
  const { unreachable } = await reached(() => 'kept', { calls: { group: { id: 'kept' } } });
  expect(unreachable?.problem).toBe('a group call and a peer-to-peer call have the same id, kept, although both exist');
});

/** The same, of a target whose commands print these ids, one after another, for each kind. */
async function reachedWithCommands(
  calls: Target['calls'],
  ids: Readonly<Record<string, readonly string[]>>,
): Promise<unknown> {
  const printed = new Map<string, number>();
  const io: SessionIo = {
    ...realIo,
    runCallCommand: async (_line, { kind }) => {
      const count = printed.get(kind) ?? 0;
      printed.set(kind, count + 1);
      return { id: ids[kind]?.[count] ?? `${kind}-${count}`, participantId: undefined };
    },
  };
  const created: Id = (_kind, count) => ['over-the-api', `created-${count}`][count - 1] ?? 'late';
  return (await reached(created, { calls }, io)).unreachable;
}

const group = { command: './make group' };
const meeting = { command: './make meeting' };
const peerToPeer = { command: './make p2p' };

describe('calls that commands make', () => {
  it.each<[string, Target['calls'], Record<string, string[]>, string, string]>([
    [
      'two calls with one id',
      { group, peerToPeer: 'none', meeting: 'none' },
      { group: ['one', 'one'] },
      'the command for calls.group (./make group)',
      'two group calls have the same id, one, although both exist',
    ],
    [
      'one id for group and peer-to-peer',
      { group, peerToPeer },
      { group: ['one', 'two'], peerToPeer: ['one'] },
      'the command for calls.peerToPeer (./make p2p)',
      'a group call and a peer-to-peer call have the same id, one, although both exist',
    ],
    [
      'one id for the second group call and peer-to-peer',
      { group, peerToPeer },
      { group: ['one', 'two'], peerToPeer: ['two'] },
      'the command for calls.peerToPeer (./make p2p)',
      'a group call and a peer-to-peer call have the same id, two, although both exist',
    ],
    [
      'one id for a meeting and peer-to-peer',
      { meeting, peerToPeer },
      { meeting: ['one'], peerToPeer: ['one'] },
      'the command for calls.peerToPeer (./make p2p)',
      'a group call in a meeting and a peer-to-peer call have the same id, one, although both exist',
    ],
    [
      'the id of a call that is given',
      { group, meeting: { id: 'kept' } },
      { group: ['one', 'kept'] },
      'the command for calls.group (./make group)',
      'a group call in a meeting and a group call have the same id, kept, although both exist',
    ],
    [
      'the id of one that is created',
      { group: { create: {} }, peerToPeer },
      { peerToPeer: ['over-the-api'] },
      'the command for calls.peerToPeer (./make p2p)',
      'a group call and a peer-to-peer call have the same id, over-the-api, although both exist',
    ],
  ])('are told by what they are: %s', async (_what, calls, ids, request, problem) => {
    expect(await reachedWithCommands(calls, ids)).toMatchObject({
      request,
      problem,
      advice: expect.stringMatching(
        /^Let the command make a call each time that it is run, and print the id of that call\. If [^()]*$/,
      ) as string,
    });
  });

  it.each<[string, Target['calls'], Record<string, string[]>]>([
    ['each kind its own', { group, meeting, peerToPeer }, {}],
    ['each call its own', { group, peerToPeer: 'none' }, { group: ['one', 'two', 'three'] }],
    ['another than those given', { group, meeting: { id: 'kept' }, peerToPeer: { id: 'kept too' } }, {}],
  ])('may have ids of their own: %s', async (_what, calls, ids) => {
    expect(await reachedWithCommands(calls, ids)).toBeUndefined();
  });
});

it('calls that are created in one place are blamed on that place', async () => {
  const { unreachable, baseUrl } = await reached(() => 'only');
  expect(unreachable).toEqual({
    request: `POST ${baseUrl}/communications/calls`,
    problem: 'two group calls have the same id, only, although both exist',
    advice:
      'Give each call an id of its own. If the target only has this one call, say so in the target file: calls.group: {id: "only"}, and none for the other kinds; where it posts no notifications, callbacks: none, too (docs/mocks.md has such a file)',
  });
});
