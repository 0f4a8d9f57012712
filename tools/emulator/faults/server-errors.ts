import type { Fault } from '../deviation.ts';
import { failing, namesNoGuid, refusingOtherwise } from '../mute-hooks.ts';

/** Mistakes of the client on which an exception escapes: one fault for each kind of mistake. */
export const serverErrorFaults: readonly Fault[] = [
  {
    id: 'unknown-call-500',
    summary: 'Fails with 500 when there is no such call',
    breaks: ['status.never-5xx', 'status.unknown-call'],
    hooks: failing('call', (context) => context.call === undefined && !namesNoGuid(context)),
  },
  {
    id: 'ended-call-500',
    summary: 'Fails with 500 when the call has ended',
    breaks: ['status.never-5xx', 'status.ended-call'],
    hooks: failing('call', ({ call }) => call !== undefined),
  },
  {
    id: 'malformed-call-id-500',
    summary: 'Fails with 500 when the call id is no GUID',
    breaks: ['status.never-5xx', 'status.malformed-call-id'],
    hooks: failing('call', namesNoGuid),
  },
  {
    id: 'method-500',
    summary: 'Fails with 500 when the method is not POST',
    breaks: ['status.never-5xx', 'method.405'],
    hooks: failing('method'),
  },
  {
    id: 'missing-token-500',
    summary: 'Fails with 500 when there is no Authorization header',
    breaks: ['status.never-5xx', 'auth.missing'],
    hooks: failing('authorization', ({ request }) => request.headers.authorization === undefined),
  },
  {
    id: 'other-scheme-500',
    summary: 'Fails with 500 when Authorization is not of the Bearer scheme',
    breaks: ['status.never-5xx', 'auth.scheme'],
    hooks: failing('authorization', ({ request }) => /^basic /i.test(request.headers.authorization ?? '')),
  },
  {
    id: 'empty-token-500',
    summary: 'Fails with 500 when the bearer token is empty',
    breaks: ['status.never-5xx', 'auth.empty'],
    hooks: failing('authorization', ({ request }) => /^bearer\s*$/i.test(request.headers.authorization ?? '')),
  },
  {
    id: 'missing-content-type-500',
    summary: 'Fails with 500 when there is no Content-Type',
    breaks: ['status.never-5xx', 'content-type.required'],
    hooks: failing('content-type', ({ request }) => request.headers['content-type'] === undefined),
  },
  {
    id: 'unsupported-content-type-500',
    summary: 'Fails with 500 when there is no parser for the Content-Type',
    breaks: ['status.never-5xx', 'content-type.unsupported'],
    hooks: failing('content-type', ({ request }) => request.headers['content-type'] !== undefined),
  },
  {
    id: 'malformed-body-500',
    summary: 'Fails with 500 when the body is not JSON',
    breaks: ['status.never-5xx', 'body.malformed'],
    hooks: failing('body-syntax'),
  },
  {
    id: 'malformed-body-crashes',
    summary: 'Ends the connection without an answer when the body is not JSON',
    breaks: ['status.never-5xx'],
    mayAlsoBreak: ['transport.answered'],
    hooks: () => ({
      request: ({ operation, request }) =>
        operation === 'mute' && request.body.problem === 'malformed' ? 'torn' : undefined,
    }),
  },
  {
    id: 'body-not-an-object-500',
    summary: 'Fails with 500 when the JSON is no object',
    breaks: ['status.never-5xx', 'body.not-an-object'],
    hooks: failing('body-object'),
  },
  {
    id: 'empty-body-500',
    summary: 'Fails with 500 when there is no body',
    breaks: ['status.never-5xx', 'body.empty'],
    settings: { emptyBody: 'refused' },
    hooks: failing('body-empty'),
  },
  {
    id: 'large-body-500',
    summary: 'Fails with 500 when the body is larger than its buffer',
    breaks: ['status.never-5xx', 'body.too-large'],
    hooks: failing('body-size'),
  },
  {
    id: 'client-context-type-500',
    summary: 'Fails with 500 when clientContext is no string',
    breaks: ['status.never-5xx', 'context.type'],
    hooks: failing('client-context-type'),
  },
  {
    id: 'long-client-context-500',
    summary: 'Fails with 500 when clientContext does not fit its column',
    breaks: ['status.never-5xx', 'context.too-long'],
    hooks: failing('client-context-length'),
  },
  {
    id: 'peer-to-peer-500',
    summary: 'Fails with 500 when a peer-to-peer call is muted',
    breaks: ['status.never-5xx', 'group.peer-to-peer-refused'],
    hooks: failing('group-call'),
  },
  {
    id: 'unsupported-content-type-501',
    summary: 'Answers a Content-Type for which there is no parser 501, as if mute were not served',
    breaks: ['status.never-5xx', 'content-type.unsupported'],
    hooks: refusingOtherwise(
      'content-type',
      { status: 501, code: 'NotImplemented', message: 'The Content-Type is not implemented.' },
      ({ request }) => request.headers['content-type'] !== undefined,
    ),
  },
];
