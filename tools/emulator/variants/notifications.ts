import { isObject } from '../call.ts';
import type { Variant } from '../deviation.ts';
import { withEditedItems } from '../editing.ts';

/** Roster updates that come in another form, number or order. */
export const notificationVariants: readonly Variant[] = [
  {
    id: 'roster-before-reply',
    summary: 'Answers a mute only when the roster update has been delivered',
    hooks: () => ({
      reply: async ({ operation, call, refusal }, reply, { delivered }) => {
        if (operation === 'mute' && refusal === undefined && call !== undefined) await delivered(call);
        return reply;
      },
    }),
  },
  {
    id: 'notifications-twice',
    summary: 'Delivers every notification twice',
    hooks: () => ({ notification: (_context, delivery) => [delivery, delivery] }),
  },
  {
    id: 'roster-delta',
    summary: "Announces only the application's own participant, as one entity",
    hooks: () => ({
      notification: ({ resource, call }, delivery) => [
        resource === 'participants'
          ? withEditedItems(delivery, (item) => {
              const roster: unknown[] = Array.isArray(item.resourceData) ? item.resourceData : [];
              item.resourceData = roster.filter(isObject).find(({ id }) => id === call.self.id);
            })
          : delivery,
      ],
    }),
  },
];
