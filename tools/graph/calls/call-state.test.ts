import { describe, expect, it } from 'vitest';
import type { CallEvent } from './call-events.ts';
import { type CallState, isEstablished, isOver, nextState, unknownCall } from './call-state.ts';

const made: CallEvent = { type: 'made' };
const joinedMuted: CallEvent = { type: 'joined muted' };
const unanswered: CallEvent = { type: 'unanswered' };
const deleted: CallEvent = { type: 'deleted' };

const lookedUp = (muted: boolean | undefined): CallEvent => ({ type: 'looked up', muted });
const named = (myParticipantId: string): CallEvent => ({ type: 'reported', myParticipantId });
const reported = (state: string): CallEvent => ({ type: 'reported', state });
const request = (at: number, mutes = true): CallEvent => ({ type: 'requested', at, mutes });
const answer = (sentAt: number, succeeded = true, mutes = true): CallEvent => ({
  type: 'answered',
  sentAt,
  answeredAt: sentAt + 1,
  mutes,
  succeeded,
});
const silence = (from: number): CallEvent => ({ type: 'silence', from, at: from + 5 });

/** What happens, and what of the state is other than in that of an unknown call. */
const table: readonly (readonly [string, readonly CallEvent[], Partial<Omit<CallState, 'changes'>>])[] = [
  ['nothing', [], {}],
  ['is made', [made], { muted: false, mutedBefore: false }],
  ['is looked up and muted', [lookedUp(true)], { muted: true, mutedBefore: true }],
  ['is looked up in vain', [lookedUp(true), lookedUp(undefined)], {}],
  ['is joined muted', [made, joinedMuted], { muted: true, mutedBefore: true, joinedMuted: true }],
  [
    'is joined muted and unmuted at first',
    [made, joinedMuted, lookedUp(false)],
    { muted: false, mutedBefore: false, joinedMuted: true },
  ],

  ['reports a state', [reported('Establishing')], { reported: 'establishing' }],
  ['reports one after another', [reported('establishing'), reported('Established')], { reported: 'established' }],
  ['reports no state', [reported('establishing'), named('me')], { reported: 'establishing', participantId: 'me' }],
  ['is established and goes on', [reported('established'), reported('terminated')], { reported: 'established' }],
  ['ends by itself', [reported('establishing'), reported('Terminating')], { reported: 'terminating' }],
  ['is named once', [named('me'), named('you')], { participantId: 'me' }],
  ['is named by nobody', [{ type: 'reported', myParticipantId: undefined }], {}],
  [
    'is named while it is established',
    [reported('established'), named('me')],
    { reported: 'established', participantId: 'me' },
  ],

  ['is being muted', [made, request(10)], { muted: false, mutedBefore: false, requestedAt: 10, firstMuteAt: 10 }],
  [
    'is muted',
    [made, request(10), answer(12)],
    { muted: true, mutedBefore: false, requestedAt: 12, answeredAt: 13, firstMuteAt: 10 },
  ],
  [
    'refuses a mute',
    [made, request(10), answer(12, false)],
    { muted: false, mutedBefore: false, requestedAt: 12, answeredAt: 13, firstMuteAt: 10 },
  ],
  [
    'does not answer a mute',
    [made, request(10), unanswered],
    { muted: undefined, mutedBefore: false, requestedAt: 10, firstMuteAt: 10 },
  ],
  [
    'is muted after one that was not answered',
    [made, request(10), unanswered, request(20), answer(20)],
    { muted: true, mutedBefore: undefined, requestedAt: 20, answeredAt: 21, firstMuteAt: 10 },
  ],
  [
    'is muted twice',
    [made, request(10), answer(10), request(20), answer(20)],
    { muted: true, mutedBefore: true, requestedAt: 20, answeredAt: 21, firstMuteAt: 10 },
  ],
  [
    'is muted twice at once',
    [made, request(10), request(11), answer(10), answer(11)],
    { muted: true, mutedBefore: false, requestedAt: 11, answeredAt: 12, firstMuteAt: 10 },
  ],
  [
    'is unmuted',
    [made, request(10), answer(10), request(20, false), answer(20, true, false)],
    { muted: false, mutedBefore: true, requestedAt: 20, answeredAt: 21, firstMuteAt: 10 },
  ],
  [
    'refuses an unmute',
    [made, request(10), answer(10), request(20, false), answer(20, false, false)],
    { muted: true, mutedBefore: true, requestedAt: 20, answeredAt: 21, firstMuteAt: 10 },
  ],
  [
    'is unmuted, and never was muted',
    [made, request(20, false), answer(20, true, false)],
    { muted: false, mutedBefore: false, requestedAt: 20, answeredAt: 21 },
  ],
  ['is watched', [made, silence(30)], { muted: false, mutedBefore: false, requestedAt: 30, answeredAt: 35 }],
  [
    'is watched after a mute',
    [made, request(10), answer(10), silence(30)],
    { muted: true, mutedBefore: true, requestedAt: 30, answeredAt: 35, firstMuteAt: 10 },
  ],
  [
    'is looked up after a mute',
    [made, request(10), answer(10), lookedUp(false)],
    { muted: false, mutedBefore: false, requestedAt: 10, answeredAt: 11, firstMuteAt: 10 },
  ],
  [
    'is looked up after two mutes',
    [made, request(10), answer(10), request(20), answer(20), lookedUp(false)],
    { muted: false, mutedBefore: true, requestedAt: 20, answeredAt: 21, firstMuteAt: 10 },
  ],
  ['is deleted', [made, deleted], { muted: false, mutedBefore: false, deleted: true }],
];

describe('a call that', () => {
  it('is unknown was neither joined muted nor deleted', () => {
    expect(unknownCall).toMatchObject({ muted: undefined, joinedMuted: false, deleted: false });
  });

  it.each(table)('%s', (_what, events, changed) => {
    const { changes: _changes, ...known } = events.reduce(nextState, unknownCall);
    const { changes: _none, ...before } = unknownCall;
    expect(known).toEqual({ ...before, ...changed });
  });
});

describe('what a call reports of itself', () => {
  it.each<[string | undefined, boolean, boolean]>([
    [undefined, false, false],
    ['incoming', false, false],
    ['Establishing', false, false],
    ['Established', true, false],
    ['terminating', false, true],
    ['Terminated', false, true],
  ])('%s', (state, established, over) => {
    const call = nextState(unknownCall, { type: 'reported', state });
    expect([isEstablished(call), isOver(call)]).toEqual([established, over]);
  });
});
