import { describe, expect, it } from 'vitest';
import { verifyCallbackToken } from '../callback/callback-token.ts';
import type { Target } from '../target/target.ts';
import type { RecordedDelivery, RecordedMailbox, TargetRecording } from './cassette.ts';
import { ReplayedReceiver } from './replayed-callback.ts';
import { VirtualClock } from './virtual-clock.ts';

function delivery(ms: number, over: Partial<RecordedDelivery> = {}): RecordedDelivery {
  return { after: 'one', ms, rawHeaders: [], body: { value: [] }, ...over };
}

/** @param leavesAt when the request that all deliveries come after leaves, where it has not yet */
function receiverOf(
  deliveries: RecordedDelivery[],
  over: Partial<TargetRecording & RecordedMailbox> = {},
  leavesAt?: number,
) {
  const clock = new VirtualClock();
  const mailbox = { case: 'a case', index: 0, url: 'http://bot.example/hook/callbacks/1/notify?call=1', deliveries };
  const { url = mailbox.url, path, ...tape } = over;
  const receiver = new ReplayedReceiver(
    {
      target: { callbackTokens: false } as TargetRecording['target'],
      usualHeaders: ['Content-Type', 'application/json'],
      exchanges: [],
      unsent: [],
      lateDeliveries: 0,
      strangers: 0,
      ...tape,
      mailboxes: [{ ...mailbox, url, ...(path !== undefined && { path }) }],
    },
    clock,
    () => leavesAt,
  );
  const opened = receiver.open({ owner: 'a case' });
  /** As if the request had left at that moment. */
  const sent = (since = clock.now()) => {
    for (const one of deliveries) if (one.after !== undefined) receiver.deliver('a case', 0, one, since);
  };
  return { clock, receiver, mailbox: opened, sent };
}

const any = () => true;

describe('a callback of a replay', () => {
  it('gets each delivery when it came, counted from the request before it', async () => {
    const { clock, mailbox, sent, receiver } = receiverOf([delivery(40), delivery(10, { body: 'text' })]);
    await clock.sleep(100);
    sent();
    await clock.sleep(50);
    expect(mailbox.deliveries.map(({ receivedAt, body }) => [Math.round(receivedAt), body])).toEqual([
      [110, 'text'],
      [140, '{"value":[]}'],
    ]);
    expect(receiver.received).toBe(2);
  });

  it('gets what came before any request, counted from when it was opened', async () => {
    const { after: _after, ...early } = delivery(5);
    const { clock, mailbox } = receiverOf([early]);
    await clock.sleep(10);
    expect(mailbox.deliveries[0]?.receivedAt).toBeCloseTo(5, 2);
  });

  it('gets method, path, headers, size and problems as they were', async () => {
    const altered = {
      method: 'PUT',
      path: '/elsewhere',
      rawHeaders: ['X-One', '1'],
      bytes: 99,
      truncated: true as const,
    };
    const { clock, mailbox, sent } = receiverOf([
      delivery(1, { ...altered, bodyProblem: 'it is too long' }),
      delivery(2),
    ]);
    sent();
    await clock.sleep(3);
    expect(mailbox.deliveries[0]).toMatchObject({
      method: 'PUT',
      path: '/elsewhere',
      atExpectedPath: false,
      rawHeaders: ['Content-Type', 'application/json', 'X-One', '1'],
      bytes: 99,
      truncated: true,
      jsonProblem: 'it is too long',
    });
    expect(mailbox.deliveries[1]).toMatchObject({ method: 'POST', atExpectedPath: true, bytes: 12, truncated: false });
  });

  it.each([
    [undefined, '/hook/callbacks/1/notify?call=1'],
    ['/callbacks/1/notify?call=1', '/callbacks/1/notify?call=1'],
  ])('knows its path, %s', (path, expectedPath) => {
    const { mailbox } = receiverOf([], path === undefined ? {} : { path });
    expect(mailbox.expectedPath).toBe(expectedPath);
  });

  it('has what was late come late, and what was in time in time', async () => {
    const { clock, mailbox, sent } = receiverOf([delivery(99), delivery(101, { timeoutsBefore: 1 })]);
    sent();
    expect((await mailbox.waitFor(any, 100))?.receivedAt).toBeCloseTo(99, 2);
    expect(await mailbox.waitFor(({ receivedAt }) => receivedAt > 100, 1)).toBeUndefined();
    await clock.sleep(10);
    expect(mailbox.deliveries).toHaveLength(2);
  });

  it('waits longer than it should where the recording did', async () => {
    // A busy machine had noticed the timeout only after the delivery had come.
    const { mailbox, sent, clock } = receiverOf([delivery(120), delivery(150, { timeoutsBefore: 1 })]);
    sent();
    expect((await mailbox.waitFor(any, 100))?.receivedAt).toBeCloseTo(120, 2);
    expect(await mailbox.waitFor(({ receivedAt }) => receivedAt > 121, 10)).toBeUndefined();
    expect(clock.now()).toBeLessThan(150);
  });

  it.each([
    ['longer than it should where the recording did, for a request that left meanwhile', {}, 130],
    ['no longer where it had waited in vain before that request', { timeoutsBeforeRequest: 1 }, undefined],
  ])('waits %s', async (_how, before, receivedAt) => {
    const { mailbox, sent, clock } = receiverOf([delivery(29, before)], {}, 101);
    clock.after(101, sent);
    const found = await mailbox.waitFor(any, 100);
    expect(found && Math.round(found.receivedAt)).toBe(receivedAt);
    expect(clock.now()).toBeLessThan(receivedAt === undefined ? 101 : 131);
  });

  it('waits no longer than until the request should have left', async () => {
    const { mailbox, clock } = receiverOf([delivery(29)], {}, 120);
    expect(await mailbox.waitFor(any, 100)).toBeUndefined();
    expect(Math.round(clock.now())).toBe(120);
    expect(await mailbox.waitFor(any, 10)).toBeUndefined();
    expect(Math.round(clock.now())).toBe(130);
  });

  it('does not count a wait as in vain that a delivery ended after its time', async () => {
    const { mailbox, sent } = receiverOf([delivery(120), delivery(150, { timeoutsBefore: 1 })]);
    sent();
    expect(await mailbox.waitUntil((all) => all.length === 1, 100)).toBe(true);
    expect(await mailbox.waitUntil((all) => all.length === 2, 10)).toBe(false);
  });

  it('sees in a silence exactly what was seen in it', async () => {
    const { mailbox, sent } = receiverOf([delivery(20), delivery(110), delivery(130, { timeoutsBefore: 1 })]);
    sent();
    expect(await mailbox.waitUntil((all) => all.length === 3, 100)).toBe(false);
    expect(mailbox.deliveries).toHaveLength(2);
  });

  it('counts waits in vain anew with each request', async () => {
    const { clock, mailbox, receiver } = receiverOf([]);
    expect(await mailbox.waitFor(any, 10)).toBeUndefined();
    receiver.deliver('a case', 0, delivery(30), clock.now());
    expect((await mailbox.waitFor(any, 20))?.body).toBe('{"value":[]}');
  });

  it('counts what comes after it was closed, and what was late or strange in the recording', async () => {
    const { clock, mailbox, sent, receiver } = receiverOf([delivery(10)], { lateDeliveries: 3, strangers: 4 });
    sent();
    mailbox.close();
    await clock.sleep(20);
    expect(mailbox.deliveries).toEqual([]);
    expect(receiver).toMatchObject({ received: 4, lateDeliveries: 4, strangers: 4, discarded: 0 });
  });

  it('gets nothing where the recording has no such callback', async () => {
    const { receiver, clock } = receiverOf([]);
    const second = receiver.open({ owner: 'a case' });
    const other = receiver.openShared('a call', 'another case');
    expect(await Promise.all([second.waitFor(any, 5), other.waitFor(any, 5)])).toEqual([undefined, undefined]);
    receiver.deliver('nobody', 0, delivery(1), clock.now());
    await receiver.close();
  });

  it('has the verdicts on tokens that the recording has', async () => {
    const target = { callback: {} } as Target;
    const problem = { verdict: 'invalid', reason: 'the token is not valid' } as const;
    const { clock, mailbox, sent } = receiverOf(
      [delivery(1), delivery(2, { token: problem }), delivery(3, { token: { verdict: 'unknown', reason: 'no keys' } })],
      { target: { callbackTokens: true } as TargetRecording['target'] },
    );
    sent();
    await clock.sleep(5);
    const [valid, invalid, unknown] = mailbox.deliveries;
    if (!valid || !invalid || !unknown) throw new Error('three came');
    expect(await verifyCallbackToken(valid, target)).toBeUndefined();
    expect(await verifyCallbackToken(invalid, target)).toBe('the token is not valid');
    await expect(verifyCallbackToken(unknown, target)).rejects.toThrow('no keys');
  });
});
