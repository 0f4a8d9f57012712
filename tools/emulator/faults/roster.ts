import type { Call } from '../call.ts';
import { isObject, type JsonObject } from '../../engine/catalogue/json-value.ts';
import type { Fault } from '../deviation.ts';
import { participantsOf, withEditedEnvelope } from '../editing.ts';
import { announcing, announcingItem, announcingParticipants, type MakesHooks, withChangeType } from '../mute-hooks.ts';
import { rosterData } from '../resources.ts';
import { whenRostersAreLost } from './consequences.ts';

/** The first media stream of each participant is changed in place. */
function announcingStreams(edit: (stream: JsonObject) => void): MakesHooks {
  return announcingParticipants(({ mediaStreams }) => {
    if (Array.isArray(mediaStreams) && isObject(mediaStreams[0])) edit(mediaStreams[0]);
  });
}

/** The deltaParticipants of a roster update are changed in place. */
function announcingDeltas(edit: (delta: JsonObject, call: Call) => void): MakesHooks {
  return announcingItem((item, { call }) => {
    if (call.delta === undefined || !Array.isArray(item.resourceData)) return;
    item.resourceData.filter(isObject).forEach((delta) => edit(delta, call));
  });
}

/** Roster updates that come and say the wrong thing, or say it in the wrong words. */
export const rosterFaults: readonly Fault[] = [
  {
    id: 'roster-bare',
    summary: 'Sends the notification without the collection around it',
    breaks: ['roster.envelope'],
    mayAlsoBreak: whenRostersAreLost,
    hooks: announcing((delivery) => {
      const value: unknown = isObject(delivery.body) ? delivery.body.value : undefined;
      return { ...delivery, body: Array.isArray(value) ? value[0] : value };
    }),
  },
  {
    id: 'roster-envelope-untyped',
    summary: 'Leaves the @odata.type out of the envelope, as before 2019',
    breaks: ['roster.envelope'],
    hooks: announcing((delivery) =>
      withEditedEnvelope(delivery, (envelope) => {
        delete envelope['@odata.type'];
      }),
    ),
  },
  {
    id: 'roster-envelope-empty',
    summary: 'Announces a mute with an empty collection of notifications',
    breaks: ['roster.envelope'],
    mayAlsoBreak: whenRostersAreLost,
    hooks: announcing((delivery) =>
      withEditedEnvelope(delivery, (envelope) => {
        envelope.value = [];
      }),
    ),
  },
  {
    id: 'roster-item-untyped',
    summary: 'Leaves the @odata.type out of the notification',
    breaks: ['roster.envelope'],
    hooks: announcingItem((item) => {
      delete item['@odata.type'];
    }),
  },
  {
    id: 'roster-item-legacy',
    summary: 'Names the resource in resource alone, as in 2019',
    breaks: ['roster.envelope', 'roster.resource'],
    hooks: announcingItem((item) => {
      delete item.resourceUrl;
    }),
  },
  {
    id: 'roster-created',
    summary: 'Announces a mute as a roster created',
    breaks: ['roster.change-type'],
    hooks: announcingItem(withChangeType('created')),
  },
  {
    id: 'roster-update-misspelt',
    summary: 'Writes the change type update',
    breaks: ['roster.change-type'],
    hooks: announcingItem(withChangeType('update')),
  },
  {
    id: 'roster-updated-in-capitals',
    summary: 'Writes the change type in capitals',
    breaks: ['roster.change-type-case'],
    hooks: announcingItem(withChangeType('UPDATED')),
  },
  {
    id: 'roster-resource-of-call',
    summary: 'Names the call and not its participants as what has changed',
    breaks: ['roster.resource'],
    hooks: announcingItem((item) => {
      item.resourceUrl = String(item.resourceUrl).replace(/\/participants$/, '');
    }),
  },
  {
    id: 'roster-resource-of-other-call',
    summary: 'Names the participants of a call that nobody knows',
    breaks: ['roster.resource'],
    hooks: announcingItem((item) => {
      item.resourceUrl = '/communications/calls/6a0c4e92-1f7b-4d38-b5a3-8e9d2f6c7014/participants';
    }),
  },
  {
    id: 'roster-resource-on-app',
    summary: 'Names the deprecated path in resourceUrl',
    breaks: ['roster.resource'],
    hooks: announcingItem((item) => {
      item.resourceUrl = String(item.resourceUrl).replace('/communications/', '/app/');
    }),
  },
  {
    id: 'roster-of-before',
    summary: 'Reads the roster before it mutes and announces that',
    breaks: ['roster.self-muted'],
    mayAlsoBreak: ['roster.every-leg', 'roster.delta', 'state.unmute-roundtrip'],
    hooks: announcingParticipants((participant, own) => {
      if (own) participant.isMuted = participant.isMuted !== true;
    }),
  },
  {
    id: 'roster-without-self',
    summary: 'Announces everybody but the participant that was muted',
    breaks: ['roster.self-muted'],
    mayAlsoBreak: ['roster.every-leg', 'roster.delta', 'state.unmute-roundtrip'],
    hooks: announcingItem((item, { call, request }) => {
      const roster: unknown[] = Array.isArray(item.resourceData) ? item.resourceData : [];
      const { id } = (request?.call ?? call).self;
      item.resourceData = roster.filter((participant) => !isObject(participant) || participant.id !== id);
    }),
  },
  {
    id: 'roster-muted-as-text',
    summary: 'Writes isMuted as a string in roster updates',
    breaks: ['roster.participant', 'roster.self-muted'],
    mayAlsoBreak: ['roster.every-leg', 'roster.delta', 'state.unmute-roundtrip'],
    hooks: announcingParticipants((participant) => {
      participant.isMuted = String(participant.isMuted);
    }),
  },
  {
    id: 'roster-participant-untyped',
    summary: 'Leaves the @odata.type out of participants',
    breaks: ['roster.participant'],
    hooks: announcingParticipants((participant) => {
      delete participant['@odata.type'];
    }),
  },
  {
    id: 'roster-lobby-as-text',
    summary: 'Writes isInLobby as a string',
    breaks: ['roster.participant'],
    hooks: announcingParticipants((participant) => {
      participant.isInLobby = String(participant.isInLobby);
    }),
  },
  {
    id: 'roster-direction-misspelt',
    summary: 'Writes the direction of media streams with a letter transposed',
    breaks: ['roster.participant'],
    hooks: announcingStreams((stream) => {
      stream.direction = 'sendRecieve';
    }),
  },
  {
    id: 'roster-without-info',
    summary: 'Does not say who the participants are',
    breaks: ['roster.participant-info'],
    hooks: announcingParticipants((participant) => {
      delete participant.info;
    }),
  },
  {
    id: 'delta-option-ignored',
    summary: 'Sends whole rosters to calls that asked for deltas',
    breaks: ['roster.delta'],
    hooks: announcingItem((item, { call }) => {
      if (call.delta !== undefined) item.resourceData = rosterData(call.roster);
    }),
  },
  {
    id: 'delta-without-self',
    summary: 'Sends deltas with everybody but the participant that was muted',
    breaks: ['roster.delta'],
    mayAlsoBreak: ['roster.self-muted'],
    hooks: announcingDeltas((delta, { self }) => {
      delta.participants = participantsOf(delta).filter(({ id }) => id !== self.id);
    }),
  },
  {
    id: 'delta-sequence-stands-still',
    summary: 'Numbers every delta alike',
    breaks: ['roster.delta'],
    hooks: announcingDeltas((delta) => {
      delta.sequenceNumber = 1;
    }),
  },
  {
    id: 'delta-sequence-as-text',
    summary: 'Writes the sequence number of deltas as a string',
    breaks: ['roster.delta'],
    hooks: announcingDeltas((delta) => {
      delta.sequenceNumber = String(delta.sequenceNumber);
    }),
  },
  {
    id: 'roster-reports-all-muted',
    summary: 'Announces everybody as muted when one is',
    breaks: ['roster.others-unchanged'],
    hooks: announcing(
      (delivery) =>
        withEditedEnvelope(delivery, (envelope) => {
          envelope.value = JSON.parse(JSON.stringify(envelope.value).replaceAll('"isMuted":false', '"isMuted":true'));
        }),
      ({ cause }) => cause === 'mute',
    ),
  },
];
