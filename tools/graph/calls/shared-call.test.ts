import { describe, expect, it, onTestFinished } from 'vitest';
import { suites } from '../../../suites/index.ts';
import {
  type ScriptedReply,
  type ScriptedRequest,
  startScriptedTarget,
  targetAt,
} from '../../dev/testing/targets/scripted-target.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import type { CaseRecord } from '../../engine/results/outcome.ts';
import { CaseRunner } from '../../engine/run/case-runner.ts';
import { realIo } from '../../engine/target/real-io.ts';
import { muteOperation } from '../mute-operation.ts';
import { canShareCalls } from './shared-call.ts';

/** A call of the target, as far as its answers depend on it. */
interface Call {
  mutes: number;
  mistakes: number;
  isDead: boolean;
  /** Whether every mute that succeeds is answered as the first. */
  isRepeating: boolean;
  answer?: object;
}

/** How a mute of a call is answered; `isMistake` by its Authorization and its body. */
type Muting = (call: Call, isMistake: boolean, request: ScriptedRequest) => number;

const asDocumented: Muting = (_call, isMistake, { headers }) => {
  if (headers.authorization !== 'Bearer token-of-the-test') return 401;
  return isMistake ? 400 : 200;
};

function isMistaken({ text, headers }: ScriptedRequest): boolean {
  if (headers.authorization !== 'Bearer token-of-the-test' || text.length > 4_096) return true;
  try {
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return !isObject || ('clientContext' in json && typeof json.clientContext !== 'string');
  } catch {
    return true;
  }
}

const malformed = 'body.malformed/refuses-json-that-is-cut-off';
const noJson = 'body.malformed/refuses-text-that-is-no-json';
const comma = 'body.malformed/refuses-json-with-a-comma-too-many';
const unauthorized = 'auth.scheme/answers-the-valid-token-under-basic-with-401';
const tooLarge = 'body.too-large/refuses-a-body-of-1-mib';
const empty = 'body.empty-object/accepts';
const quotes = 'context.echo/echoes-quotes';

/** Runs cases one after another on a target that mutes so. */
async function run(mute: Muting, ids: readonly string[], { everyCaseAsks = false, stopAfter = Infinity } = {}) {
  const calls = new Map<string, Call>();
  const deleted: string[] = [];
  const target = await startScriptedTarget((request): ScriptedReply => {
    const { method, path, json } = request;
    const [, id = ''] = /\/calls\/([^/]+)/.exec(path) ?? [];
    if (path.endsWith('/calls')) {
      const made = `call-${calls.size + 1}`;
      calls.set(made, { mutes: 0, mistakes: 0, isDead: false, isRepeating: false });
      return { status: 201, json: { id: made, state: 'established', myParticipantId: 'me' } };
    }
    const call = calls.get(id);
    if (call === undefined || !/\/mute$/.test(path)) {
      if (method === 'DELETE') deleted.push(id);
      return { status: method === 'DELETE' ? 204 : 404 };
    }
    const isMistake = isMistaken(request);
    const status = call.isDead ? 404 : mute(call, isMistake, request);
    if (isMistake) call.mistakes += 1;
    if (status === 200) call.mutes += 1;
    const answer = { id: `operation-${call.mutes}`, clientContext: json['clientContext'] };
    if (status === 200) call.answer ??= answer;
    return { status, json: call.isRepeating && status === 200 ? call.answer : answer };
  });
  onTestFinished(() => target.close());
  const stop = new AbortController();
  const runner = await CaseRunner.open(muteOperation, targetAt(target.baseUrl, { callbacks: 'none' }), {
    seed: 1,
    concurrency: 4,
    keepCalls: false,
    everyCaseAsks,
    signal: stop.signal,
    io: realIo,
  });
  await runner.session.released();
  const [before, requestsBefore] = [calls.size, target.requests.length];
  const cases = casesOf(suites);
  const records: CaseRecord[] = [];
  for (const id of ids) {
    const planned = cases.find((one) => one.id === id);
    if (planned === undefined) throw new Error(`the suites have no case ${id}`);
    const record = await runner.run(planned);
    if (record !== undefined) records.push(record);
    if (records.length >= stopAfter) stop.abort();
  }
  const { traffic } = await runner.finish();
  return {
    kinds: records.map(({ outcome }) => outcome.kind),
    steps: (id: string) => records.find((record) => record.id === id)?.exchanges.map(({ step }) => step),
    calls: calls.size - before,
    requests: target.requests.length - requestsBefore,
    isTidy: deleted.length === calls.size && traffic.callsLeaked === 0,
  };
}

const usual = [malformed, noJson, unauthorized, comma, empty, quotes];

it('serves cases one after another, and is the control of what it has shown', async () => {
  const { kinds, calls, requests, steps, isTidy } = await run(asDocumented, usual);
  expect(new Set(kinds)).toEqual(new Set(['satisfied']));
  // It comes about, is muted twice as a control, and is deleted.
  expect([calls, requests, isTidy]).toEqual([1, usual.length + 4, true]);
  expect(steps(malformed)).toEqual(['create group call', 'mute', 'control: mute']);
  expect(steps(noJson)).toEqual(['create group call', 'mute', 'control: mute']);
  expect(steps(comma)).toEqual(['create group call', 'control: mute', 'mute']);
});

it('is none where every case asks for itself', async () => {
  const { kinds, calls } = await run(asDocumented, usual, { everyCaseAsks: true });
  expect(new Set(kinds)).toEqual(new Set(['satisfied']));
  expect(calls).toBe(usual.length);
});

it('is deleted when the run is interrupted while no case has it', async () => {
  const { kinds, isTidy } = await run(asDocumented, usual, { stopAfter: 2 });
  expect([kinds, isTidy]).toEqual([['satisfied', 'satisfied'], true]);
});

it('lets a failure stand where a mute succeeds right after it, and shows how it was created', async () => {
  const lenient: Muting = (call, isMistake, request) =>
    request.text.includes('"comma",') ? 200 : asDocumented(call, isMistake, request);
  const { kinds, calls, steps } = await run(lenient, [malformed, noJson, comma, unauthorized]);
  expect(kinds).toEqual(['satisfied', 'satisfied', 'violated', 'satisfied']);
  expect(calls).toBe(1);
  expect(steps(comma)).toEqual(['create group call', 'mute', 'control: mute']);
});

/** One that takes a mebibyte of body. */
const lenientWithSize: Muting = (call, isMistake, request) =>
  request.text.length > 4_096 ? 200 : asDocumented(call, isMistake, request);

describe.each<[what: string, as: (documented: Muting) => Muting]>([
  [
    'a mistake ends a call that is muted',
    (documented) => (call, isMistake, request) => {
      call.isDead = isMistake && call.mutes > 0;
      return documented(call, isMistake, request);
    },
  ],
  [
    'what is muted cannot be muted again',
    (documented) => (call, isMistake, request) =>
      !isMistake && call.mutes > 0 ? 409 : documented(call, isMistake, request),
  ],
  [
    'any request to mute what is muted is a conflict',
    (documented) => (call, isMistake, request) => (call.mutes > 0 ? 409 : documented(call, isMistake, request)),
  ],
  [
    'any request to mute what is muted is called a mistake',
    (documented) => (call, isMistake, request) => (call.mutes > 0 ? 400 : documented(call, isMistake, request)),
  ],
  [
    'what is muted is answered as it was the first time',
    (documented) => (call, isMistake, request) => {
      call.isRepeating = true;
      return documented(call, isMistake, request);
    },
  ],
  [
    'a call serves no more than two mutes',
    (documented) => (call, isMistake, request) => (call.mutes > 1 ? 404 : documented(call, isMistake, request)),
  ],
])('where %s', (_what, as) => {
  it('leaves every verdict as it is with a call of its own', async () => {
    const ids = [...usual, tooLarge];
    const mute = as(asDocumented);
    const [shared, alone] = [await run(mute, ids), await run(mute, ids, { everyCaseAsks: true })];
    expect(shared.kinds).toEqual(alone.kinds);
    expect(new Set(alone.kinds)).toEqual(new Set(['satisfied']));
    expect([shared.isTidy, alone.isTidy]).toEqual([true, true]);
  });

  it('lets no mistake pass as refused that is accepted', async () => {
    const { kinds } = await run(as(lenientWithSize), [malformed, tooLarge]);
    expect(kinds).toEqual(['satisfied', 'violated']);
  });

  it('is given up after a few cases', async () => {
    const many = casesOf(suites)
      .filter(({ requirement, path }) => requirement === 'body.malformed' && path === '/communications')
      .map(({ id }) => id);
    const mute = as(asDocumented);
    const [shared, alone] = [await run(mute, many), await run(mute, many, { everyCaseAsks: true })];
    expect(shared.kinds).toEqual(alone.kinds);
    expect(shared.requests).toBeLessThan(alone.requests + 12);
  });
});

it('is not blamed on the case whose mute alone fails because the call is muted', async () => {
  const failing: Muting = (call, isMistake, request) =>
    call.mutes > 0 && request.text === '{}' ? 500 : asDocumented(call, isMistake, request);
  const { kinds, calls } = await run(failing, [malformed, noJson, empty, quotes]);
  expect([kinds, calls]).toEqual([['satisfied', 'satisfied', 'satisfied', 'satisfied'], 3]);
});

it('is of one case alone where no mute ever succeeds', async () => {
  const { kinds, calls, requests } = await run(() => 400, [malformed, noJson, comma]);
  expect(kinds).toEqual(['could-not-run', 'could-not-run', 'could-not-run']);
  expect([calls, requests]).toEqual([3, 12]);
});

it.each<[calls: object, can: boolean]>([
  [{}, true],
  [{ group: {} }, true],
  [{ group: { command: 'make-a-call' } }, true],
  [{ group: { create: { subject: 'mute' } } }, true],
  [{ group: { create: { chatInfo: { threadId: '19:meeting@thread.v2' } } } }, false],
  [{ group: { id: 'the-one' } }, false],
  [{ group: 'none' }, false],
])('is made where the target file says calls: %j: %s', (calls, can) => {
  expect(canShareCalls({ calls })).toBe(can);
});
