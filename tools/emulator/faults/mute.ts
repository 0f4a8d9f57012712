import { withEditedHeader } from '../editing.ts';
import type { Fault } from '../deviation.ts';

/** Accepted mutes that are answered or carried out wrongly. */
export const muteFaults: readonly Fault[] = [
  {
    id: 'status-201',
    summary: 'Answers a successful mute 201',
    breaks: ['status.success'],
    mayAlsoBreak: ['body.empty', 'state.repeat'],
    hooks: () => ({
      reply: ({ operation, refusal }, reply) =>
        operation === 'mute' && refusal === undefined ? { ...reply, status: 201 } : reply,
    }),
  },
  {
    id: 'client-context-trimmed',
    summary: 'Strips spaces from both ends of the clientContext',
    breaks: ['context.echo'],
    mayAlsoBreak: ['context.echo-unicode'],
    hooks: () => ({
      decision: (_context, decision) => {
        if (!decision.accepted) return decision;
        const { clientContext } = decision.operation;
        if (typeof clientContext !== 'string') return decision;
        return { accepted: true, operation: { ...decision.operation, clientContext: clientContext.trim() } };
      },
    }),
  },
  {
    id: 'client-context-256-refused',
    summary: 'Takes a clientContext of 255 characters at most',
    breaks: ['context.max-length'],
    mayAlsoBreak: ['context.echo', 'context.echo-unicode'],
    settings: { clientContextLimit: 255 },
  },
  {
    id: 'operation-id-constant',
    summary: 'Gives every operation the same id',
    breaks: ['response.id-unique'],
    mayAlsoBreak: ['state.repeat', 'concurrency.same-call', 'concurrency.many-calls', 'location.resolves'],
    hooks: () => ({
      identifier: (kind, proposed) => (kind === 'operation' ? '9b2d6a52-0f1c-4d1e-8a43-5f5d0c1b7e10' : proposed),
    }),
  },
  {
    id: 'mute-mutes-every-call',
    summary: 'Mutes the application in all its calls at once',
    breaks: ['state.other-call'],
    mayAlsoBreak: [
      'roster.no-crosstalk',
      'roster.every-leg',
      'roster.unsolicited',
      'roster.not-on-refusal',
      'roster.delivered',
      'roster.self-muted',
      'method.refused',
      'auth.no-effect',
      'state.unmute-roundtrip',
      'concurrency.many-calls',
    ],
    hooks: () => ({
      state: (_context, change, { calls }) =>
        change.muted ? { ...change, participants: calls().map(({ self }) => self) } : change,
    }),
  },
  {
    id: 'location-other-call',
    summary: 'Names another call in the Location of a mute',
    breaks: ['location.call'],
    mayAlsoBreak: ['location.resolves', 'concurrency.many-calls'],
    hooks: () => ({
      reply: ({ operation }, reply, { identifier }) =>
        operation === 'mute'
          ? withEditedHeader(reply, 'Location', (value) => value.replace(/\/calls\/[^/]+/, `/calls/${identifier()}`))
          : reply,
    }),
  },
  {
    id: 'peer-to-peer-accepted',
    summary: 'Mutes peer-to-peer calls too',
    breaks: ['group.peer-to-peer-refused'],
    mayAlsoBreak: ['group.peer-to-peer-unchanged', 'group.peer-to-peer-not-404', 'error.body'],
    hooks: () => ({ rule: (_context, rule, refusal) => (rule === 'group-call' ? undefined : refusal) }),
  },
  {
    id: 'operation-never-completes',
    summary: 'Answers that the operation is running and never says how it ended',
    breaks: ['operation.pending-completes'],
    mayAlsoBreak: ['operation.notification-shape'],
    hooks: () => ({
      decision: (_context, decision) =>
        decision.accepted ? { accepted: true, operation: { ...decision.operation, status: 'running' } } : decision,
      notification: ({ resource }, delivery) => (resource === 'operation' ? [] : [delivery]),
    }),
  },
];
