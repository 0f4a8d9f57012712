import { describe, expect, it } from 'vitest';
import { targetAt, type TargetOverrides } from '../dev/testing/targets/scripted-target.ts';
import { adviceOnCreate, adviceOnFault, adviceOnMute } from './advice.ts';
import type { TransportFaultKind } from '../engine/http/transport-fault.ts';

const placeholder = { notes: ['no token was given: a random placeholder is sent'] };
const callback = { host: '127.0.0.1', port: 0, tls: false };

function answer(status: number, text = '', location?: string) {
  return { status, text, header: (name: string) => (name === 'location' && location !== undefined ? [location] : []) };
}

describe('a create that does not give a call', () => {
  it.each<[string, ReturnType<typeof answer>, TargetOverrides, RegExp]>([
    ['401 without a token', answer(401), placeholder, /No token was given.*--token-env/],
    ['401 with one', answer(401), {}, /Is the token still valid/],
    ['403', answer(403), {}, /Calls\.InitiateGroupCall\.All/],
    ['404 of a route', answer(404, 'Cannot POST'), placeholder, /Is the base URL right, with or without the version/],
    ['405', answer(405), {}, /Is the base URL right/],
    ['a redirect', answer(308, '', 'http://t/beta/'), {}, /Redirects are not followed.*Location: http:\/\/t\/beta\//],
    ['a redirect to nowhere', answer(301), {}, /lead there directly\.$/],
    ['a crash', answer(500, 'callback https'), {}, /log of the target/],
    ['a callback that has to be https', answer(400, 'callbackUri must be https'), {}, /add --callback-tls/],
    [
      'the same behind another name',
      answer(400, 'callbackUri must be https'),
      { callback: { ...callback, publicUrl: 'http://bot' } },
      /https URL with --callback-url/,
    ],
    [
      'the same of one that is https',
      answer(400, 'callbackUri must be https'),
      { callback: { ...callback, tls: true } },
      /https already/,
    ],
    ['a callback that is missing', answer(400, 'callbackUri is required'), {}, /calls\.group\.create/],
    ['a link in the refusal', answer(400, 'see https://docs.example/callback of it'), {}, /calls\.group\.create/],
    ['another 400', answer(400, 'tenantId is required'), {}, /calls\.group\.create/],
    ['201 without an id', answer(201, '{}'), {}, /JSON object whose id is a string/],
  ])('%s', (_what, answered, over, advice) => {
    expect(adviceOnCreate(answered, targetAt('http://localhost/beta', over), 'group')).toMatch(advice);
  });
});

describe('the target file for mocks', () => {
  it.each<[string, ReturnType<typeof answer>]>([
    ['has no route for calls', answer(404, 'Cannot POST /beta/communications/calls')],
    ['has the route for something else', answer(405)],
    ['serves no POST', answer(501)],
    ['answers all with one page', answer(200, '<!doctype html>')],
    ['answers all with one operation without an id', answer(200, '{"status":"completed"}')],
  ])('is named where the target %s', (_what, answered) => {
    expect(adviceOnCreate(answered, targetAt('http://localhost/beta'), 'group')).toMatch(
      / docs\/mocks\.md has a target file: calls\.group with an id, .*calls\.peerToPeer: none, callbacks: none\.$/,
    );
  });

  it.each<[string, ReturnType<typeof answer>]>([
    ['a token', answer(401)],
    ['a permission', answer(403)],
    ['another place', answer(308)],
    ['another body', answer(400)],
    ['another callback', answer(400, 'callbackUri must be https')],
    ['less at once', answer(429)],
    ['its log to be read', answer(500)],
  ])('is not named where the target wants %s', (_what, answered) => {
    expect(adviceOnCreate(answered, targetAt('http://localhost/beta'), 'group')).not.toContain('mock');
  });

  it.each(['meeting', 'peerToPeer'] as const)('is not named where a %s call cannot be had', (kind) => {
    for (const answered of [answer(404), answer(200, '{}')]) {
      expect(adviceOnCreate(answered, targetAt('http://localhost/beta'), kind)).not.toContain('mock');
    }
  });
});

describe('a call of another kind than the first that is refused', () => {
  it('is not blamed on the base URL, at which a call was created already', () => {
    const advice = adviceOnCreate(answer(404), targetAt('http://localhost/beta'), 'peerToPeer');
    expect(advice).toBe(
      'If the target cannot create such calls, say in the target file how calls are made: calls.peerToPeer with command or id, or none.',
    );
  });
});

describe('a mute that is refused', () => {
  it.each<[number, RegExp]>([
    [401, /Is the token still valid/],
    [307, /Redirects are not followed/],
    [404, /know the call that it has just created/],
    [500, /client-request-id the-id/],
  ])('%i', (status, advice) => {
    expect(adviceOnMute(answer(status), targetAt('http://localhost/beta'), 'the-id')).toMatch(advice);
  });
});

describe('no whole answer', () => {
  it.each<[TransportFaultKind, string, string, RegExp]>([
    ['refused', '', 'http', /running.*--wait/],
    ['dns', '', 'http', /host name/],
    ['unreachable', '', 'http', /proxy/],
    ['timeout', 'there was no answer within 1 ms', 'http', /overloaded/],
    ['timeout', 'the answer began, but was not complete', 'http', /Content-Length/],
    ['torn', '', 'http', /Content-Length/],
    ['protocol', '', 'http', /Content-Length/],
    ['reset', '', 'http', /write https:\/\//],
    ['reset', '', 'https', /write http:\/\//],
    ['too-large', '', 'http', /maxBodyBytes/],
    ['tls', 'wrong version number (EPROTO)', 'https', /^The port speaks plain http/],
    ['tls', 'self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)', 'https', /--ca FILE, or/],
    ['tls', 'not in the list (ERR_TLS_CERT_ALTNAME_INVALID)', 'https', /name that the certificate has/],
    ['tls', 'certificate has expired (CERT_HAS_EXPIRED)', 'https', /Renew/],
    ['tls', 'alert certificate required (ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED)', 'https', /--cert FILE and --key/],
  ])('%s (%s) over %s', (kind, message, scheme, advice) => {
    expect(adviceOnFault({ kind, message }, targetAt(`${scheme}://localhost/beta`))).toMatch(advice);
  });
});
