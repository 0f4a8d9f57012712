/** The kinds of mistake a client can make, as the requirements name them; each is to be refused, and never by a 5xx. */
import { type Answer, type CaseContext, type CaseOptions, CouldNotRun } from '../tools/graph/suite.ts';
import { cutOff, notUtf8 } from './broken-json.ts';

export interface Mistake {
  /** As the object of “answers … with”. */
  readonly name: string;
  readonly options?: CaseOptions;
  /** Whether it asks for a method or feature that a target need not serve, and may then answer 501 (fact 70). */
  readonly maybeUnserved?: true;
  make(context: CaseContext): Promise<Answer>;
}

export const mistakes: readonly Mistake[] = [
  { name: 'an unknown call', make: (context) => context.muteCallId(context.uuid('unknown call')) },
  {
    name: 'an ended call',
    make: async ({ groupCall }) => {
      await groupCall.end();
      return groupCall.mute();
    },
  },
  { name: 'a malformed call id', make: (context) => context.muteCallId('not a call id!') },
  { name: 'GET', maybeUnserved: true, make: ({ groupCall }) => groupCall.mute({ method: 'GET', body: 'none' }) },
  { name: 'PUT', maybeUnserved: true, make: ({ groupCall }) => groupCall.mute({ method: 'PUT' }) },
  { name: 'PATCH', maybeUnserved: true, make: ({ groupCall }) => groupCall.mute({ method: 'PATCH' }) },
  { name: 'DELETE', maybeUnserved: true, make: ({ groupCall }) => groupCall.mute({ method: 'DELETE', body: 'none' }) },
  { name: 'a missing Authorization header', make: ({ groupCall }) => groupCall.mute({ authorization: null }) },
  {
    name: 'another authentication scheme',
    make: ({ groupCall }) => groupCall.mute({ authorization: basicCredentials }),
  },
  {
    name: 'a token without a scheme',
    options: { since: 'call-mute/2026-11' },
    make: (context) => context.groupCall.mute({ authorization: validToken(context) }),
  },
  { name: 'an empty bearer token', make: ({ groupCall }) => groupCall.mute({ authorization: 'Bearer ' }) },
  { name: 'a missing Content-Type', make: ({ groupCall }) => groupCall.mute({ contentType: null }) },
  { name: 'text/plain', make: ({ groupCall }) => groupCall.mute({ contentType: 'text/plain' }) },
  { name: 'application/xml', make: ({ groupCall }) => groupCall.mute({ contentType: 'application/xml' }) },
  {
    name: 'a form',
    make: ({ groupCall }) => groupCall.mute({ contentType: 'application/x-www-form-urlencoded' }),
  },
  { name: 'broken JSON', make: ({ groupCall }) => groupCall.mute({ body: jsonText(cutOff) }) },
  {
    name: 'JSON that is not UTF-8',
    options: { since: 'call-mute/2026-11' },
    make: ({ groupCall }) => groupCall.mute({ body: jsonText(notUtf8) }),
  },
  { name: 'an array', make: ({ groupCall }) => groupCall.mute({ body: { json: [] } }) },
  { name: 'a JSON string', make: ({ groupCall }) => groupCall.mute({ body: { json: 'text' } }) },
  { name: 'a JSON number', make: ({ groupCall }) => groupCall.mute({ body: { json: 1 } }) },
  { name: 'the JSON literal true', make: ({ groupCall }) => groupCall.mute({ body: { json: true } }) },
  { name: 'an empty body', make: ({ groupCall }) => groupCall.mute({ body: jsonText('') }) },
  { name: '1 MiB of body', make: ({ groupCall }) => groupCall.mute({ body: oneMebibyte() }) },
  { name: 'a number as clientContext', make: ({ groupCall }) => groupCall.mute({ clientContext: 1 }) },
  { name: 'a boolean as clientContext', make: ({ groupCall }) => groupCall.mute({ clientContext: true }) },
  { name: 'an object as clientContext', make: ({ groupCall }) => groupCall.mute({ clientContext: { a: 1 } }) },
  { name: 'an array as clientContext', make: ({ groupCall }) => groupCall.mute({ clientContext: ['a'] }) },
  {
    name: 'a clientContext of 257 characters',
    make: ({ groupCall }) => groupCall.mute({ clientContext: 'x'.repeat(257) }),
  },
  { name: 'a peer-to-peer call', maybeUnserved: true, make: ({ peerToPeerCall }) => peerToPeerCall.mute() },
];

/** @throws CouldNotRun when there is none: then nothing can be made of it */
export function validToken({ target }: CaseContext): string {
  if (target.token === undefined) throw new CouldNotRun('there is no bearer token to send in another way');
  return target.token;
}

export const basicCredentials = 'Basic Y29uZm9ybWFuY2U6c3VpdGU=';

/** A body that is sent as it is, declared as JSON. */
export function jsonText(text: string | Buffer): { text: string | Buffer; contentType: string } {
  return { text, contentType: 'application/json' };
}

/** Exactly 1 MiB of valid JSON, so that nothing but its size is wrong. */
export function oneMebibyte(): ReturnType<typeof jsonText> {
  const [before, after] = ['{"clientContext":"large","padding":"', '"}'];
  return jsonText(before + 'x'.repeat(1024 * 1024 - before.length - after.length) + after);
}
