import type { Controls, Fault } from '../deviation.ts';
import { headerOf, withFurtherHeader, withHeader, withoutHeader } from '../editing.ts';
import type { Reply, RequestContext } from '../exchange.ts';
import { answering, locating, refusing } from '../mute-hooks.ts';
import { refusals } from '../refusals.ts';

/** A refusal that names an operation, although there is none. */
function withOperationInLocation(reply: Reply, { request }: RequestContext, { identifier }: Controls): Reply {
  const call = request.target.replace(/\/[^/]+$/, '');
  return withHeader(reply, 'Location', `${request.origin}${call}/operations/${identifier()}`);
}

/** Locations that are not there, or lead somewhere else. */
export const locationFaults: readonly Fault[] = [
  {
    id: 'location-missing',
    summary: 'Answers a mute without Location',
    breaks: ['location.present'],
    hooks: locating(() => undefined),
  },
  {
    id: 'location-doubled',
    summary: 'Sends Location twice',
    breaks: ['location.present'],
    hooks: answering((reply) => withFurtherHeader(reply, 'Location', headerOf(reply, 'Location') ?? '')),
  },
  {
    id: 'location-in-content-location',
    summary: 'Names the operation in Content-Location',
    breaks: ['location.present'],
    hooks: answering((reply) =>
      withHeader(withoutHeader(reply, 'Location'), 'Content-Location', headerOf(reply, 'Location') ?? ''),
    ),
  },
  {
    id: 'location-other-call',
    summary: 'Names another call in the Location of a mute',
    breaks: ['location.call'],
    mayAlsoBreak: ['location.resolves', 'concurrency.many-calls'],
    hooks: locating((location, { identifier }) => location.replace(/\/calls\/[^/]+/, `/calls/${identifier()}`)),
  },
  {
    id: 'location-without-call',
    summary: 'Names the operation in Location without its call',
    breaks: ['location.call'],
    mayAlsoBreak: ['location.operation', 'location.resolves'],
    hooks: locating((location) => location.replace(/\/calls\/[^/]+/, '')),
  },
  {
    id: 'location-other-operation',
    summary: 'Makes one id for Location and another for the body',
    breaks: ['location.operation'],
    mayAlsoBreak: ['location.resolves'],
    hooks: locating((location, { identifier }) => location.replace(/[^/]+$/, identifier())),
  },
  {
    id: 'location-of-call',
    summary: 'Names the call and not the operation in Location',
    breaks: ['location.operation'],
    mayAlsoBreak: ['location.resolves'],
    hooks: locating((location) => location.replace(/\/operations\/.*/, '')),
  },
  {
    id: 'location-relative',
    summary: 'Sends a Location without scheme and host',
    breaks: ['location.absolute'],
    hooks: locating((location) => location.replace(/^https?:\/\/[^/]+/, '')),
  },
  {
    id: 'location-other-version',
    summary: 'Names v1.0 in the Location of a mute on beta',
    breaks: ['location.version'],
    hooks: locating((location) => location.replace('/beta/', '/v1.0/')),
  },
  {
    id: 'location-of-graph',
    summary: 'Names the host of Microsoft Graph in Location',
    breaks: ['location.origin'],
    hooks: locating((location) => location.replace(/^https?:\/\/[^/]+/, 'https://graph.microsoft.com')),
  },
  {
    id: 'operations-forgotten',
    summary: 'Finds no operation once it has been answered, although it says that it serves them',
    breaks: ['location.resolves'],
    hooks: () => ({
      rule: (_context, rule, refusal) => (rule === 'operation' ? refusals.unknownOperation : refusal),
    }),
  },
  {
    id: 'operation-read-with-other-id',
    summary: 'Answers the GET of an operation with another id',
    breaks: ['location.resolves'],
    hooks: () => ({
      reply: ({ operation, refusal }, reply, { identifier }) =>
        operation === 'getOperation' && refusal === undefined
          ? { ...reply, body: { ...Object(reply.body), id: identifier() } }
          : reply,
    }),
  },
  {
    id: 'location-on-refusals',
    summary: 'Names an operation in Location when it refuses, too',
    breaks: ['location.absent-on-error'],
    hooks: refusing(withOperationInLocation),
  },
  {
    id: 'location-on-peer-to-peer-refusal',
    summary: 'Names an operation in Location when it refuses a peer-to-peer call, which it has looked at last',
    breaks: ['location.absent-on-error'],
    hooks: refusing(withOperationInLocation, ({ call }) => call?.kind === 'peerToPeer'),
  },
];
