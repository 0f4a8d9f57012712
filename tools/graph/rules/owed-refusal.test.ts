import { describe, expect, it } from 'vitest';
import { answered } from '../../dev/testing/answered.ts';
import { usualMute } from '../../dev/testing/usual-mute.ts';
import { MuteHistory } from './mute-history.ts';
import { MuteObserver } from './mute-observer.ts';
import { owedRefusalOf } from './owed-refusal.ts';
import type { SentMute } from './sent-mute.ts';

describe('what a mute is refused for', () => {
  it.each<[string, Partial<SentMute>, string | undefined]>([
    ['nothing', {}, undefined],
    ['nothing, in a charset', { contentType: 'application/json; charset=utf-8' }, undefined],
    ['no Content-Type', { contentType: undefined }, 'content-type.required'],
    ['a form', { contentType: 'application/x-www-form-urlencoded' }, 'content-type.unsupported'],
    ['text with a charset', { contentType: 'Text/Plain; charset=utf-8' }, 'content-type.unsupported'],
    ['a type of which nothing is said', { contentType: 'text/json' }, undefined],
    ['what is no JSON', { json: undefined }, 'body.malformed'],
    ['an array', { json: [] }, 'body.not-an-object'],
    ['null, of which nothing is said', { json: null }, undefined],
    ['a number', { json: { clientContext: 1 } }, 'context.type'],
    ['no clientContext', { json: {} }, undefined],
    ['a clientContext of null', { json: { clientContext: null } }, undefined],
    ['no body', { json: undefined, bytes: 0 }, undefined],
    ['what may be too long', { json: [], bytes: 1_000_000 }, undefined],
    ['no token', { isAuthorized: false, badCredentials: 'missing' }, 'auth.missing'],
    ['another scheme', { isAuthorized: false, badCredentials: 'other scheme' }, 'auth.scheme'],
    ['no token but in the query', { isAuthorized: false, badCredentials: 'missing', query: 'a=1' }, 'auth.missing'],
    ['an empty token', { isAuthorized: false, badCredentials: 'empty' }, 'auth.empty'],
    ['a wrong token', { isAuthorized: false, badCredentials: 'wrong' }, 'auth.invalid-token'],
    ['credentials of which nothing is certain', { isAuthorized: false }, undefined],
    ['two things', { isAuthorized: false, badCredentials: 'missing', json: [] }, undefined],
    ['two others', { contentType: undefined, json: [] }, undefined],
    ['another method', { method: 'PUT', json: [] }, undefined],
    ['a query', { query: 'a=1', json: [] }, undefined],
    ['a peer-to-peer call', { callKind: 'peerToPeer', json: [] }, undefined],
    ['a call that is not there', { callKind: undefined, json: [] }, undefined],
  ])('%s', (_what, changes, requirement) => {
    expect(owedRefusalOf({ ...usualMute, ...changes })?.requirement).toBe(requirement);
  });
});

interface Sent {
  readonly status: number;
  readonly repeated?: boolean;
  readonly changes?: boolean;
  readonly sent?: Partial<SentMute>;
}

const broken = { json: undefined };

/** What of all answers broke the promise about bodies that are no JSON. */
function malformed(mutes: readonly Sent[]): string | undefined {
  const observer = new MuteObserver<string>();
  for (const { status, repeated = false, changes = !repeated, sent } of mutes) {
    observer.answered({
      answer: answered(status, '{}', { 'content-type': 'application/json' }),
      sent: { ...usualMute, ...sent },
      mistake: sent && 'a mistake',
      target: { baseUrl: 'http://target.test/beta', apiVersion: 'beta' },
      evidence: () => 'shown',
      path: '/communications',
      callId: 'call',
      token: undefined,
      history: new MuteHistory(),
      repeated,
      changes,
      othersOfCall: 0,
      requestsInFlight: 1,
    });
  }
  const found = observer.book.findings.find(({ requirement }) => requirement === 'body.malformed');
  return found && `${found.violated} of ${found.count} ${found.things}`;
}

const good = { status: 200 };
const again = { status: 200, repeated: true };

describe('the answer to a mistaken mute', () => {
  it.each<[string, Sent[], string | undefined]>([
    ['is a violation where it is accepted', [{ status: 200, sent: broken }], '1 of 1 mistaken mutes'],
    ['is one on what is muted, too', [{ status: 200, repeated: true, sent: broken }], '1 of 1 mistaken mutes'],
    ['keeps the promise', [good, { status: 400, sent: broken }], '0 of 1 mistaken mutes'],
    ['breaks it by its status', [good, { status: 422, sent: broken }], '1 of 1 mistaken mutes'],
    ['says nothing where no mute succeeds', [{ status: 422, sent: broken }], undefined],
    ['says nothing where the call may not be muted', [good, { status: 422, changes: false, sent: broken }], undefined],
    ['says nothing where it is about something else', [good, { status: 404, sent: broken }], undefined],
    ['says nothing where the target throttles', [good, { status: 429, sent: broken }], undefined],
    [
      'says nothing where what is muted may be refused for that',
      [good, { status: 422, repeated: true, sent: broken }],
      undefined,
    ],
    ['says something where it is not', [again, { status: 422, repeated: true, sent: broken }], '1 of 1 mistaken mutes'],
  ])('%s', (_what, mutes, expected) => {
    expect(malformed(mutes)).toBe(expected);
  });
});
