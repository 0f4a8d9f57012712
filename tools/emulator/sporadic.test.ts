import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { act, authorized, createCall, meeting, twoTargets } from '../dev/testing/emulated-call.ts';
import { startCallbackSink } from '../dev/testing/callback-sink.ts';
import type { Deviation } from './deviation.ts';
import { chosenDeviation, findFault } from './find-deviation.ts';
import { type Situation, situationNames } from './situations.ts';
import { readOccurrence, sporadic } from './sporadic.ts';
import { type EmulatorServer, startEmulatorServer } from './start.ts';

const started: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(started.splice(0).map((server) => server.close())));

async function start(deviation: Deviation): Promise<EmulatorServer> {
  const emulator = await startEmulatorServer({ deviation });
  started.push(emulator);
  return emulator;
}

const fault = findFault('status-201');

/** The statuses of mutes that name themselves so, one after another. */
async function statuses(emulator: EmulatorServer, ids: readonly string[]): Promise<number[]> {
  const { id } = await createCall(emulator);
  const found: number[] = [];
  for (const clientRequestId of ids) {
    const { status } = await act(emulator, id).set('client-request-id', clientRequestId);
    found.push(status);
  }
  return found;
}

describe('a fault with a rate', () => {
  const ids = Array.from({ length: 200 }, (_, index) => `request ${index}`);

  it('shows in about that share of the requests, and counts how often', async () => {
    const deviation = sporadic(fault, { rate: 0.1 });
    const found = await statuses(await start(deviation), ids);
    const struck = found.filter((status) => status === 201).length;
    expect(struck).toBeGreaterThan(8);
    expect(struck).toBeLessThan(35);
    expect(found.filter((status) => status === 200)).toHaveLength(200 - struck);
    expect(deviation.strikes()).toBe(struck);
  });

  it('shows in the same requests again, whatever their order, and in others with another seed', async () => {
    const some = ids.slice(0, 60);
    const once = await statuses(await start(sporadic(fault, { rate: 0.3 })), some);
    const again = await statuses(await start(sporadic(fault, { rate: 0.3 })), some.toReversed());
    expect(again.toReversed()).toEqual(once);
    expect(await statuses(await start(sporadic(fault, { rate: 0.3, seed: 7 })), some)).not.toEqual(once);
  });

  it('shows in all requests at a rate of 1', async () => {
    expect(await statuses(await start(sporadic(fault, { rate: 1 })), ids.slice(0, 5))).toEqual(Array(5).fill(201));
  });

  it('shows in the notifications of the requests that it strikes, and in no others', async () => {
    const sink = await startCallbackSink();
    started.push(sink);
    const lost = sporadic(findFault('roster-missing'), { rate: 0.5 });
    const emulator = await start(lost);
    const { id } = await createCall(emulator, twoTargets, sink.url());
    await sink.until((received) => received.length >= 3);
    const before = sink.received.length;
    for (let n = 0; n < 40; n += 1) {
      await act(emulator, id, {}, n % 2 === 0 ? 'mute' : 'unmute').set('client-request-id', `roster ${n}`);
    }
    // What is announced last comes last.
    const { id: last } = await createCall(emulator, twoTargets, sink.url('/last'));
    await act(emulator, last).set('client-request-id', randomUUID());
    await sink.until((received) => received.length >= 3, '/last');
    const announced = sink.received.filter(({ path }) => path === '/callback').length - before;
    expect(announced).toBeGreaterThan(0);
    expect(announced).toBeLessThan(40);
  });
});

describe('a fault in a situation', () => {
  const long = 'x'.repeat(200);
  type Step = readonly [body: object, action?: string, path?: '/beta/app/calls'];
  const muted: Step = [{ clientContext: 'a' }];

  it.each<[Situation, object, Step[], (string | number)[]]>([
    ['repeated', twoTargets, [muted, muted, [{}, 'unmute'], muted], [200, 201, 200, 200]],
    ['meeting', twoTargets, [muted, muted], [200, 200]],
    ['meeting', meeting('19:x'), [muted, muted], [201, 201]],
    ['after-refusal', twoTargets, [muted, [{ clientContext: 1 }], muted], [200, 400, 201]],
    ['after-unmute', twoTargets, [muted, [{}, 'unmute'], muted, muted], [200, 200, 201, 201]],
    ['long-context', twoTargets, [muted, [{ clientContext: long }], [{}]], [200, 201, 200]],
    ['no-context', twoTargets, [muted, [{}], [{ clientContext: null }], [{ clientContext: '' }]], [200, 201, 201, 200]],
    ['non-ascii', twoTargets, [muted, [{ clientContext: 'né' }], [{}]], [200, 201, 200]],
    ['app', twoTargets, [muted, [{}, 'mute', '/beta/app/calls'], muted], [200, 201, 200]],
    ['burst', twoTargets, [muted, muted, muted], [200, 200, 200]],
  ])('%s, of %j', async (when, kind, steps, expected) => {
    const emulator = await start(sporadic(fault, { when }));
    const { id } = await createCall(emulator, kind);
    const found: number[] = [];
    for (const [body, action, path] of steps) found.push((await act(emulator, id, body, action, path)).status);
    expect(found).toEqual(expected);
  });

  it('burst: when mutes of one call overlap', async () => {
    const emulator = await start(sporadic(fault, { when: 'burst' }));
    const [one, other] = [await createCall(emulator), await createCall(emulator)];
    const ofOne = Array.from({ length: 20 }, () => one.id);
    const [alone, ...overlapping] = await Promise.all([other.id, ...ofOne].map((id) => act(emulator, id)));
    expect(alone?.status).toBe(200);
    // How many are under way at once is up to the machine; of twenty some are.
    expect(overlapping.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(2);
    expect((await act(emulator, one.id)).status).toBe(200);
  });

  it('late: from the hundred and first mute on', async () => {
    const emulator = await start(sporadic(fault, { when: 'late' }));
    const ids = Array.from({ length: 102 }, (_, index) => `${index}`);
    expect((await statuses(emulator, ids)).slice(98)).toEqual([200, 200, 201, 201]);
  });

  it('and in a share of what is in it', async () => {
    const emulator = await start(sporadic(fault, { when: 'repeated', rate: 0.5 }));
    const found = await statuses(
      emulator,
      Array.from({ length: 30 }, (_, index) => `${index}`),
    );
    expect(found[0]).toBe(200);
    expect(new Set(found.slice(1))).toEqual(new Set([200, 201]));
  });

  it('spares other requests', async () => {
    const emulator = await start(sporadic(findFault('participants-stale'), { when: 'app' }));
    const { id } = await createCall(emulator);
    await act(emulator, id);
    const { body } = await authorized(
      request(emulator.origin).get(`/beta/communications/calls/${id}/participants`),
      emulator,
    );
    expect(body.value.some(({ isMuted }: { isMuted: boolean }) => isMuted)).toBe(true);
  });
});

describe('a strike', () => {
  const qualified = 'microsoft.graph.mute';
  type Mutes = readonly (readonly [call: 0 | 1, clientContext: string, action?: string])[];

  it.each<[string, string, Mutes, number]>([
    [
      'of one answer',
      'status-201',
      [
        [0, 'a'],
        [0, 'a'],
      ],
      2,
    ],
    ['under another name of the action counts for nothing', 'status-201', [[0, 'a', qualified]], 0],
    ['of an answer that is sent as it would be anyway is none', 'answers-in-latin-1', [[0, 'a']], 0],
    [
      'of an id that comes once is none',
      'operation-id-constant',
      [
        [0, 'a'],
        [1, 'a'],
      ],
      0,
    ],
    [
      'of an id that comes twice in a call',
      'operation-id-constant',
      [
        [0, 'a'],
        [1, 'a'],
        [0, 'b'],
      ],
      1,
    ],
    [
      'of the id of a clientContext that comes once is none',
      'operation-id-of-context',
      [
        [0, 'a'],
        [0, 'b'],
      ],
      0,
    ],
    [
      'of the id of a clientContext that comes twice',
      'operation-id-of-context',
      [
        [0, 'a'],
        [0, 'b'],
        [0, 'a'],
      ],
      1,
    ],
  ])('%s', async (_what, id, mutes, strikes) => {
    const deviation = sporadic(findFault(id), { rate: 1 });
    const emulator = await start(deviation);
    const calls = [await createCall(emulator), await createCall(emulator)];
    for (const [call, clientContext, action] of mutes)
      await act(emulator, calls[call]?.id ?? '', { clientContext }, action);
    expect(deviation.strikes()).toBe(strikes);
  });

  it('of an emulator before is none of this one', async () => {
    const deviation = sporadic(fault, { rate: 1 });
    await statuses(await start(deviation), ['a', 'b']);
    await statuses(await start(deviation), ['a']);
    expect(deviation.strikes()).toBe(1);
  });
});

describe('what is refused', () => {
  it.each([0, -1, 1.01, Number.NaN])('the rate %s', (rate) => {
    expect(() => readOccurrence({ rate })).toThrow('is not valid: give a number');
  });

  it('a situation that there is not', () => {
    expect(() => readOccurrence({ when: 'repeat' })).toThrow('Did you mean "repeated"?');
    expect(() => readOccurrence({ when: 'constructor' })).toThrow('no situation "constructor"');
    for (const when of situationNames) expect(readOccurrence({ when })).toEqual({ when });
  });

  it('either of them without a fault, and of what is a setting', () => {
    expect(() => chosenDeviation({ rate: 0.1 })).toThrow('A rate says when a fault shows, and no fault is chosen');
    expect(() => chosenDeviation({ when: 'app', variant: 'roster-delta' })).toThrow('A situation says');
    expect(() => chosenDeviation({ fault: 'client-context-unlimited', rate: 0.1 })).toThrow('setting of the emulator');
  });

  it('and a fault that has them says so', () => {
    const chosen = chosenDeviation({ fault: 'status-201', rate: 0.1, when: 'app', seed: 3 });
    expect(chosen?.summary).toBe(
      'Answers a successful mute 201 (in a share of 0.1 of the requests, only with the deprecated path)',
    );
  });
});
