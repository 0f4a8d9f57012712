import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { Fault } from '../deviation.ts';
import { failing, namesNoGuid, refusingOtherwise } from '../mute-hooks.ts';

/** An exception that escapes at one mistake of the client. @param when the mistake, as the end of a sentence */
function failsWhen(
  id: string,
  when: string,
  requirement: RequirementId,
  ...[rule, only]: Parameters<typeof failing>
): Fault {
  return {
    id,
    summary: `Fails with 500 when ${when}`,
    breaks: ['status.never-5xx', requirement],
    hooks: failing(rule, only),
  };
}

/** Mistakes of the client on which an exception escapes: one fault for each kind of mistake. */
export const serverErrorFaults: readonly Fault[] = [
  failsWhen(
    'unknown-call-500',
    'there is no such call',
    'status.unknown-call',
    'call',
    (context) => context.call === undefined && !namesNoGuid(context),
  ),
  failsWhen('ended-call-500', 'the call has ended', 'status.ended-call', 'call', ({ call }) => call !== undefined),
  failsWhen('malformed-call-id-500', 'the call id is no GUID', 'status.malformed-call-id', 'call', namesNoGuid),
  failsWhen('method-500', 'the method is not POST', 'method.405', 'method'),
  failsWhen(
    'missing-token-500',
    'there is no Authorization header',
    'auth.missing',
    'authorization',
    ({ request }) => request.headers.authorization === undefined,
  ),
  failsWhen(
    'other-scheme-500',
    'Authorization is not of the Bearer scheme',
    'auth.scheme',
    'authorization',
    ({ request }) => /^basic /i.test(request.headers.authorization ?? ''),
  ),
  failsWhen('empty-token-500', 'the bearer token is empty', 'auth.empty', 'authorization', ({ request }) =>
    /^bearer\s*$/i.test(request.headers.authorization ?? ''),
  ),
  failsWhen(
    'missing-content-type-500',
    'there is no Content-Type',
    'content-type.required',
    'content-type',
    ({ request }) => request.headers['content-type'] === undefined,
  ),
  failsWhen(
    'unsupported-content-type-500',
    'there is no parser for the Content-Type',
    'content-type.unsupported',
    'content-type',
    ({ request }) => request.headers['content-type'] !== undefined,
  ),
  failsWhen('malformed-body-500', 'the body is not JSON', 'body.malformed', 'body-syntax'),
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
  failsWhen('body-not-an-object-500', 'the JSON is no object', 'body.not-an-object', 'body-object'),
  {
    id: 'empty-body-500',
    summary: 'Fails with 500 when there is no body',
    breaks: ['status.never-5xx', 'body.empty'],
    settings: { emptyBody: 'refused' },
    hooks: failing('body-empty'),
  },
  failsWhen('large-body-500', 'the body is larger than its buffer', 'body.too-large', 'body-size'),
  failsWhen('client-context-type-500', 'clientContext is no string', 'context.type', 'client-context-type'),
  failsWhen(
    'long-client-context-500',
    'clientContext does not fit its column',
    'context.too-long',
    'client-context-length',
  ),
  failsWhen('peer-to-peer-500', 'a peer-to-peer call is muted', 'group.peer-to-peer-refused', 'group-call'),
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
