import { describe, expect, it } from 'vitest';
import { answered } from '../../dev/testing/answered.ts';
import { changed, documented } from '../../dev/testing/payloads.ts';
import { Delivery } from '../../engine/callback/delivery.ts';
import { isRequirementId } from '../../engine/catalogue/catalogue.ts';
import type { Answer } from '../mute-answer.ts';
import { answerRules, type MuteAnswered } from './answer-rules.ts';
import { type ChangeAnnounced, changeRules } from './change-rules.ts';
import { findOperation, operationRules } from './operation-rules.ts';
import { refusalRules } from './refusal-rules.ts';
import { findingOf, type Rule } from './rule.ts';
import { type RosterUpdate, updateRules } from './update-rules.ts';

/** Whether a rule holds, and where it does not, what is there instead. */
function look<Seen>(rule: Rule<Seen>, seen: Seen): string {
  const finding = findingOf(rule, seen);
  if (finding === undefined) return 'does not speak of it';
  return finding.holds ? 'holds' : finding.actual;
}

const operation = changed(
  documented('mute-response'),
  '/@odata.context',
  'http://target.test/beta/$metadata#muteParticipantOperation',
) as Record<string, unknown>;
const operationId = String(operation['id']);
const callId = '57dab8b1-894c-409a-b240-bd8beae78896';
const headers = {
  'content-type': 'application/json',
  location: `http://target.test/beta/communications/calls/${callId}/operations/${operationId}`,
  'request-id': 'r',
  'client-request-id': 'id',
};

function mute(answer: Answer, more: Partial<MuteAnswered> = {}): MuteAnswered {
  return { answer, callId, target: { baseUrl: 'http://target.test/beta', apiVersion: 'beta' }, ...more };
}

const body = (pointer = '', value?: unknown) =>
  JSON.stringify(pointer === '' ? operation : changed(operation, pointer, value));
const good = answered(200, body(), headers);
const withBody = (pointer: string, value: unknown) => answered(200, body(pointer, value), headers);
const withHeaders = (more: Readonly<Record<string, string>>) => answered(200, body(), { ...headers, ...more });

describe('the rules about answers', () => {
  it('hold of the documented one, or do not speak of it', () => {
    for (const [name, rule] of Object.entries<Rule<MuteAnswered>>(answerRules)) {
      const seen = mute(good, { clientContext: operation['clientContext'] });
      expect(look(rule, seen), name).toMatch(/^(holds|does not speak of it)$/);
      expect(isRequirementId(rule.requirement), name).toBe(true);
    }
  });

  it.each<[keyof typeof answerRules, MuteAnswered, string]>([
    ['statusSuccess', mute(answered(201, body(), headers)), 'POST /mute was answered 201'],
    ['contentType', mute(withHeaders({ 'content-type': 'text/plain' })), 'it is "text/plain"'],
    ['schema', mute(answered(200, '[]', headers)), 'at the root'],
    ['schema', mute(answered(200, '', headers)), 'the body is empty'],
    ['odataType', mute(withBody('/@odata.type', undefined)), 'at /@odata.type'],
    ['odataType', mute(answered(200, '', headers)), 'does not speak of it'],
    ['odataTypeHash', mute(withBody('/@odata.type', 'microsoft.graph.muteParticipantOperation')), 'at /@odata.type'],
    ['odataTypeHash', mute(withBody('/@odata.type', undefined)), 'does not speak of it'],
    ['odataContext', mute(withBody('/@odata.context', undefined)), 'there is none'],
    ['id', mute(withBody('/id', '')), 'at /id'],
    ['idUnique', mute(good), 'holds'],
    ['idUnique', mute(good, { sameIdAs: { clientContext: 'a' }, clientContext: 'b' }), `with the id "${operationId}"`],
    ['idUnique', mute(good, { sameIdAs: { clientContext: 'a' }, clientContext: 'a' }), 'the same clientContext'],
    ['status', mute(withBody('/status', 'done')), 'at /status'],
    ['statusNotFailed', mute(withBody('/status', 'Failed')), 'status is "Failed"'],
    ['statusNotFailed', mute(withBody('/status', undefined)), 'does not speak of it'],
    ['statusCase', mute(withBody('/status', 'Completed')), 'at /status'],
    ['statusCase', mute(withBody('/status', null)), 'does not speak of it'],
    ['statusCase', mute(withBody('/status', 'done')), 'does not speak of it'],
    ['resultInfo', mute(withBody('/resultInfo', {})), 'at /resultInfo/code'],
    ['resultCode', mute(withBody('/resultInfo', { code: 500, subcode: 0, message: '' })), 'at /resultInfo/code'],
    ['resultCode', mute(withBody('/resultInfo', { code: '500' })), 'does not speak of it'],
    ['resultCode', mute(withBody('/resultInfo', null)), 'does not speak of it'],
    ['resultCode', mute(withBody('/status', 'running')), 'does not speak of it'],
    ['locationPresent', mute(withHeaders({ location: '' })), 'it is ""'],
    ['locationCall', mute(good, { callId: 'another' }), `it is "${callId}"`],
    ['locationCall', mute(withHeaders({ location: 'http://x/y' })), 'there is none: Location is "http://x/y"'],
    ['locationCall', mute(withHeaders({ location: '' })), 'does not speak of it'],
    ['locationOperation', mute(withBody('/id', 'another')), `it is "${operationId}"`],
    ['locationOperation', mute(withBody('/id', undefined)), 'does not speak of it'],
    ['locationAbsolute', mute(withHeaders({ location: '/beta/x' })), 'it is "/beta/x"'],
    ['locationVersion', mute(withHeaders({ location: 'http://target.test/v1.0/x' })), 'it is'],
    [
      'locationVersion',
      mute(good, { target: { baseUrl: 'http://target.test/graph', apiVersion: 'beta' } }),
      'does not speak of it',
    ],
    ['locationOrigin', mute(withHeaders({ location: 'https://graph.test/beta/x' })), 'it is "https://graph.test"'],
    ['locationOrigin', mute(withHeaders({ location: '/beta/x' })), 'holds'],
    ['requestId', mute(answered(200, body())), 'there is none'],
    ['clientRequestId', mute(withHeaders({ 'client-request-id': 'other' })), 'it is "other"'],
    ['echo', mute(good, { clientContext: 'other' }), 'clientContext is "'],
    ['echo', mute(good, { clientContext: 'ü' }), 'does not speak of it'],
    ['echo', mute(good, { clientContext: 'x'.repeat(256) }), 'does not speak of it'],
    ['echo', mute(good, { clientContext: 5 }), 'does not speak of it'],
    ['echo', mute(answered(200, '', headers), { clientContext: 'x' }), 'does not speak of it'],
    ['echoLongest', mute(good, { clientContext: 'x'.repeat(256) }), 'clientContext is "'],
    ['echoTooLong', mute(good, { clientContext: 'x'.repeat(257) }), 'clientContext is "'],
    ['echoUnicode', mute(good, { clientContext: 'ü' }), 'clientContext is "'],
    ['echoUnicode', mute(good, { clientContext: 'ü\n' }), 'does not speak of it'],
    ['echoControls', mute(good, { clientContext: 'a\n' }), 'clientContext is "'],
    ['echoEmpty', mute(good, { clientContext: '' }), 'clientContext is "'],
    ['echoNothing', mute(withBody('/clientContext', 'None')), 'clientContext is "None"'],
    ['echoNothing', mute(withBody('/clientContext', null), { clientContext: null }), 'holds'],
    ['echoNothing', mute(good, { clientContext: 'x' }), 'does not speak of it'],
  ])('%s (%#)', (name, seen, expected) => {
    expect(look<MuteAnswered>(answerRules[name], seen)).toContain(expected);
  });

  it.each<[keyof typeof answerRules, Partial<MuteAnswered>, string | undefined]>([
    ['statusNotFailed', {}, 'does-not-call-an-operation-failed-that-it-answers-200'],
    ['echo', { clientContext: '-1' }, 'echoes-the-string-minus-1-as-a-string'],
    ['echo', { clientContext: '12' }, 'echoes-any-printable-string'],
    ['echoUnicode', { clientContext: 'a\u2028b' }, 'echoes-the-line-separators-of-unicode'],
    ['echoUnicode', { clientContext: 'ü' }, undefined],
    ['echoNothing', { clientContext: null }, 'does-not-make-a-word-of-null'],
    ['echoNothing', {}, 'does-not-make-a-word-of-no-clientcontext'],
  ])('%s, given %j, belong to the case %s', (name, more, slug) => {
    const rule: Rule<MuteAnswered> = answerRules[name];
    expect(rule.caseOf?.(mute(good, more))).toBe(slug);
  });
});

const refusal = documented('refusal');
const refused = (pointer = '', value?: unknown, more: Readonly<Record<string, string>> = {}) =>
  answered(400, JSON.stringify(pointer === '' ? refusal : changed(refusal, pointer, value)), {
    ...headers,
    location: '',
    ...more,
  });

describe('the rules about refusals', () => {
  it.each<[keyof typeof refusalRules, Answer, string]>([
    ['body', refused(), 'holds'],
    ['body', refused('/error/code', ''), 'at /error/code'],
    ['body', answered(400, '<html>', headers), 'the body is not JSON'],
    ['contentType', refused(), 'holds'],
    ['contentType', refused('', undefined, { 'content-type': 'application/problem+json' }), 'holds'],
    ['contentType', refused('', undefined, { 'content-type': 'text/html' }), 'it is "text/html"'],
    ['innerError', refused(), 'holds'],
    ['innerError', refused('/error/innerError', undefined), 'at /error/innerError'],
    ['innerError', refused('/error', 'text'), 'does not speak of it'],
    ['innerError', answered(400, '', headers), 'does not speak of it'],
    ['noSecret', refused(), 'holds'],
    ['noSecret', refused('/error/message', 'not valid: token-0123456789'), '(400) contains the token'],
    ['noLocation', refused(), 'holds'],
    ['noLocation', answered(400, '', headers), `it is "${operationId}"`],
    ['requestId', answered(400), 'there is none'],
  ])('%s (%#)', (name, answer, expected) => {
    expect(look(refusalRules[name], { answer, token: 'token-0123456789' })).toContain(expected);
  });

  it('do not speak of secrets where there was none', () => {
    expect(look(refusalRules.noSecret, { answer: refused(), token: undefined })).toBe('does not speak of it');
  });
});

const roster = documented('roster-update');
const rosterCall = '0b8f6a3d-7c25-4e91-b4d0-9a2c6e1f8357';

function update(json: unknown, more: { method?: string; path?: string; type?: string } = {}): RosterUpdate {
  const { method = 'POST', path = '/Callback?a=1', type = 'application/json' } = more;
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  const arrival = { receivedAt: 1, method, path, atExpectedPath: path === '/Callback?a=1' };
  const delivery = new Delivery(
    { ...arrival, rawHeaders: ['Content-Type', type] },
    { text, bytes: text.length, truncated: false },
  );
  return { delivery, call: { id: rosterCall, isLeg: false, expectedPath: '/Callback?a=1', hasPlainCallback: false } };
}

describe('the rules about roster updates', () => {
  it('hold of the documented one', () => {
    for (const [name, rule] of Object.entries<Rule<RosterUpdate>>(updateRules)) {
      expect(look(rule, { ...update(roster), token: { verdict: 'valid' } }), name).toBe('holds');
    }
  });

  it.each<[keyof typeof updateRules, RosterUpdate, string]>([
    ['callback', update(roster, { path: '/callback?a=1' }), 'it was sent to /callback?a=1'],
    [
      'callback',
      { ...update(roster), call: { ...update(roster).call, expectedPath: undefined } },
      'does not speak of it',
    ],
    ['method', update(roster, { method: 'PUT' }), 'it is "PUT"'],
    ['contentType', update(roster, { type: 'text/plain' }), 'it is "text/plain"'],
    ['authenticated', update(roster), 'does not speak of it'],
    ['authenticated', { ...update(roster), token: { verdict: 'valid' } }, 'holds'],
    ['authenticated', { ...update(roster), token: { verdict: 'invalid', reason: 'expired' } }, 'expired'],
    ['authenticated', { ...update(roster), token: { verdict: 'unknown', reason: 'no keys' } }, 'does not speak of it'],
    ['json', update('{'), 'the body is not JSON'],
    ['envelope', update('{'), 'does not speak of it'],
    ['envelope', update(changed(roster, '/@odata.type', undefined)), 'at /@odata.type'],
    ['changeType', update(changed(roster, '/value/0/changeType', 'created')), 'at /value/0/changeType'],
    ['changeType', update({ value: [] }), 'does not speak of it'],
    ['changeTypeCase', update(changed(roster, '/value/0/changeType', 'Updated')), 'at /value/0/changeType'],
    ['changeTypeCase', update(changed(roster, '/value/0/changeType', 'created')), 'does not speak of it'],
    ['resource', update(changed(roster, '/value/0/resourceUrl', '/x')), 'at /value/0/resourceUrl'],
    [
      'resourceOfCall',
      update(changed(roster, '/value/0/resourceUrl', '/communications/calls/other/participants')),
      'it is "other"',
    ],
    ['resourceOfCall', update({ value: [] }), 'does not speak of it'],
    ['participant', update(changed(roster, '/value/0/resourceData/0/isMuted', 'yes')), 'isMuted'],
    ['participant', update(changed(roster, '/value/0/resourceData', [])), 'does not speak of it'],
    ['participantInfo', update(changed(roster, '/value/0/resourceData/0/info', undefined)), '/info'],
  ])('%s (%#)', (name, seen, expected) => {
    expect(look(updateRules[name], seen)).toContain(expected);
  });

  it('belong to the case of the callbackUri that was given, and of the kind of call', () => {
    const seen = update(roster);
    const inMeeting = { ...seen, call: { ...seen.call, isLeg: true, hasPlainCallback: true } };
    expect(updateRules.callback.caseOf?.(inMeeting)).toBeUndefined();
    expect(updateRules.callback.caseOf?.(seen)).toMatch(/^keeps-upper-case/);
    expect(updateRules.resourceOfCall.caseOf?.(seen)).toBeUndefined();
    expect(updateRules.resourceOfCall.caseOf?.(inMeeting)).toMatch(/^names-the-call-of-each-leg/);
  });
});

const notice = documented('operation-update');
const noticed = (notice as { value: { resourceData: { id: string; clientContext: string } }[] }).value[0]?.resourceData;
const known = { id: noticed?.id ?? '', status: 'running', clientContext: noticed?.clientContext };
const ofNotice = (pointer: string, value: unknown) => changed(notice, `/value/0${pointer}`, value);

describe('the rules about operation notifications', () => {
  it.each<[keyof typeof operationRules, unknown, Partial<typeof known>, string]>([
    ['shape', notice, {}, 'holds'],
    ['shape', ofNotice('/resourceData', null), {}, '/resourceData'],
    ['context', notice, {}, 'holds'],
    ['context', ofNotice('/resourceData/clientContext', 'x'), {}, 'it is "x"'],
    ['context', ofNotice('/resourceData/status', 'running'), {}, 'does not speak of it'],
    ['context', notice, { clientContext: undefined }, 'does not speak of it'],
    ['context', notice, { id: 'another' }, 'does not speak of it'],
    ['changeType', notice, {}, 'holds'],
    ['changeType', ofNotice('/changeType', 'updated'), {}, 'it is "updated"'],
    ['changeType', ofNotice('/resourceData/status', 'running'), {}, 'does not speak of it'],
    ['terminalIsFinal', notice, {}, 'holds'],
    ['terminalIsFinal', notice, { status: 'Completed' }, 'one came about operation'],
    ['terminalIsFinal', notice, { id: 'another' }, 'does not speak of it'],
  ])('%s (%#)', (name, json, more, expected) => {
    const seen = { json, answered: findOperation([{ ...known, ...more }]), endBefore: () => undefined };
    expect(look(operationRules[name], seen)).toContain(expected);
  });

  it.each<[string | undefined, Partial<typeof known>, string]>([
    [undefined, {}, 'holds'],
    ['completed', {}, 'holds'],
    ['failed', {}, 'one came with status completed'],
    ['failed', { status: 'completed' }, 'does not speak of it'],
  ])('endsOnce, after an end with status %s (%#)', (before, more, expected) => {
    const seen = { json: notice, answered: findOperation([{ ...known, ...more }]), endBefore: () => before };
    expect(look(operationRules.endsOnce, seen)).toContain(expected);
  });
});

describe('the rules about mutes that change something', () => {
  it.each<[keyof typeof changeRules, Partial<ChangeAnnounced>, string]>([
    ['delivered', { updates: 1 }, 'holds'],
    ['delivered', {}, 'none came'],
    ['selfMuted', {}, 'does not speak of it'],
    ['selfMuted', { updates: 1, ownMuted: [true] }, 'holds'],
    ['selfMuted', { updates: 2, ownMuted: [false, true] }, 'holds'],
    ['selfMuted', { updates: 2, ownMuted: [false, 'true'] }, 'it is reported with isMuted false, then "true"'],
    ['selfMuted', { updates: 1 }, 'no update has it'],
  ])('%s (%#)', (name, more, expected) => {
    expect(look(changeRules[name], { updates: 0, ownMuted: [], withinMs: 5_000, ...more })).toBe(expected);
  });
});

describe('a rule', () => {
  it('that is at fault itself says so', () => {
    const broken: Rule<undefined> = {
      requirement: 'status.success',
      judge: () => {
        throw new TypeError('a slip');
      },
    };
    expect(() => findingOf(broken, undefined)).toThrow('a slip');
  });

  it('gives its hint along', () => {
    const hinting: Rule<undefined> = {
      requirement: 'status.success',
      judge: (_seen, { demand }) => demand(false, 'a', 'b', 'c'),
    };
    expect(findingOf(hinting, undefined)).toEqual({ holds: false, expectation: 'a', actual: 'b', hint: 'c' });
  });
});
