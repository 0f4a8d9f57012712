import nock from 'nock';
import { describe, expect, it } from 'vitest';
import { origin, useNockedClients } from '../../dev/testing/nocked-client.ts';
import { CaseTime } from '../target/case-time.ts';
import type { HttpClient } from './http-client.ts';
import { Semaphore } from './semaphore.ts';
import { ThrottleBudget } from './throttle.ts';

const clients = useNockedClients();

describe('throttling', () => {
  const throttled = (retryAfter: string, status = 429, more: string[] = []) =>
    nock(origin)
      .post(/mute/)
      .reply(status, 'slow down', ['Retry-After', retryAfter, ...more]);

  it('is waited out again and again, each time counted and recorded', async () => {
    throttled('1');
    throttled('2', 503);
    throttled('0.5');
    nock(origin).post(/mute/).reply(200, 'done');
    const answer = await clients.open().send(clients.request());
    expect(answer.text).toBe('done');
    expect(clients.waits).toEqual([1_000, 2_000, 500]);
    expect(clients.exchanges.map(({ response }) => response?.status)).toEqual([429, 503, 429, 200]);
    expect(clients.statistics).toMatchObject({ requests: 4, throttled: 3, throttleWaitMs: 3_500 });
  });

  it('is measured by the Date of the answer where Retry-After is a date', async () => {
    throttled('Wed, 21 Oct 2015 07:28:03 GMT', 429, ['Date', 'Wed, 21 Oct 2015 07:28:00 GMT']);
    throttled('Wed, 21 Oct 2015 07:27:00 GMT', 429, ['Date', 'Wed, 21 Oct 2015 07:28:00 GMT']);
    nock(origin).post(/mute/).reply(200);
    expect((await clients.open().send(clients.request())).status).toBe(200);
    expect(clients.waits).toEqual([3_000, 50]);
  });

  it('hands the answer over when the budget of the case does not suffice', async () => {
    const throttle = new ThrottleBudget(2_500);
    throttled('2');
    throttled('1');
    const answer = await clients.open().send(clients.request({ throttle }));
    expect(answer.status).toBe(429);
    expect(clients.waits).toEqual([2_000]);
    expect(throttle.leftMs).toBe(500);
  });

  it.each(['3600', '99999999999999999999', '31'])('hands the answer over at once for %s', async (retryAfter) => {
    throttled(retryAfter);
    expect((await clients.open().send(clients.request())).status).toBe(429);
    expect(clients.waits).toEqual([]);
  });

  it.each(['-1', 'soon', '', '1e3', 'Wed, 99 Oct 2015 07:28:00 GMT', '0x10'])(
    'clamps %j to a second, twice',
    async (retryAfter) => {
      for (let round = 0; round < 3; round += 1) throttled(retryAfter);
      expect((await clients.open().send(clients.request())).status).toBe(429);
      expect(clients.waits).toEqual([1_000, 1_000]);
    },
  );

  it('is not waited out without Retry-After, nor for other statuses', async () => {
    nock(origin).post(/mute/).reply(429);
    nock(origin).post(/mute/).reply(500, '', ['Retry-After', '1']);
    const client = clients.open();
    expect((await client.send(clients.request())).status).toBe(429);
    expect((await client.send(clients.request())).status).toBe(500);
    expect(clients.statistics.throttled).toBe(0);
  });

  it('is not a matter of thousands of requests where Retry-After is 0 for ever', async () => {
    nock(origin).post(/mute/).reply(429, '', ['Retry-After', '0']).persist();
    expect((await clients.open().send(clients.request())).status).toBe(429);
    expect(clients.statistics.requests).toBeLessThan(50);
  });

  describe('where waiting was in vain for one case', () => {
    const vain = async (client: HttpClient) => {
      nock(origin).post(/mute/).times(3).reply(429, '', ['Retry-After', '1']);
      await client.send(clients.request({ throttle: new ThrottleBudget(2_000) }));
      expect(clients.waits.slice(-2)).toEqual([1_000, 1_000]);
    };

    it('is not waited out for those that ask later', async () => {
      const client = clients.open();
      await vain(client);
      throttled('1');
      expect((await client.send(clients.request())).status).toBe(429);
      expect(clients.waits).toHaveLength(2);
    });

    it('is waited out all the same where it was of use before', async () => {
      const client = clients.open();
      throttled('3');
      nock(origin).post(/mute/).reply(200);
      await client.send(clients.request());
      await vain(client);
      throttled('1');
      nock(origin).post(/mute/).reply(200);
      expect((await client.send(clients.request())).status).toBe(200);
      expect(clients.waits).toHaveLength(4);
    });
  });

  it('ends for all cases together after two minutes of waiting', async () => {
    const client = clients.open();
    for (let round = 0; round < 10; round += 1) {
      throttled('20');
      nock(origin).post(/mute/).reply(200);
      await client.send(clients.request());
    }
    expect(clients.statistics.throttleWaitMs).toBe(120_000);
  });

  it('is time of the case, and waiting for a slot is not', async () => {
    throttled('2');
    nock(origin).post(/mute/).twice().reply(200);
    const semaphore = new Semaphore(1);
    const client = clients.open({ semaphore });
    const time = new CaseTime(() => clients.clock);
    await client.send(clients.request({ time }));
    const release = await semaphore.acquire();
    const sent = client.send(clients.request({ time }));
    await semaphore.waitForQueueBelow(2);
    clients.clock += 700;
    release();
    await sent;
    expect(clients.waits).toEqual([2_000]);
    expect(time.elapsedMs()).toBe(2_000);
  });

  it('holds no slot while it clients.waits', async () => {
    throttled('1');
    nock(origin).post(/mute/).times(2).reply(200);
    const client: HttpClient = clients.open({
      semaphore: new Semaphore(1),
      wait: async () => {
        expect((await client.send(clients.request({ step: 'other' }))).status).toBe(200);
      },
    });
    expect((await client.send(clients.request())).status).toBe(200);
    expect(clients.exchanges.map(({ step }) => step)).toEqual(['mute', 'other', 'mute']);
  });
});
