import { isObject } from '../../engine/catalogue/json-value.ts';
import type { Fault } from '../deviation.ts';
import { withEditedBody } from '../editing.ts';
import type { Reply, RequestContext } from '../exchange.ts';
import {
  announcing,
  announcingOwnOnceMore,
  answering,
  muteSilently,
  onApp,
  refusedYet,
  refusingMutes,
} from '../mute-hooks.ts';

const isRepeated = ({ call }: RequestContext) => call?.self.muted === true;

/** What becomes of a mute afterwards, and of a second one. */
export const stateFaults: readonly Fault[] = [
  {
    id: 'participants-stale',
    summary: 'Lists the participants as they were when the call was established',
    breaks: ['state.participants', 'state.stays-muted'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: () => ({
      reply: ({ operation, refusal }, reply) =>
        operation === 'listParticipants' && refusal === undefined
          ? withEditedBody(reply, (body) => {
              for (const participant of Array.isArray(body.value) ? body.value : []) {
                if (isObject(participant)) participant.isMuted = false;
              }
            })
          : reply,
    }),
  },
  {
    id: 'mute-forgotten',
    summary: 'Answers and announces a mute and does not keep it',
    breaks: ['state.participants', 'state.stays-muted'],
    mayAlsoBreak: ['roster.others-unchanged', 'state.unmute-roundtrip', 'state.any-sequence'],
    hooks: () => ({
      state: ({ call }, change, { setMuted }) => {
        // By then the update is written, and nobody can have read the participants yet.
        if (call !== undefined && change.muted) setImmediate(() => setMuted(call, false));
        return change;
      },
    }),
  },
  {
    id: 'mute-toggles',
    summary: 'Unmutes what is muted when it is muted again, and announces it',
    breaks: ['state.stays-muted'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: () => ({
      state: ({ call, operation }, change) =>
        operation === 'mute' && call?.self.muted === true ? { ...change, muted: false, announce: true } : change,
    }),
  },
  {
    id: 'mute-toggles-silently',
    summary: 'Unmutes what is muted when it is muted again, and tells nobody',
    breaks: ['state.stays-muted'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: () => ({
      state: ({ call, operation }, change) =>
        operation === 'mute' && call?.self.muted === true ? { ...change, muted: false, announce: false } : change,
    }),
  },
  {
    id: 'mute-wears-off',
    summary: 'Unmutes 60 ms after it was muted, and announces it',
    breaks: ['state.stays-muted'],
    mayAlsoBreak: ['roster.others-unchanged', 'state.participants', 'state.unmute-roundtrip', 'state.any-sequence'],
    hooks: () => ({
      state: ({ call, operation }, change, { wait, setMuted, announceRoster }) => {
        if (call === undefined || operation !== 'mute') return change;
        void wait(60).then(() => {
          setMuted(call, false);
          announceRoster(call);
        });
        return change;
      },
    }),
  },
  {
    id: 'mute-contradicted',
    summary: 'Sends the update on a mute twice, the second time with the own participant unmuted',
    breaks: ['state.stays-muted'],
    mayAlsoBreak: ['state.unmute-roundtrip', 'state.any-sequence'],
    hooks: announcingOwnOnceMore((own) => {
      own.isMuted = false;
    }),
  },
  {
    id: 'refused-yet-muted',
    summary: 'Mutes before it looks at what is wrong with the request, and tells nobody',
    breaks: ['state.refusal-no-effect'],
    mayAlsoBreak: [
      'roster.delivered',
      'auth.no-effect',
      'method.refused',
      'body.empty',
      'group.peer-to-peer-unchanged',
      'state.any-sequence',
    ],
    settings: { peerToPeerRoster: 'readable' },
    hooks: refusedYet(muteSilently, () => true),
  },
  {
    id: 'media-type-refused-yet-muted',
    summary: 'Refuses an unsupported media type and mutes all the same, and tells nobody',
    breaks: ['state.refusal-no-effect'],
    mayAlsoBreak: ['roster.delivered', 'state.any-sequence'],
    hooks: refusedYet(muteSilently, ({ refusal }) => refusal?.status === 415),
  },
  {
    id: 'refused-yet-taken-for-muted',
    summary: 'Announces no mute of a call on which one was refused before',
    breaks: ['state.refusal-no-effect'],
    mayAlsoBreak: ['roster.delivered', 'state.any-sequence'],
    hooks: () => {
      const refusedOn = new Set<unknown>();
      return {
        ...refusedYet(
          ({ call }) => {
            refusedOn.add(call);
          },
          () => true,
        )(),
        state: ({ call }, change) => (refusedOn.has(call) ? { ...change, announce: false } : change),
      };
    },
  },
  {
    id: 'repeat-refused',
    summary: 'Answers a mute of what is muted 409',
    breaks: ['state.repeat'],
    hooks: refusingMutes({ status: 409, code: 'Conflict', message: 'The participant is muted already.' }, isRepeated),
  },
  {
    id: 'repeat-500',
    summary: 'Fails with 500 when there is nothing to change',
    breaks: ['state.repeat-no-5xx'],
    mayAlsoBreak: ['state.repeat', 'concurrency.same-call', 'state.any-sequence'],
    hooks: refusingMutes({ status: 500, code: '9999', message: 'An internal error occurred.' }, isRepeated),
  },
  {
    id: 'repeat-503-on-app',
    summary: 'Answers a mute of what is muted 503 on the deprecated path',
    breaks: ['state.repeat-no-5xx'],
    mayAlsoBreak: ['state.repeat', 'concurrency.same-call', 'state.any-sequence'],
    hooks: refusingMutes(
      { status: 503, code: 'ServiceUnavailable', message: 'The service is not available.' },
      (context) => onApp(context) && isRepeated(context),
    ),
  },
  {
    id: 'repeat-cached',
    summary: 'Answers a mute of what is muted with the first answer',
    breaks: ['response.id-unique', 'state.repeat'],
    unsteady: true,
    mayAlsoBreak: [
      'header.client-request-id',
      'context.echo',
      'context.echo-control-characters',
      'context.echo-empty',
      'context.echo-unicode',
      'context.max-length',
      'concurrency.same-call',
      'state.any-sequence',
    ],
    hooks: () => {
      const answers = new Map<string, Reply>();
      return answering((reply, { call }) => {
        const id = call?.id ?? '';
        const first = answers.get(id) ?? reply;
        answers.set(id, first);
        return first;
      })();
    },
  },
  {
    id: 'unmute-not-announced',
    summary: 'Unmutes without telling anybody',
    breaks: ['state.unmute-roundtrip'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: announcing(
      () => [],
      ({ cause }) => cause === 'unmute',
    ),
  },
  {
    id: 'unmute-refused',
    summary: 'Refuses to unmute, although it says that it can',
    breaks: ['state.unmute-roundtrip'],
    mayAlsoBreak: ['state.any-sequence'],
    hooks: () => ({
      decision: (context, decision) =>
        context.operation === 'unmute'
          ? { accepted: false, refusal: { status: 501, code: 'NotImplemented', message: 'Not implemented.' } }
          : decision,
    }),
  },
  {
    id: 'refusal-and-unmute-silence-mutes',
    summary: 'Announces no mute of a call that was unmuted after a mute of it had been refused',
    breaks: ['state.any-sequence'],
    mayAlsoBreak: ['roster.delivered'],
    hooks: () => {
      const refusedOn = new Set<unknown>();
      const silent = new Set<unknown>();
      return {
        ...refusedYet(
          ({ call }) => {
            refusedOn.add(call);
          },
          () => true,
        )(),
        state: ({ call, operation }, change) => {
          if (operation === 'unmute' && refusedOn.has(call)) silent.add(call);
          return operation === 'mute' && silent.has(call) ? { ...change, announce: false } : change;
        },
      };
    },
  },
  {
    id: 'paths-keep-states-apart',
    summary: 'Does not unmute on one path what was muted on the other, and answers that it did',
    breaks: ['state.any-sequence'],
    hooks: () => {
      const mutedBy = new Map<unknown, RequestContext['root']>();
      return {
        state: ({ call, operation, root }, change) => {
          if (operation === 'mute' && call?.self.muted !== true) mutedBy.set(call, root);
          return operation === 'unmute' && mutedBy.get(call) !== root
            ? { ...change, muted: true, announce: false }
            : change;
        },
      };
    },
  },
];
