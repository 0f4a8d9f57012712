import { describe, expect, it } from 'vitest';
import { callMembers, hasEnded } from './call-members.ts';

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
