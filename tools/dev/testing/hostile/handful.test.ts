/** A handful of the corpus, so that `npm test` notices what breaks most easily; `npm run hostile` has all of it. */
import { describe, expect, test } from 'vitest';
import { startEmulator } from '../../../emulator/start.ts';
import { caseOf, causeOf, expectLeaksCounted, runAgainst, token } from './hostile-run.ts';
import { floodReceiver, muteAtOnce, openReceiver } from './load.ts';
import { startHostileTarget } from './proxy.ts';
import { replies } from './replies.ts';
import { texts } from './texts.ts';

const few = ['--requirement', 'status.success', '--requirement', 'response.id', '--requirement', 'roster.delivered'];

describe('a target that', { timeout: 90_000 }, () => {
  for (const name of [
    'mute: treacherous texts in every member',
    'mute: the Authorization header echoed in body and header',
  ]) {
    test(name, async () => {
      const entry = [...replies, ...texts].find((one) => one.name === name);
      if (entry === undefined) throw new Error(`the corpus has no ${name}`);
      const { place = 'mute', reply, exitCode, verdict, cause } = entry;
      const target = await startHostileTarget(place, reply, token);
      const { ended, results } = await runAgainst(target, { words: few });
      const judged = caseOf(results, 'status.success');
      expect([exitCode].flat()).toContain(ended.exitCode);
      expect([verdict].flat()).toContain(judged.verdict);
      expect(results.run.unreachable?.problem ?? causeOf(judged)).toMatch(cause);
      expectLeaksCounted(results, target);
      await target.close();
    });
  }
});

describe('the callback', () => {
  test('keeps 2,000 notifications of a second', async () => {
    const receiver = await openReceiver();
    const { statuses, kept } = await floodReceiver(receiver, 100, 2_000, 1);
    expect({ statuses, kept }).toEqual({ statuses: { 202: 2_000 }, kept: 2_000 });
    await receiver.close();
  });

  test('hears of a hundred calls that are muted at once', async () => {
    const [emulator, receiver] = [await startEmulator(), await openReceiver()];
    expect(await muteAtOnce(emulator, receiver, 100, 15_000)).toBe(100);
    await Promise.all([emulator.close(), receiver.close()]);
  });
});
