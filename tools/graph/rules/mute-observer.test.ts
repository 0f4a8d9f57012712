import { describe, expect, it } from 'vitest';
import { answered } from '../../dev/testing/answered.ts';
import { changed, documented } from '../../dev/testing/payloads.ts';
import { Delivery } from '../../engine/callback/delivery.ts';
import { MuteHistory } from './mute-history.ts';
import { type AnsweredMute, MuteObserver } from './mute-observer.ts';
import type { SentMute } from './sent-mute.ts';
import type { Trait } from './traits.ts';

const operation = documented('mute-response') as Record<string, unknown>;
const callId = '57dab8b1-894c-409a-b240-bd8beae78896';

const usual: SentMute = {
  method: 'POST',
  query: '',
  isAuthorized: true,
  contentType: 'application/json',
  json: { clientContext: operation['clientContext'] },
  bytes: 60,
  callKind: 'group',
};

type Mute = Omit<Partial<AnsweredMute<string>>, 'sent'> & { readonly sent?: Partial<SentMute> };

function mute(status: number, { sent, ...more }: Mute = {}, body: unknown = operation): AnsweredMute<string> {
  return {
    answer: answered(status, JSON.stringify(body), { 'content-type': 'application/json' }),
    sent: { ...usual, ...sent },
    target: { baseUrl: 'http://target.test/beta', apiVersion: 'beta' },
    evidence: () => 'shown',
    path: '/communications',
    callId,
    token: undefined,
    history: new MuteHistory(),
    repeated: false,
    changes: true,
    othersOfCall: 0,
    requestsInFlight: 1,
    ...more,
  };
}

function observer(): MuteObserver<string> {
  return new MuteObserver();
}

const evidenceOf = () => 'shown';

/** What came to be judged of a mute: the promise, and whether it was kept. */
function judged(...mutes: AnsweredMute<string>[]): Record<string, string> {
  const watching = observer();
  for (const one of mutes) watching.answered(one);
  const entries = watching.book.findings.map(({ requirement, things, count, violated }): [string, string] => [
    requirement,
    `${violated} of ${count} ${things}`,
  ]);
  return Object.fromEntries(entries);
}

const refusal = documented('refusal');

describe('the observer of mutes', () => {
  it.each<[string, AnsweredMute<string>, string | undefined]>([
    ['a valid mute answered 200', mute(200), '0 of 1 answers'],
    ['one answered 201', mute(201), '1 of 1 answers'],
    ['one answered 400', mute(400, {}, refusal), '1 of 1 answers'],
    ['one answered 500', mute(500, {}, refusal), '1 of 1 answers'],
    ['one answered 302', mute(302), '1 of 1 answers'],
    ['one answered 429', mute(429, {}, refusal), undefined],
    ['one answered 503', mute(503, {}, refusal), undefined],
    ['one of what may be muted already, answered 409', mute(409, { changes: false }, refusal), undefined],
    ['one of what may be muted already, answered 201', mute(201, { changes: false }), '1 of 1 answers'],
    ['one with parameters refused', mute(415, { sent: { contentType: 'application/json; a=b' } }, refusal), undefined],
    ['one of a meeting refused', mute(400, { sent: { callKind: 'meeting' } }, refusal), undefined],
    [
      'one of 256 characters refused',
      mute(400, { sent: { json: { clientContext: 'x'.repeat(256) } } }, refusal),
      undefined,
    ],
    ['one of a meeting answered 201', mute(201, { sent: { callKind: 'meeting' } }), '1 of 1 answers'],
    ['an optional one refused', mute(400, { sent: { json: {} } }, refusal), undefined],
    ['an optional one answered 200', mute(200, { sent: { json: {} } }), undefined],
    ['a mistaken one answered 200', mute(200, { sent: { contentType: 'text/plain' } }), undefined],
  ])('puts status.success to %s: %#', (_name, one, expected) => {
    expect(judged(one)['status.success']).toBe(expected);
  });

  it.each<[string, AnsweredMute<string>, string | undefined]>([
    ['a valid mute', mute(200), '1 of 1 answers'],
    ['an optional one', mute(200, { sent: { json: {} } }), '1 of 1 answers'],
    ['a mistaken one', mute(200, { sent: { method: 'GET' } }), undefined],
    ['a refused one', mute(400, {}, refusal), undefined],
  ])('looks for Location in the answer to %s', (_name, one, expected) => {
    expect(judged(one)['location.present']).toBe(expected);
  });

  it.each<[string, AnsweredMute<string>, string | undefined]>([
    ['a mistake', mute(500, { sent: { json: [] } }, refusal), '1 of 1 answers'],
    ['a mistake that is refused', mute(400, { sent: { json: [] } }, refusal), '0 of 1 answers'],
    ['another method, 501', mute(501, { sent: { method: 'PUT' } }, refusal), '0 of 1 answers'],
    ['a peer-to-peer call, 501', mute(501, { sent: { callKind: 'peerToPeer' } }, refusal), '0 of 1 answers'],
    ['broken JSON, 501', mute(501, { sent: { json: undefined } }, refusal), '1 of 1 answers'],
    ['a valid mute', mute(500, {}, refusal), undefined],
    [
      'throttling',
      mute(503, {
        sent: { json: [] },
        answer: answered(503, '', { 'retry-after': '1' }),
      }),
      undefined,
    ],
  ])('puts status.never-5xx to %s', (_name, one, expected) => {
    expect(judged(one)['status.never-5xx']).toBe(expected);
  });

  it('puts a server error of a repeated mute to state.repeat-no-5xx, and not to status.success', () => {
    const { 'state.repeat-no-5xx': repeated, 'status.success': success } = judged(
      mute(500, { repeated: true, changes: false }, refusal),
      mute(200, { repeated: true, changes: false }),
    );
    expect([repeated, success]).toEqual(['1 of 2 answers', '0 of 1 answers']);
  });

  it.each<[string, AnsweredMute<string>, string | undefined]>([
    ['a refusal', mute(400, { sent: { json: [] } }, {}), '1 of 1 refusals'],
    ['the refusal of a valid mute', mute(404, { changes: false }, {}), '1 of 1 refusals'],
    ['throttling', mute(429, {}, {}), undefined],
    ['a server error', mute(500, {}, {}), undefined],
    ['the refusal of a large body', mute(413, { sent: { bytes: 1024 * 1024 } }, {}), undefined],
  ])('looks for an error object in %s', (_name, one, expected) => {
    expect(judged(one)['error.body']).toBe(expected);
  });

  it.each<[string, (text: string) => Mute['sent'], string]>([
    [
      'a long context that is taken',
      (text) => ({ json: { clientContext: text.padEnd(257, '.') } }),
      'context.too-long-echo',
    ],
    ['one of 256 characters', (text) => ({ json: { clientContext: text.padEnd(256, '.') } }), 'context.max-length'],
  ])('looks whether %s is echoed whole', (_name, sentOf, requirement) => {
    expect(judged(mute(200, { sent: sentOf('x') ?? {} }))[requirement]).toBe('1 of 1 answers');
  });

  it('finds an operation id that comes again for the same call, and not for another', () => {
    const history = new MuteHistory();
    expect(judged(mute(200, { history }), mute(200, { history }), mute(200))['response.id-unique']).toBe(
      '1 of 3 answers',
    );
  });

  it('tells in what situation', () => {
    const watching = observer();
    for (let n = 0; n < 40; n += 1) watching.answered(mute(200));
    for (let n = 0; n < 4; n += 1) watching.answered(mute(201, { repeated: true, changes: false }));
    const [success] = watching.book.findings.filter(({ requirement }) => requirement === 'status.success');
    expect(success?.situation).toBe('all 4 were repeated mutes (4 of 4)');
    expect(success?.evidence).toHaveLength(3);
  });
});

const roster = documented('roster-update');
const notice = documented('operation-update');
const noticeCall = '0b8f6a3d-7c25-4e91-b4d0-9a2c6e1f8357';

function delivery(json: unknown, receivedAt = 10): Delivery {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  const arrival = { receivedAt, method: 'POST', path: '/callback', atExpectedPath: true };
  return new Delivery(
    { ...arrival, rawHeaders: ['Content-Type', 'application/json'] },
    { text, bytes: text.length, truncated: false },
  );
}

async function heard(deliveries: readonly Delivery[], history = new MuteHistory(), times = 1) {
  const watching = observer();
  const call = { id: noticeCall, isLeg: false, expectedPath: '/callback', hasPlainCallback: true };
  for (let n = 0; n < times; n += 1) {
    await watching.heard({ ...call, path: '/app', history, deliveries, evidenceOf }, new AbortController().signal);
  }
  const counts = watching.book.findings.map(({ requirement, things, count, violated }): [string, string] => [
    requirement,
    `${violated} of ${count} ${things}`,
  ]);
  return { counts: Object.fromEntries(counts), findings: watching.book.findings };
}

describe('the observer of callbacks', () => {
  it('judges each update once, whenever it came', async () => {
    const bad = changed(roster, '/value/0/changeType', 'created');
    const { counts, findings } = await heard([delivery(roster), delivery(bad)], undefined, 2);
    expect(counts['roster.method']).toBe('0 of 2 updates');
    expect(counts['roster.change-type']).toBe('1 of 2 updates');
    expect(findings.every(({ path }) => path === '/app')).toBe(true);
  });

  it('takes what nobody can read for an update only when there was something to tell', async () => {
    const history = new MuteHistory();
    history.sent(5, false, ['repeated']);
    const { counts } = await heard([delivery('?', 4), delivery('?', 6), delivery({ value: [] }, 7)], history);
    expect(counts['roster.json']).toBe('1 of 2 updates');
  });

  it('reads long bodies as long as there is room for them in the run, and usual ones always', async () => {
    const long = { ...(roster as object), padding: 'x'.repeat(1024 * 1024) };
    const flood = [...Array.from({ length: 9 }, () => delivery(long)), delivery(roster)];
    expect((await heard(flood)).counts['roster.method']).toBe('0 of 4 updates');
  });

  it('judges what is told of operations by what they were answered with', async () => {
    const history = new MuteHistory();
    const { id, clientContext } = (notice as { value: { resourceData: { id: string; clientContext: string } }[] })
      .value[0]?.resourceData ?? { id: '', clientContext: '' };
    history.answered({ id, status: 'completed', clientContext });
    const { counts } = await heard([delivery(notice)], history);
    expect(counts).toEqual({
      'operation.notification-shape': '0 of 1 notifications',
      'operation.notification-context': '0 of 1 notifications',
      'operation.notification-change-type': '0 of 1 notifications',
      'operation.terminal-is-final': '1 of 1 notifications',
    });
  });

  it('has nothing to say of other notifications', async () => {
    const call = { value: [{ resourceUrl: `/communications/calls/${noticeCall}`, resourceData: { state: 'x' } }] };
    expect((await heard([delivery(call)])).counts).toEqual({});
  });

  it('lets a flood through in turns, and stops when the run does', async () => {
    const flood = Array.from({ length: 1_000 }, () => delivery(roster));
    expect((await heard(flood)).counts['roster.json']).toBe('0 of 1000 updates');
    const stopped = new AbortController();
    const watching = observer();
    const call = { id: noticeCall, isLeg: false, expectedPath: undefined, hasPlainCallback: true };
    const listening = watching.heard(
      { ...call, path: '/app', history: new MuteHistory(), deliveries: flood, evidenceOf },
      stopped.signal,
    );
    stopped.abort();
    await listening;
    expect(watching.book.findings[0]?.count).toBeLessThan(200);
  });
});

describe('the history of a call', () => {
  it('tells what was there before a mute', () => {
    const history = new MuteHistory();
    expect([history.isMuting, history.underWay, history.afterRefusal, history.afterUnmute]).toEqual([
      false,
      0,
      false,
      false,
    ]);
    history.muteBegins();
    expect([history.isMuting, history.underWay]).toEqual([true, 1]);
    history.muteEnds(true);
    expect([history.isMuting, history.underWay, history.afterRefusal]).toEqual([false, 0, true]);
    history.muteBegins();
    history.muteEnds(false);
    expect(history.isMuting).toBe(true);
    history.unmuted();
    expect([history.isMuting, history.afterUnmute]).toEqual([false, true]);
  });

  it.each<[string, [sentAt: number, isRefused: boolean, trait: Trait][], at: number[], (Trait | undefined)[]]>([
    ['that came before it', [[10, false, 'first']], [9, 10], [undefined, 'first']],
    [
      'that was the first since the update before',
      [
        [10, false, 'first'],
        [20, false, 'repeated'],
        [40, false, 'after-unmute'],
      ],
      [30, 50],
      ['first', 'after-unmute'],
    ],
    [
      'that was the last, where all have been told of',
      [
        [10, false, 'first'],
        [20, false, 'repeated'],
      ],
      [30, 31],
      ['first', 'repeated'],
    ],
    [
      'that was not refused',
      [
        [10, true, 'app'],
        [20, false, 'first'],
      ],
      [30],
      ['first'],
    ],
    ['that was refused, where none was not', [[10, true, 'app']], [30], ['app']],
  ])('says that an update tells of the mute %s', (_which, mutes, at, expected) => {
    const history = new MuteHistory();
    for (const [sentAt, isRefused, trait] of mutes) history.sent(sentAt, isRefused, [trait]);
    expect(at.map((time) => history.traitsOfUpdateAt(time)[0])).toEqual(expected);
  });

  it('keeps the first end that was told of an operation, under an id in whatever case', () => {
    const history = new MuteHistory();
    expect(history.endOf('A')).toBeUndefined();
    history.ended('A', 'Completed');
    history.ended('a', 'failed');
    expect(history.endOf('a')).toBe('completed');
  });

  it('remembers the last two hundred', () => {
    const history = new MuteHistory();
    expect(history.wasSentBy(100)).toBe(false);
    for (let at = 100; at < 300; at += 1) history.sent(at, false, ['app']);
    expect(history.wasSentBy(99)).toBe(false);
    for (let n = 0; n < 300; n += 1) history.answered({ id: `${n}`, status: null, clientContext: undefined });
    expect(history.operations).toHaveLength(200);
  });
});
