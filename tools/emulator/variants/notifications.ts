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
    summary: 'Announces a mute by the muted participant alone, as one entity',
    hooks: () => ({
      notification: ({ cause, resource, request }, delivery) => [
        resource === 'participants' && (cause === 'mute' || cause === 'unmute')
          ? withEditedItems(delivery, (item) => {
              const roster: unknown[] = Array.isArray(item.resourceData) ? item.resourceData : [];
              item.resourceData = roster.filter(isObject).find(({ id }) => id === request?.call?.self.id);
            })
          : delivery,
      ],
    }),
  },
];
