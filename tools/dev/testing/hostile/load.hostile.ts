import { expect, test } from 'vitest';
import { startEmulatorServer } from '../../../emulator/start.ts';
import { floodReceiver, muteAtOnce, openReceiver } from './load.ts';

test('5,000 notifications a second for ten seconds: none is lost', async () => {
  const receiver = await openReceiver();
  const { statuses, kept, perSecond } = await floodReceiver(receiver, 500, 5_000, 10);
  process.stdout.write(`${perSecond.toFixed(0)} notifications a second\n`);
  expect(statuses).toEqual({ 202: 50_000 });
  expect(kept).toBe(50_000);
  expect(receiver.discarded).toBe(0);
  await receiver.close();
});

test('500 group calls created and muted at once: each is heard of', async () => {
  const [emulator, receiver] = [await startEmulatorServer(), await openReceiver()];
  expect(await muteAtOnce(emulator, receiver, 500, 30_000)).toBe(500);
  expect(receiver.strangers).toBe(0);
  await Promise.all([emulator.close(), receiver.close()]);
});
