import { isObject } from '../call.ts';
import type { Fault } from '../deviation.ts';
import { withEditedBody } from '../editing.ts';
import type { Reply, RequestContext } from '../exchange.ts';
import { announcing, answering, onApp, refusingMutes } from '../mute-hooks.ts';

const isRepeated = ({ call }: RequestContext) => call?.self.muted === true;

/** What becomes of a mute afterwards, and of a second one. */
export const stateFaults: readonly Fault[] = [
  {
    id: 'participants-stale',
    summary: 'Lists the participants as they were when the call was established',
    breaks: ['state.participants'],
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
    breaks: ['state.participants'],
    mayAlsoBreak: ['state.unmute-roundtrip'],
    hooks: () => ({
      state: ({ call }, change, { setMuted }) => {
        // By then the update is written, and nobody can have read the participants yet.
        if (call !== undefined && change.muted) setImmediate(() => setMuted(call, false));
        return change;
      },
    }),
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
    mayAlsoBreak: ['state.repeat', 'concurrency.same-call'],
    hooks: refusingMutes({ status: 500, code: '9999', message: 'An internal error occurred.' }, isRepeated),
  },
  {
    id: 'repeat-503-on-app',
    summary: 'Answers a mute of what is muted 503 on the deprecated path',
    breaks: ['state.repeat-no-5xx'],
    mayAlsoBreak: ['state.repeat', 'concurrency.same-call'],
    hooks: refusingMutes(
      { status: 503, code: 'ServiceUnavailable', message: 'The service is not available.' },
      (context) => onApp(context) && isRepeated(context),
    ),
  },
  {
    id: 'repeat-cached',
    summary: 'Answers a mute of what is muted with the first answer',
    breaks: ['response.id-unique', 'state.repeat'],
    mayAlsoBreak: ['context.echo', 'concurrency.same-call'],
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
    hooks: announcing(
      () => [],
      ({ cause }) => cause === 'unmute',
    ),
  },
  {
    id: 'unmute-refused',
    summary: 'Refuses to unmute, although it says that it can',
    breaks: ['state.unmute-roundtrip'],
    hooks: () => ({
      decision: (context, decision) =>
        context.operation === 'unmute'
          ? { accepted: false, refusal: { status: 501, code: 'NotImplemented', message: 'Not implemented.' } }
          : decision,
    }),
  },
];
