import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../engine/target/target.ts';
import type { FaultDescription } from '../../engine/http/transport-fault.ts';
import { untilAnswered, waitForTarget } from './wait-for-target.ts';

const refused: FaultDescription = { kind: 'refused', message: 'nothing listens' };

/** A target that comes up after so many milliseconds of a clock that only waiting moves. */
function comingUp(afterMs: number, fault: FaultDescription = refused) {
  let time = 0;
  const waiting = {
    probe: async () => (time < afterMs ? fault : undefined),
    now: () => time,
    sleep: async (ms: number) => void (time += ms),
  };
  return { waiting, elapsed: () => time };
}

const never = new AbortController().signal;

describe('waiting for a target', () => {
  it('ends as soon as it answers', async () => {
    const { waiting, elapsed } = comingUp(3_000);
    expect(await untilAnswered(waiting, 60_000, never)).toBeUndefined();
    expect(elapsed()).toBeGreaterThanOrEqual(3_000);
    expect(elapsed()).toBeLessThan(4_000);
  });

  it('ends with the last fault when it never does', async () => {
    const { waiting, elapsed } = comingUp(Infinity);
    expect(await untilAnswered(waiting, 2_000, never)).toEqual(refused);
    expect(elapsed()).toBeLessThanOrEqual(2_000);
  });

  it('does not wait for what waiting will not mend, nor after an interruption', async () => {
    const { waiting, elapsed } = comingUp(Infinity, { kind: 'tls', message: 'self-signed' });
    expect(await untilAnswered(waiting, 60_000, never)).toBeUndefined();
    expect(await untilAnswered(comingUp(Infinity).waiting, 60_000, AbortSignal.abort())).toBeUndefined();
    expect(elapsed()).toBe(0);
  });

  it('takes any answer of a real server, and says what was tried of one that is not there', async () => {
    const server = createServer((_request, response) => response.writeHead(500).end('starting'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/beta`;
    const target = { baseUrl, maxBodyBytes: 1024, tls: { insecure: false } } as Target;
    expect(await waitForTarget(target, 60_000, '60s', never)).toBeUndefined();
    await new Promise((resolve) => server.close(resolve));
    // The longest limit within which there is one try only.
    expect(await waitForTarget(target, 500, '500ms', never)).toMatchObject({
      request: `GET ${baseUrl}`,
      problem: expect.stringMatching(
        /^there was no response within 500ms \(--wait\); the last problem: nothing listens/,
      ),
    });
  });
});
