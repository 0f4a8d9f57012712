import { describe, expect, it } from 'vitest';
import { DeltaRoster } from './delta-roster.ts';

describe('DeltaRoster', () => {
  it('tells what has come, changed and gone since the last update, and nothing where nothing has', () => {
    const roster = new DeltaRoster();
    const ada = { id: 'ada', isMuted: false };
    const ben = { id: 'ben', isMuted: false };
    expect(roster.next([ada, ben])).toMatchObject({ participants: [ada, ben], sequenceNumber: 1 });
    expect(roster.next([ada, { ...ben }])).toBeUndefined();
    expect(roster.next([ada, { ...ben, isMuted: true }])).toMatchObject({
      participants: [{ id: 'ben', isMuted: true }],
      sequenceNumber: 2,
    });
    expect(roster.next([ada])).toMatchObject({
      participants: [{ id: 'ben', removedState: { reason: 'Removed' } }],
      sequenceNumber: 3,
    });
    expect(roster.next([ada])).toBeUndefined();
  });
});
