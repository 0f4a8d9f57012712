import { describe, expect, it } from 'vitest';
import { changed, documented } from '../../dev/testing/payloads.ts';
import { judgeTraffic } from './judge-traffic.ts';
import { readHar } from './read-har.ts';
import { placeOf } from './recorded.ts';

const root = 'http://target.test/graph/beta';
const call = '0b8f6a3d-7c25-4e91-b4d0-9a2c6e1f8357';
const mutePath = `/communications/calls/${call}/mute`;
const callbackUri = 'http://bot.test/Callback?a=1';
const operation = changed(
  documented('mute-response'),
  '/@odata.context',
  `${root}/$metadata#muteParticipantOperation`,
) as Record<string, unknown>;
const operationId = String(operation['id']);

interface Message {
  readonly method?: string;
  readonly url?: string;
  readonly at?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status?: number;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly answer?: unknown;
}

const pairs = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => ({ name, value }));

function entry(message: Message): unknown {
  const { method = 'POST', url = root + mutePath, at = 0, body, status = 200, answer } = message;
  const text = answer === undefined ? '' : JSON.stringify(answer);
  return {
    startedDateTime: new Date(1_700_000_000_000 + at).toISOString(),
    request: {
      method,
      url,
      headers: pairs({ authorization: 'Bearer good', 'content-type': 'application/json', ...message.headers }),
      ...(body !== undefined && { postData: { mimeType: 'application/json', text: JSON.stringify(body) } }),
    },
    response: {
      status,
      headers: pairs({ 'content-type': 'application/json', ...message.answerHeaders }),
      content: { size: text.length, mimeType: 'application/json', text },
    },
  };
}

const created = entry({
  url: `${root}/communications/calls`,
  body: { callbackUri, targets: [{}, {}] },
  status: 201,
  answer: { id: call },
});
const location = `${root}/communications/calls/${call}/operations/${operationId}`;
const answerHeaders = { location, 'request-id': 'r' };
const mute = (more: Message = {}) =>
  entry({
    at: 10,
    body: { clientContext: operation['clientContext'] },
    answer: operation,
    answerHeaders,
    ...more,
  });
const callback = (json: unknown, more: Message = {}) =>
  entry({ url: callbackUri, at: 20, body: json, status: 202, headers: { authorization: 'Bearer jwt' }, ...more });

const archive = (...entries: unknown[]) => ({ log: { version: '1.2', entries } });

async function judged(...entries: unknown[]) {
  const { exchanges, notes: left } = readHar(archive(...entries));
  const { findings, seen, notes } = await judgeTraffic(exchanges);
  const all = Object.fromEntries(
    findings.map(({ requirement, count, violated }) => [requirement, `${violated} of ${count}`]),
  );
  const violated = findings.filter(({ violated }) => violated > 0).map(({ requirement }) => requirement);
  return { all, violated, seen, findings, notes: [...left, ...notes] };
}

const roster = documented('roster-update');
const refusal = documented('refusal');

describe('traffic', () => {
  it('that keeps every promise breaks none', async () => {
    const read = entry({ method: 'GET', url: location, at: 30, answer: operation });
    const { violated, seen, all, notes } = await judged(created, mute(), callback(roster), read);
    expect(violated).toEqual([]);
    expect(notes).toEqual([]);
    expect(seen).toEqual({ calls: 1, mutes: 1, operationReads: 1, notifications: 1 });
    expect(all).toMatchObject({
      'status.success': '0 of 1',
      'location.present': '0 of 1',
      'location.version': '0 of 1',
      'location.resolves': '0 of 1',
      'context.echo': '0 of 1',
      'roster.callback': '0 of 1',
      'roster.participant': '0 of 1',
    });
  });

  it.each<[string, unknown[], string[]]>([
    ['no Location', [created, mute({ answerHeaders: { 'request-id': 'r' } })], ['location.present']],
    ['another status', [created, mute({ status: 201 })], ['status.success']],
    [
      'a refused mute of a group call',
      [created, mute({ status: 400, answer: refusal, answerHeaders: { 'request-id': 'r' } })],
      ['status.success'],
    ],
    [
      'the same after the call has ended',
      [
        created,
        entry({ method: 'DELETE', url: `${root}/communications/calls/${call}`, at: 5, status: 204 }),
        mute({ status: 404, answer: refusal, answerHeaders: { 'request-id': 'r' } }),
      ],
      [],
    ],
    [
      'a second mute refused',
      [created, mute(), mute({ at: 20, status: 409, answer: refusal, answerHeaders: { 'request-id': 'r' } })],
      [],
    ],
    [
      'a refusal without an error',
      [created, mute(), mute({ at: 20, status: 409, answer: {}, answerHeaders: { 'request-id': 'r' } })],
      ['error.body'],
    ],
    [
      'a mistake answered 500',
      [created, mute({ body: [], status: 500, answer: refusal, answerHeaders: { 'request-id': 'r' } })],
      ['status.never-5xx'],
    ],
    ['a call of which nothing is known, answered 500', [mute({ status: 500, answer: refusal })], []],
    [
      'a call of which nothing is known, without Location',
      [mute({ answerHeaders: { 'request-id': 'r' } })],
      ['location.present'],
    ],
    [
      'wrong credentials',
      [
        created,
        mute({
          status: 401,
          answer: refusal,
          headers: { authorization: 'Bearer bad' },
          answerHeaders: { 'request-id': 'r' },
        }),
      ],
      [],
    ],
    [
      'another operation read',
      [created, mute(), entry({ method: 'GET', url: location, at: 30, answer: { ...operation, id: 'x' } })],
      ['location.resolves'],
    ],
    [
      'an operation that no mute had',
      [created, entry({ method: 'GET', url: location, at: 30, answer: { id: 'x' } })],
      [],
    ],
    [
      'an update elsewhere',
      [created, mute(), callback(roster, { url: 'http://bot.test/callback?a=1' })],
      ['roster.callback'],
    ],
    ['an update that nobody asked for', [callback(roster, { url: 'http://bot.test/other' })], []],
    ['an update by PUT', [created, mute(), callback(roster, { method: 'PUT' })], ['roster.method']],
    ['entries out of order', [callback(roster), mute(), created], []],
    ['the same id twice', [created, mute(), mute({ at: 15 })], ['response.id-unique']],
    [
      'the same id twice, unmuted between',
      [
        created,
        mute(),
        entry({ url: `${root}/communications/calls/${call}/unmute`, at: 12, answer: {} }),
        mute({ at: 15 }),
      ],
      ['response.id-unique'],
    ],
  ])('with %s', async (_name, entries, expected) => {
    expect((await judged(...entries)).violated).toEqual(expected);
  });

  it('says where violations stand, and what they have in common', async () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      mute({
        at: 100 + index,
        answer: { ...operation, id: `${index}` },
        answerHeaders: index % 10 === 0 ? {} : answerHeaders,
      }),
    );
    const { findings } = await judged(created, ...many);
    const present = findings.find(({ requirement }) => requirement === 'location.present');
    expect(present).toMatchObject({ count: 30, violated: 3 });
    expect(present?.evidence.map(placeOf)).toEqual(
      [2, 12, 22].map((place) => `entry ${place}: POST ${root}${mutePath}`),
    );
  });

  it('tells what it cannot know', async () => {
    const cut = mute() as { response: { content: { text?: string } } };
    delete cut.response.content.text;
    expect((await judged(mute({ status: 404, answer: refusal }), cut)).notes).toEqual([
      '1 answer to mutes came with a body that the file does not have, and could not be judged.',
      '1 mute did not succeed on calls whose creation is not in the traffic: whether they should have is not known.',
    ]);
  });
});

describe('an HTTP archive', () => {
  it('is read as far as it has the form of one', () => {
    const bad = [null, 5, {}, { request: {} }, { request: { method: 'GET', url: 'nowhere' } }];
    const { exchanges, notes } = readHar(archive(...bad, mute()));
    expect(exchanges).toHaveLength(1);
    expect(notes).toEqual(['5 of 6 entries do not match HAR 1.2 and were left out.']);
    expect(readHar({}).exchanges).toEqual([]);
  });

  it.each<[string, object, string | undefined]>([
    ['text', { size: 2, text: '{}' }, '{}'],
    ['base64', { size: 2, text: 'e30=', encoding: 'base64' }, '{}'],
    ['nothing', { size: 0 }, ''],
    ['no size', {}, ''],
    ['a body that is not in the file', { size: 5 }, undefined],
  ])('has as body of an answer: %s', (_name, content, expected) => {
    const { exchanges } = readHar(
      archive({ request: { method: 'get', url: 'http://x/' }, response: { status: 200, content } }),
    );
    expect(exchanges[0]?.answer?.body?.toString()).toBe(expected);
    expect(exchanges[0]?.method).toBe('GET');
  });

  it.each([0, -1, '200', undefined])('has no answer of status %s', (status) => {
    const { exchanges } = readHar(archive({ request: { method: 'GET', url: 'http://x/' }, response: { status } }));
    expect(exchanges[0]?.answer).toBeUndefined();
  });

  it('has headers without those that are none', () => {
    const headers = [{ name: ':path', value: '/' }, { name: 'A', value: 'b' }, { name: 5, value: 'x' }, null];
    const { exchanges } = readHar(archive({ request: { method: 'GET', url: 'http://x/', headers } }));
    expect(exchanges[0]?.headers).toEqual([['A', 'b']]);
    expect(
      readHar(archive({ request: { method: 'GET', url: 'http://x/', headers: 5 } })).exchanges[0]?.headers,
    ).toEqual([]);
  });
});
