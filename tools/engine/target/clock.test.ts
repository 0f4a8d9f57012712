import { expect, it } from 'vitest';
import { machineClock } from './clock.ts';
import { Interrupted } from './could-not-run.ts';

it('says that the run was interrupted where that ends a sleep, before or meanwhile', async () => {
  await expect(machineClock.sleep(60_000, AbortSignal.abort())).rejects.toBeInstanceOf(Interrupted);
  const stop = new AbortController();
  const sleeping = machineClock.sleep(60_000, stop.signal);
  stop.abort();
  await expect(sleeping).rejects.toBeInstanceOf(Interrupted);
});
