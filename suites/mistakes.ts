/** The kinds of mistake a client can make, as the requirements name them; each is to be refused, and never by a 5xx. */
import { type CaseContext, type CaseOptions, CouldNotRun, type MistakenMute } from '../tools/graph/suite.ts';
import { cutOff, notUtf8 } from './broken-json.ts';

export interface Mistake {
  /** As the object of “answers … with”. */
  readonly name: string;
  readonly options?: CaseOptions;
  /** Whether it asks for a method or feature that a target need not serve, and may then answer 501 (fact 70). */
  readonly maybeUnserved?: true;
  readonly mute: (context: CaseContext) => MistakenMute;
}

export const basicCredentials = 'Basic Y29uZm9ybWFuY2U6c3VpdGU=';

const added: CaseOptions = { since: 'call-mute/2026-11' };

function mistake(name: string, mute: MistakenMute, more: Partial<Mistake> = {}): Mistake {
  return { name, mute: () => mute, ...more };
}

export const mistakes: readonly Mistake[] = [
  mistake('an unknown call', { of: 'unknown call' }),
  mistake('an ended call', { of: 'ended call' }),
  mistake('a malformed call id', { of: 'malformed call id' }),
  mistake('GET', { method: 'GET', body: 'none' }, { maybeUnserved: true }),
  mistake('PUT', { method: 'PUT' }, { maybeUnserved: true }),
  mistake('PATCH', { method: 'PATCH' }, { maybeUnserved: true }),
  mistake('DELETE', { method: 'DELETE', body: 'none' }, { maybeUnserved: true }),
  mistake('a missing Authorization header', { authorization: null }),
  mistake('another authentication scheme', { authorization: basicCredentials }),
  {
    name: 'a token without a scheme',
    options: added,
    mute: (context) => ({ authorization: validToken(context) }),
  },
  mistake('an empty bearer token', { authorization: 'Bearer ' }),
  mistake('a missing Content-Type', { contentType: null }),
  mistake('text/plain', { contentType: 'text/plain' }),
  mistake('application/xml', { contentType: 'application/xml' }),
  mistake('a form', { contentType: 'application/x-www-form-urlencoded' }),
  mistake('broken JSON', { body: jsonText(cutOff) }),
  mistake('JSON that is not UTF-8', { body: jsonText(notUtf8) }, { options: added }),
  mistake('an array', { body: { json: [] } }),
  mistake('a JSON string', { body: { json: 'text' } }),
  mistake('a JSON number', { body: { json: 1 } }),
  mistake('the JSON literal true', { body: { json: true } }),
  mistake('an empty body', { body: jsonText('') }),
  mistake('1 MiB of body', { body: oneMebibyte() }),
  mistake('a number as clientContext', { clientContext: 1 }),
  mistake('a boolean as clientContext', { clientContext: true }),
  mistake('an object as clientContext', { clientContext: { a: 1 } }),
  mistake('an array as clientContext', { clientContext: ['a'] }),
  mistake('a clientContext of 257 characters', { clientContext: 'x'.repeat(257) }),
  mistake('a peer-to-peer call', { of: 'peer-to-peer call' }, { maybeUnserved: true }),
];

/** Bodies in JSON that are no objects, by their names. */
export const notObjects = { 'an array': [], 'a string': 'text', 'a number': 1, true: true };

/** What a clientContext must not be, by its names. */
export const notStrings = {
  'a number': 1,
  'a boolean': true,
  'an object': { text: 'context' },
  'an array': ['context'],
};

/** @throws CouldNotRun when there is none: then nothing can be made of it */
export function validToken({ target }: CaseContext): string {
  if (target.token === undefined) throw new CouldNotRun('there is no bearer token to send in another way');
  return target.token;
}

/** As RFC 6750, section 2.3, names it; the page knows the header only. */
export function tokenInQuery(token: string): MistakenMute {
  return { authorization: null, query: `access_token=${encodeURIComponent(token)}` };
}

/** A body that is sent as it is, declared as JSON. */
export function jsonText(text: string | Buffer): { text: string | Buffer; contentType: string } {
  return { text, contentType: 'application/json' };
}

/** Exactly 1 MiB of valid JSON, so that nothing but its size is wrong. */
export function oneMebibyte(): ReturnType<typeof jsonText> {
  const [before, after] = ['{"clientContext":"large","padding":"', '"}'];
  return jsonText(before + 'x'.repeat(1024 * 1024 - before.length - after.length) + after);
}
