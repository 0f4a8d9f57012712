import { describe, expect, it } from 'vitest';
import { callItem, rosterItem } from '../../dev/testing/targets/scripted-target.ts';
import { Delivery } from '../../engine/callback/delivery.ts';
import type { OwnClues } from '../payloads/own-participant.ts';
import { isRosterUpdate, RosterView } from './roster-view.ts';

function delivery(receivedAt: number, text: string): Delivery {
  return new Delivery(
    { receivedAt, method: 'POST', path: '/callback', atExpectedPath: true, rawHeaders: [] },
    { text, bytes: text.length, truncated: false },
  );
}

const of = (receivedAt: number, ...items: object[]) => delivery(receivedAt, JSON.stringify({ value: items }));
const roster = (receivedAt: number, ...participants: object[]) => of(receivedAt, rosterItem('call', ...participants));

const me = (isMuted: unknown) => ({ id: 'me', isMuted });
const carla = (isMuted: unknown) => ({ id: 'carla', isMuted, info: { identity: { user: { id: 'c' } } } });
const bot = (isMuted: unknown) => ({ id: 'bot', isMuted, info: { identity: { application: { id: 'ours' } } } });

const byId: OwnClues = { participantId: 'me', applicationId: undefined };
const byApplication: OwnClues = { participantId: undefined, applicationId: undefined };

describe('of the own participant a roster view says', () => {
  it.each<[string, OwnClues, object[], { reports: unknown[]; last: unknown; identifiable: boolean }]>([
    ['nothing where nothing came', byId, [], { reports: [], last: undefined, identifiable: true }],
    [
      'what each update reports',
      byId,
      [me(false), me(true)],
      { reports: [false, true], last: true, identifiable: true },
    ],
    [
      'nothing where nothing came to tell it by',
      byApplication,
      [],
      { reports: [], last: undefined, identifiable: true },
    ],
    ['nothing where others are reported', byId, [carla(true)], { reports: [], last: undefined, identifiable: true }],
    ['whatever stands there', byId, [me('yes')], { reports: ['yes'], last: 'yes', identifiable: true }],
    ['what its application tells', byApplication, [bot(true)], { reports: [true], last: true, identifiable: true }],
    ['that it cannot be told', byApplication, [carla(true)], { reports: [], last: undefined, identifiable: false }],
    [
      'what one of several updates tells',
      byApplication,
      [bot(true), carla(false)],
      { reports: [true], last: true, identifiable: true },
    ],
  ])('%s', (_what, own, participants, said) => {
    const view = new RosterView(
      participants.map((participant, index) => roster(index, participant)),
      own,
    );
    const { ownReports, lastOwn, ownIdentifiable } = view;
    expect({
      reports: ownReports.map(({ isMuted }) => isMuted),
      last: lastOwn?.isMuted,
      identifiable: ownIdentifiable,
    }).toEqual(said);
  });

  it('what was reported by then', () => {
    const [first, second, third] = [roster(1, me(false)), roster(2, me(true)), roster(3, carla(true))];
    const view = new RosterView([first, second, third], byId);
    expect([view.wasReported(true), view.wasReported(false), view.wasReported(true, third)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([view.wasReported(true, second), view.wasReported(false, second)]).toEqual([false, true]);
    expect([view.reportsOwn(second, true), view.reportsOwn(second, false), view.reportsOwn(third, true)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([view.ownIn(second)?.id, view.ownIn(third)]).toEqual(['me', undefined]);
  });

  it('what the last update reports', () => {
    expect(new RosterView([roster(1, me(false)), roster(2, me(true))], byId).wasReported(true)).toBe(true);
  });

  it('since when', () => {
    const view = new RosterView([roster(1, me(false)), roster(2, me(true)), roster(3, me(false))], byId);
    expect(view.since(2).ownReports).toEqual([
      { receivedAt: 2, isMuted: true },
      { receivedAt: 3, isMuted: false },
    ]);
    expect(new RosterView([roster(1, bot(true)), roster(2, carla(true))], byApplication).since(2).ownIdentifiable).toBe(
      false,
    );
  });
});

describe('of the others a roster view says', () => {
  it('who they are, in the order in which it came', () => {
    const view = new RosterView(
      [roster(1, carla(false), me(false)), of(2, callItem('call', {})), roster(3, me(true))],
      byId,
    );
    expect(view.entries.map(({ id, isMuted }) => [id, isMuted])).toEqual([
      ['carla', false],
      ['me', false],
      ['me', true],
    ]);
  });
});

describe('a delivery is, or may be meant as, a roster update', () => {
  it.each<[string, Delivery, boolean]>([
    ['when it reports participants', roster(1, me(true)), true],
    ['when it reports them beside a call', of(1, callItem('call', {}), rosterItem('call', me(true))), true],
    ['when nobody can read it', delivery(1, 'not JSON'), true],
    ['when it is of no known kind', delivery(1, '{"value":[{}]}'), true],
    ['not when it is about the call alone', of(1, callItem('call', { state: 'established' })), false],
  ])('%s', (_what, one, is) => {
    expect(isRosterUpdate(one)).toBe(is);
    expect(new RosterView([one], byId).updates).toEqual(is ? [one] : []);
  });
});
