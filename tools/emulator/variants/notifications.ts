import { deltasIn } from '../../graph/payloads/roster.ts';
import { isGroupCall } from '../call.ts';
import { isObject, type JsonObject } from '../../engine/catalogue/json-value.ts';
import { DeltaRoster } from '../delta-roster.ts';
import type { Variant } from '../deviation.ts';
import { participantsOf, withEditedEnvelope, withEditedItems } from '../editing.ts';
import { announcing, type MakesHooks } from '../mute-hooks.ts';
import { callNotification, type OutgoingNotification } from '../notification.ts';

/** The notification with these items before its own. */
function withItemsBefore(delivery: OutgoingNotification, earlier: unknown): OutgoingNotification {
  const items: unknown[] = isObject(earlier) && Array.isArray(earlier.value) ? earlier.value : [];
  return withEditedEnvelope(delivery, (envelope) => {
    envelope.value = [...items, ...(Array.isArray(envelope.value) ? envelope.value : [])];
  });
}

/** Every roster update as a delta to what the callback was told before; what is a delta already is only put in form. */
function announcingDeltas(form: (delta: JsonObject) => unknown): MakesHooks {
  return () => {
    const told = new Map<string, DeltaRoster>();
    return {
      notification: ({ call, resource }, delivery) => {
        if (resource !== 'participants') return [delivery];
        const rosters = told.get(delivery.url) ?? new DeltaRoster();
        told.set(delivery.url, rosters);
        let isNews = true;
        const edited = withEditedItems(delivery, (item) => {
          const [asked] = [...deltasIn(item.resourceData)];
          const delta = call.delta === undefined ? rosters.next(participantsOf(item.resourceData)) : asked?.value;
          isNews = call.delta !== undefined || delta !== undefined;
          if (delta !== undefined) item.resourceData = form(delta);
        });
        return isNews ? [edited] : [];
      },
    };
  };
}

/** Notifications that come in another form, number or order. */
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
    id: 'roster-delta',
    summary: 'Announces a mute by the muted participant alone, as one entity',
    hooks: announcing(
      (delivery, { request }) =>
        withEditedItems(delivery, (item) => {
          const roster: unknown[] = Array.isArray(item.resourceData) ? item.resourceData : [];
          item.resourceData = roster.filter(isObject).find(({ id }) => id === request?.call?.self.id);
        }),
      ({ call }) => call.delta === undefined,
    ),
  },
  {
    id: 'delta-unasked-in-collection',
    summary: 'Announces what changed in a collection of one deltaParticipants, whether asked to or not',
    hooks: announcingDeltas((delta) => [delta]),
  },
  {
    id: 'delta-unasked-alone',
    summary: 'Announces what changed as one deltaParticipants, whether asked to or not',
    hooks: announcingDeltas((delta) => delta),
  },
  {
    id: 'roster-not-sent-at-first',
    summary: 'Announces no roster until something changes',
    settings: { announceFirstRoster: false },
  },
  {
    id: 'repeated-mute-announced',
    summary: 'Announces the roster again when what is muted is muted',
    settings: { announceRepeatedMute: true },
  },
  {
    id: 'notifications-twice',
    summary: 'Delivers every notification twice',
    hooks: () => ({ notification: (_context, delivery) => [delivery, delivery] }),
  },
  {
    id: 'roster-again-later',
    summary: 'Delivers every roster update again a while later',
    hooks: announcing((delivery) => [delivery, { ...delivery, delayMs: 30, detached: true }]),
  },
  {
    id: 'notifications-batched',
    summary: 'Tells of the call and of its roster in one notification',
    hooks: () => ({
      notification: ({ call, resource }, delivery) => {
        if (resource === 'call') return isGroupCall(call) && call.state === 'established' ? [] : [delivery];
        return [withItemsBefore(delivery, callNotification(call))];
      },
    }),
  },
  {
    id: 'notifications-reordered',
    summary: 'Says that a call is being established after it was, and its first roster before',
    hooks: () => ({
      notification: ({ cause, resource }, delivery) => {
        if (resource !== 'call') return [delivery];
        return [{ ...delivery, delayMs: cause === 'establishing' ? 20 : 10, detached: true }];
      },
    }),
  },
  {
    id: 'notifications-unrelated',
    summary: 'Tells of somebody who joins beside every roster update',
    hooks: announcing(
      (delivery) => [
        withEditedItems(delivery, (item) => {
          item.resourceData = [
            {
              '@odata.type': '#microsoft.graph.participant',
              id: 'e81c5b3a-60f7-4d29-9b8e-2c4a7f0d9165',
              info: { identity: { phone: { id: '+15550100', displayName: 'Phone' } } },
              mediaStreams: [],
              isMuted: false,
              isInLobby: true,
            },
          ];
        }),
        delivery,
      ],
      ({ call }) => call.delta === undefined,
    ),
  },
  {
    id: 'notifications-unhurried',
    summary: 'Takes some hundredths of a second to notify',
    hooks: () => ({ notification: (_context, delivery) => [{ ...delivery, delayMs: 30 }] }),
  },
];
