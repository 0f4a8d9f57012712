import type { Fault } from '../deviation.ts';
import { answering } from '../mute-hooks.ts';
import { bodyObject } from '../rules.ts';

/** Long enough that requests which are sent at once overlap. */
const overlapMs = 5;

/** State of one request that another one overwrites. */
export const concurrencyFaults: readonly Fault[] = [
  {
    id: 'client-context-of-latest-mute-of-call',
    summary: 'Keeps the clientContext of a mute in its call, where the next one overwrites it',
    breaks: ['concurrency.same-call'],
    mayAlsoBreak: ['context.echo'],
    hooks: () => {
      const latest = new Map<string, unknown>();
      return {
        decision: async (context, decision, { wait }) => {
          if (!decision.accepted || context.call === undefined) return decision;
          latest.set(context.call.id, bodyObject(context).clientContext);
          await wait(overlapMs);
          return {
            accepted: true,
            operation: { ...decision.operation, clientContext: latest.get(context.call.id) },
          };
        },
      };
    },
  },
  {
    id: 'client-context-of-latest-mute',
    summary: 'Keeps the clientContext of a mute once for all calls, where the next one overwrites it',
    breaks: ['concurrency.same-call', 'concurrency.many-calls'],
    unsteady: true,
    mayAlsoBreak: [
      'context.echo',
      'context.max-length',
      'context.echo-unicode',
      'context.echo-control-characters',
      'context.echo-empty',
      // The walk meets it, too, while other cases mute.
      'state.any-sequence',
    ],
    hooks: () => {
      let latest: unknown;
      return {
        decision: async (context, decision, { wait }) => {
          if (!decision.accepted) return decision;
          latest = bodyObject(context).clientContext;
          await wait(overlapMs);
          return { accepted: true, operation: { ...decision.operation, clientContext: latest } };
        },
      };
    },
  },
  {
    id: 'location-of-latest-call',
    summary: 'Keeps the call of a mute once for all, so that Location names the one that was muted last',
    breaks: ['location.call', 'concurrency.many-calls'],
    unsteady: true,
    mayAlsoBreak: ['location.resolves', 'state.any-sequence'],
    hooks: () => {
      let latest = '';
      return answering(async (reply, { call }, { wait }) => {
        latest = call?.id ?? latest;
        await wait(overlapMs);
        return {
          ...reply,
          headers: reply.headers.map(([name, value]) =>
            name === 'Location' ? [name, value.replace(/\/calls\/[^/]+/, `/calls/${latest}`)] : [name, value],
          ),
        };
      })();
    },
  },
  {
    id: 'operation-id-of-the-moment',
    summary: 'Makes operation ids of the time, so that mutes at once share one',
    breaks: ['concurrency.same-call'],
    mayAlsoBreak: ['response.id-unique'],
    hooks: () => ({
      identifier: (kind, proposed) => {
        if (kind !== 'operation') return proposed;
        const moment = Math.floor(performance.now() / 2);
        return `00000000-0000-4000-8000-${moment.toString(16).padStart(12, '0')}`;
      },
    }),
  },
  {
    id: 'concurrent-mutes-500',
    summary: 'Fails with 500 when a call is muted while it is being muted',
    breaks: ['concurrency.same-call'],
    mayAlsoBreak: ['state.repeat-no-5xx'],
    hooks: () => {
      const busy = new Set<string>();
      return {
        decision: async ({ call }, decision, { wait }) => {
          if (!decision.accepted || call === undefined) return decision;
          if (busy.has(call.id)) {
            return { accepted: false, refusal: { status: 500, code: '9999', message: 'Deadlock.' } };
          }
          busy.add(call.id);
          await wait(overlapMs);
          busy.delete(call.id);
          return decision;
        },
      };
    },
  },
];
