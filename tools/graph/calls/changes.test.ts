import { expect, it } from 'vitest';
import type { CallEvent } from './call-events.ts';
import { nextState, unknownCall } from './call-state.ts';
import type { Changes } from './changes.ts';

const made: CallEvent = { type: 'made' };
const asked = (at: number, mutes = true): CallEvent => ({ type: 'requested', at, mutes });
const answered = (sentAt: number, { succeeded = true, mutes = true } = {}): CallEvent => ({
  type: 'answered',
  sentAt,
  answeredAt: sentAt + 1,
  mutes,
  succeeded,
});

it.each<[string, CallEvent[], Changes['last']]>([
  ['was only made', [made], undefined],
  ['was muted', [made, asked(5), answered(6)], { since: 5, answeredAt: 7, mutes: true }],
  ['was muted twice', [made, asked(5), answered(6), asked(8), answered(8)], { since: 5, answeredAt: 7, mutes: true }],
  [
    'was muted by one of two at once, the later of which was answered first',
    [made, asked(5), asked(6), answered(6), answered(5)],
    { since: 5, answeredAt: 7, mutes: true },
  ],
  ['refused a mute', [made, asked(5), answered(5, { succeeded: false })], undefined],
  [
    'was unmuted',
    [made, asked(5), answered(5), asked(8, false), answered(8, { mutes: false })],
    { since: 8, answeredAt: 9, mutes: false },
  ],
  [
    'was muted again',
    [made, asked(1), answered(1), asked(3, false), answered(3, { mutes: false }), asked(5), answered(5)],
    { since: 5, answeredAt: 6, mutes: true },
  ],
  ['did not answer', [made, asked(5), answered(5), asked(8), { type: 'unanswered' }], undefined],
  ['may have been muted before', [asked(5), answered(5)], undefined],
])('of a call that %s', (_what, events, last) => {
  expect(events.reduce(nextState, unknownCall).changes.last).toEqual(last);
});
