import type { Fault } from '../deviation.ts';
import { operationReply } from '../endpoints.ts';
import { refusals } from '../refusals.ts';
import { withText } from '../editing.ts';

/** Requests that should be refused and are not, and refusals that do not look or act like one. */
export const refusalFaults: readonly Fault[] = [
  {
    id: 'unknown-call-accepted',
    summary: 'Answers a mute of a call that never was as if there were such a call',
    breaks: ['status.unknown-call'],
    mayAlsoBreak: ['status.malformed-call-id', 'error.body', 'error.content-type', 'roster.not-on-refusal'],
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
    id: 'ended-call-muted',
    summary: 'Mutes calls that have been deleted',
    breaks: ['status.ended-call'],
    mayAlsoBreak: ['roster.not-on-refusal', 'error.body'],
    hooks: () => ({
      rule: ({ operation, call }, rule, refusal) =>
        operation === 'mute' && rule === 'call' && call !== undefined ? undefined : refusal,
    }),
  },
  {
    id: 'missing-token-accepted',
    summary: 'Mutes without an Authorization header',
    breaks: ['auth.missing', 'auth.no-effect'],
    mayAlsoBreak: [
      'auth.challenge',
      'error.body',
      'error.inner-error',
      'roster.not-on-refusal',
      'location.absent-on-error',
    ],
    hooks: () => ({
      rule: ({ operation, request }, rule, refusal) =>
        operation === 'mute' && rule === 'authorization' && request.headers.authorization === undefined
          ? undefined
          : refusal,
    }),
  },
  {
    id: 'permission-checked-at-mute',
    summary: 'Asks for the permission to create calls when a call is muted',
    breaks: ['auth.no-permission-check'],
    hooks: () => ({
      rule: ({ operation, unprivileged }, rule, refusal) =>
        operation === 'mute' && rule === 'authorization' && unprivileged ? refusals.missingPermission : refusal,
    }),
  },
  {
    id: 'unauthorized-mute-mutes',
    summary: 'Answers 401 to a mute without a token, and mutes and announces all the same',
    breaks: ['auth.no-effect', 'roster.not-on-refusal'],
    mayAlsoBreak: ['roster.unsolicited'],
    hooks: () => ({
      reply: (context, reply, controls) => {
        if (context.operation !== 'mute' || context.call === undefined || reply.status !== 401) return reply;
        controls.setMuted(context.call, true);
        controls.announceRoster(context.call, context);
        return reply;
      },
    }),
  },
  {
    id: 'error-body-html',
    summary: 'Refuses with a page of HTML',
    breaks: ['error.body', 'error.content-type'],
    mayAlsoBreak: ['error.inner-error', 'error.stable-code'],
    hooks: () => ({
      reply: ({ refusal }, reply) =>
        refusal === undefined ? reply : withText(reply, 'text/html', '<!doctype html><title>Refused</title>'),
    }),
  },
];
