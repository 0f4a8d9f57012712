import type { Fault } from '../deviation.ts';
import { withEditedParticipants, withHeader } from '../editing.ts';

/** Roster updates that do not come, come astray or say the wrong thing. */
export const notificationFaults: readonly Fault[] = [
  {
    id: 'roster-missing',
    summary: 'Announces no roster after a mute',
    breaks: ['roster.delivered'],
    mayAlsoBreak: ['roster.self-muted', 'roster.every-leg', 'state.unmute-roundtrip'],
    hooks: () => ({ notification: ({ cause }, delivery) => (cause === 'mute' ? [] : [delivery]) }),
  },
  {
    id: 'callback-without-query',
    summary: 'Drops the query of the callbackUri',
    breaks: ['roster.callback'],
    mayAlsoBreak: ['roster.delivered', 'roster.self-muted'],
    hooks: () => ({
      notification: (_context, delivery) => [{ ...delivery, url: delivery.url.replace(/\?.*$/, '') }],
    }),
  },
  {
    id: 'roster-muted-as-text',
    summary: 'Writes isMuted as a string in roster updates',
    breaks: ['roster.participant', 'roster.self-muted'],
    mayAlsoBreak: ['state.unmute-roundtrip', 'roster.every-leg'],
    hooks: () => ({
      notification: (_context, delivery) => [
        withEditedParticipants(delivery, (participant) => {
          if (typeof participant.isMuted === 'boolean') participant.isMuted = String(participant.isMuted);
        }),
      ],
    }),
  },
  {
    id: 'callback-token-foreign',
    summary: 'Signs the tokens of callbacks with a key that is not in the key set',
    breaks: ['roster.authenticated'],
    hooks: () => ({
      notification: async (_context, delivery, { callbackToken }) => [
        withHeader(delivery, 'Authorization', `Bearer ${await callbackToken({ foreignKey: true })}`),
      ],
    }),
  },
];
