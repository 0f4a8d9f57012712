import { type Call, isGroupCall } from '../call.ts';
import type { Controls, Hooks, Variant } from '../deviation.ts';
import { refusals } from '../refusals.ts';

/** How often and how fast the people in a call mute and unmute themselves, once they begin. */
const turns = 12;
const turnMs = 40;

/** One after another the people in a call mute themselves, and unmute themselves when all are muted. */
async function muteThemselves(call: Call, { wait, announceRoster }: Controls): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await wait(turnMs);
    if (call.state === 'terminated') return;
    const applications = [...call.roster.legs].map(({ self }) => self);
    const people = call.roster.participants.filter((participant) => !applications.includes(participant));
    const person = people[turn % people.length];
    if (person !== undefined) person.muted = !person.muted;
    announceRoster(call);
  }
}

const livelyMeetings = (): Hooks => ({
  notification: ({ cause, call }, delivery, controls) => {
    const begin = cause === 'mute' || (cause === 'established' && isGroupCall(call));
    if (begin) void muteThemselves(call, controls);
    return [delivery];
  },
});

/** Who is muted without having been muted by the application, or before. */
export const muteStateVariants: readonly Variant[] = [
  {
    id: 'others-join-muted',
    summary: 'Has the people in a call muted from the start',
    settings: { othersMuted: true },
  },
  {
    id: 'people-mute-themselves',
    summary: 'Has people in group calls who mute and unmute themselves, when they join and after a mute',
    hooks: livelyMeetings,
  },
  {
    id: 'application-joins-muted',
    summary: 'Has the application muted in its calls from the start, peer-to-peer calls among them',
    settings: { joinsMuted: true, peerToPeerRoster: 'readable' },
  },
  {
    id: 'application-joins-muted-untold',
    summary: 'Has the application muted in its calls from the start, and sends no roster that says so',
    settings: { joinsMuted: true, announceFirstRoster: false },
  },
  {
    id: 'application-joins-muted-for-good',
    summary: 'Has the application muted in its calls from the start, and cannot unmute it',
    settings: { joinsMuted: true },
    target: { capabilities: { unmute: false } },
    hides: [
      'method.refused',
      'auth.no-effect',
      'group.peer-to-peer-silent',
      'operation.terminal-is-final',
      'roster.delivered',
      'roster.callback',
      'roster.method',
      'roster.content-type',
      'roster.json',
      'roster.envelope',
      'roster.change-type',
      'roster.change-type-case',
      'roster.resource',
      'roster.self-muted',
      'roster.participant',
      'roster.participant-info',
      'roster.others-unchanged',
      'roster.no-crosstalk',
      'roster.every-leg',
      'roster.not-on-refusal',
      'roster.authenticated',
      'roster.delta',
      'state.other-call',
      'state.refusal-no-effect',
    ],
    hooks: () => ({
      rule: ({ operation }, rule, refusal) =>
        rule === 'method' && operation === 'unmute' ? refusals.unknownPath : refusal,
    }),
  },
];
