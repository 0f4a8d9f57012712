import type { Fault } from '../deviation.ts';
import { operationReply } from '../endpoints.ts';
import { withoutHeader } from '../editing.ts';
import { answering, namesNoGuid, onApp, refusingOtherwise, waiving } from '../mute-hooks.ts';
import { twinOnApp } from './twin-on-app.ts';

const endedCallMuted: Fault = {
  id: 'ended-call-muted',
  summary: 'Mutes calls that have been deleted',
  breaks: ['status.ended-call'],
  hooks: waiving(['call'], ({ call }) => call !== undefined),
};

/** Mutes that are answered with another status than they should be, and calls that are muted although there are none. */
export const statusFaults: readonly Fault[] = [
  {
    id: 'status-201',
    summary: 'Answers a successful mute 201',
    breaks: ['status.success'],
    mayAlsoBreak: ['body.empty', 'state.repeat'],
    hooks: answering((reply) => ({ ...reply, status: 201 })),
  },
  {
    id: 'status-202-on-app',
    summary: 'Answers a successful mute 202 on the deprecated path',
    breaks: ['status.success'],
    mayAlsoBreak: ['body.empty', 'state.repeat'],
    hooks: answering((reply) => ({ ...reply, status: 202 }), onApp),
  },
  {
    id: 'status-204',
    summary: 'Answers a successful mute 204, without the operation',
    breaks: ['status.success', 'response.schema', 'response.content-type'],
    // The echo is lost where it shows with some contexts only.
    mayAlsoBreak: ['body.empty', 'state.repeat', 'context.echo', 'context.echo-unicode', 'context.max-length'],
    hooks: answering((reply) => {
      const { body: _body, ...rest } = withoutHeader(reply, 'Content-Type');
      return { ...rest, status: 204 };
    }),
  },
  {
    id: 'unknown-call-accepted',
    summary: 'Answers a mute of a call that never was as if there were such a call',
    breaks: ['status.unknown-call'],
    mayAlsoBreak: ['status.malformed-call-id'],
    hooks: () => ({
      reply: (context, reply, { identifier }) => {
        if (context.operation !== 'mute' || context.call !== undefined || reply.status !== 404) return reply;
        const operation = {
          id: identifier(),
          type: 'muteParticipantOperation',
          status: 'completed',
          clientContext: undefined,
        } as const;
        return operationReply(context, { id: identifier() }, operation);
      },
    }),
  },
  {
    id: 'unknown-call-400',
    summary: 'Takes the id of a call that never was for a malformed request',
    breaks: ['status.unknown-call'],
    hooks: refusingOtherwise('call', { status: 400, code: 'BadRequest' }, ({ call }) => call === undefined),
  },
  endedCallMuted,
  {
    id: 'ended-call-410',
    summary: 'Says of a deleted call that it is gone instead of not found',
    breaks: ['status.ended-call'],
    hooks: refusingOtherwise('call', { status: 410, code: 'Gone' }, ({ call }) => call !== undefined),
  },
  twinOnApp(endedCallMuted),
  {
    id: 'malformed-call-id-422',
    summary: 'Answers a mute of an id that is no GUID 422',
    breaks: ['status.malformed-call-id'],
    hooks: refusingOtherwise('call', { status: 422, code: 'BadRequest' }, namesNoGuid),
  },
];
