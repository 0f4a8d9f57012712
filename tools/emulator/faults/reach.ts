import type { Fault } from '../deviation.ts';
import { whenEveryCallIsMuted } from './consequences.ts';
import { withEditedParticipants } from '../editing.ts';
import type { Call } from '../call.ts';
import type { OutgoingNotification, NotificationContext } from '../notification.ts';
import { announcing, announcingItem, refusedYet } from '../mute-hooks.ts';
import { twinOnApp } from './twin-on-app.ts';

/** The notification as if the own participant of its call were muted. */
function reportingSelfMuted(delivery: OutgoingNotification, { self }: Call): OutgoingNotification {
  return withEditedParticipants(delivery, (participant) => {
    if (participant.id === self.id) participant.isMuted = true;
  });
}

/** The callbacks of all calls that live, each once. */
function everyCallback(calls: readonly Call[]): string[] {
  return [...new Set(calls.flatMap(({ callbackUri }) => (callbackUri === undefined ? [] : [callbackUri])))];
}

const isMute = ({ cause }: NotificationContext) => cause === 'mute';

const rosterToEveryCallback: Fault = {
  id: 'roster-to-every-callback',
  summary: 'Announces a mute to the callbacks of all calls',
  breaks: ['roster.no-crosstalk'],
  unsteady: true,
  mayAlsoBreak: [
    'roster.resource',
    'roster.delta',
    'roster.every-leg',
    'concurrency.many-calls',
    'state.refusal-no-effect',
  ],
  hooks: announcing(
    (delivery, _context, { calls }) => everyCallback(calls()).map((url) => ({ ...delivery, url, detached: true })),
    isMute,
  ),
};

/** Mutes that reach further than they should, or not as far: other participants, other calls, other callbacks. */
export const reachFaults: readonly Fault[] = [
  {
    id: 'mute-mutes-everybody',
    summary: 'Mutes all participants of the call',
    breaks: ['roster.others-unchanged', 'state.participants'],
    mayAlsoBreak: ['roster.delivered'],
    hooks: () => ({
      state: ({ call }, change) =>
        change.muted && call !== undefined ? { ...change, participants: [...call.roster.participants] } : change,
    }),
  },
  {
    id: 'mute-unmutes-others',
    summary: 'Unmutes the others in the call, who may have been muted',
    breaks: ['roster.others-unchanged', 'state.participants'],
    settings: { othersMuted: true },
    hooks: () => ({
      state: ({ call }, change) => {
        if (!change.muted) return change;
        for (const participant of call?.roster.participants ?? []) {
          if (participant !== call?.self) participant.muted = false;
        }
        return change;
      },
    }),
  },
  {
    id: 'mute-mutes-every-call',
    summary: 'Mutes the application in all its calls at once',
    breaks: ['state.other-call'],
    unsteady: true,
    mayAlsoBreak: whenEveryCallIsMuted,
    hooks: () => ({
      state: (_context, change, { calls }) =>
        change.muted ? { ...change, participants: calls().map(({ self }) => self) } : change,
    }),
  },
  {
    id: 'mute-mutes-every-call-silently',
    summary: 'Mutes the application in all its calls at once, and tells the muted one only',
    breaks: ['state.other-call'],
    unsteady: true,
    mayAlsoBreak: whenEveryCallIsMuted,
    hooks: () => ({
      state: (_context, change, { calls, setMuted }) => {
        // Set a turn later, so that the roster of the muted call is announced with what it was asked for.
        if (change.muted) setImmediate(() => calls().forEach((call) => setMuted(call, true)));
        return change;
      },
    }),
  },
  rosterToEveryCallback,
  twinOnApp(rosterToEveryCallback, 'Announces a mute on the deprecated path to the callbacks of all calls'),
  {
    id: 'other-legs-not-told',
    summary: 'Announces a mute to the muted call only, and not to others in the meeting',
    breaks: ['roster.every-leg'],
    hooks: announcing(
      () => [],
      (context) => isMute(context) && context.call !== context.request?.call,
    ),
  },
  {
    id: 'other-legs-told-of-nothing',
    summary: 'Tells other calls in the meeting that the roster has changed, with the roster of before',
    breaks: ['roster.every-leg'],
    hooks: announcing(
      (delivery) =>
        withEditedParticipants(delivery, (participant) => {
          participant.isMuted = false;
        }),
      (context) => isMute(context) && context.call !== context.request?.call,
    ),
  },
  {
    id: 'muted-leg-not-told',
    summary: 'Announces a mute to the others in the meeting, and not to the muted call',
    breaks: ['roster.every-leg'],
    mayAlsoBreak: ['roster.delivered'],
    hooks: announcing(
      () => [],
      (context) => isMute(context) && context.call === context.request?.call && context.call.roster.legs.size > 1,
    ),
  },
  {
    id: 'other-legs-told-of-muted-call',
    summary: 'Announces a mute to all legs of a meeting under the resource of the call that was muted',
    breaks: ['roster.resource'],
    hooks: announcingItem((item, { call, request }) => {
      item.resourceUrl = String(item.resourceUrl).replace(call.id, (request?.call ?? call).id);
    }),
  },
  {
    id: 'first-roster-muted',
    summary: 'Reports the application muted when a call is established',
    breaks: ['roster.unsolicited'],
    hooks: () => ({
      notification: ({ cause, resource, call }, delivery) => [
        cause === 'joined' && resource === 'participants' ? reportingSelfMuted(delivery, call) : delivery,
      ],
    }),
  },
  {
    id: 'roster-muted-when-read',
    summary: 'Announces a mute when the participants of a call are read',
    breaks: ['roster.unsolicited'],
    hooks: () => ({
      reply: async ({ operation, call }, reply, { announceRoster, delivered }) => {
        if (operation === 'listParticipants' && call !== undefined) {
          announceRoster(call);
          // Later, the mute that follows the reading could be taken for what was announced.
          await delivered(call);
        }
        return reply;
      },
      notification: ({ cause, call }, delivery) => [
        cause === 'deviation' ? reportingSelfMuted(delivery, call) : delivery,
      ],
    }),
  },
  {
    id: 'unknown-call-announced',
    summary: 'Answers a mute of a call that never was 404 and announces a mute to everybody',
    breaks: ['roster.not-on-refusal'],
    unsteady: true,
    mayAlsoBreak: [
      'roster.unsolicited',
      'group.peer-to-peer-silent',
      'method.refused',
      'auth.no-effect',
      'body.empty',
      'state.other-call',
    ],
    hooks: () => ({
      ...refusedYet(
        (_context, { calls, announceRoster }) => calls().forEach((call) => announceRoster(call)),
        ({ call }) => call === undefined,
      )(),
      notification: ({ cause, call }, delivery) => [
        cause === 'deviation' ? reportingSelfMuted(delivery, call) : delivery,
      ],
    }),
  },
];
