import { describe, expect, it } from 'vitest';
import { type CallState, unknownCall } from './call-state.ts';
import { GivenCall } from './given-call.ts';

const muted: Partial<CallState> = { muted: true, firstMuteAt: 1 };

describe('a given call is worth waiting for', () => {
  it.each<[string, readonly (readonly [Partial<CallState>, boolean])[], boolean]>([
    ['before anybody had it', [], true],
    ['when something came', [[muted, true]], true],
    ['when a case muted nothing', [[{}, false]], true],
    ['when it was muted before its case', [[{ muted: true }, false]], true],
    ['when its mute was refused', [[{ muted: false, firstMuteAt: 1 }, false]], true],
    ['not when a mute came to nothing', [[muted, false]], false],
    [
      'not when a later case mutes nothing',
      [
        [muted, false],
        [{}, false],
      ],
      false,
    ],
    [
      'when a later case got something',
      [
        [muted, false],
        [{}, true],
      ],
      true,
    ],
    [
      'when an earlier case got something',
      [
        [{}, true],
        [muted, false],
      ],
      true,
    ],
  ])('%s', (_what, cases, is) => {
    const given = new GivenCall('kept', undefined);
    for (const [state, isHeard] of cases) given.leave({ ...unknownCall, ...state }, isHeard);
    expect(given.isHeard).toBe(is);
  });
});

describe('of a given call the next case knows', () => {
  it('how the last one left it', () => {
    const given = new GivenCall('kept', undefined);
    given.leave({ ...unknownCall, muted: true }, true);
    given.leave({ ...unknownCall, muted: false }, true);
    expect(given.muted).toBe(false);
  });

  it('who the own participant is, as the first one found', () => {
    const given = new GivenCall('kept', undefined);
    for (const participantId of [undefined, 'me', 'you']) given.leave({ ...unknownCall, participantId }, true);
    expect(given.participantId).toBe('me');
  });
});
