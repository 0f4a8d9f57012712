import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Interrupted } from '../target/could-not-run.ts';
import { VirtualClock } from './virtual-clock.ts';

/** What time it is, to the hundredth of a millisecond: what follows from a moment comes a trifle after it. */
function timeOf(clock: VirtualClock): number {
  return Math.round(clock.now() * 100) / 100;
}

/** Lets a clock run until nothing is planned any more. */
async function lastMoment(clock: VirtualClock, ms: number): Promise<void> {
  await clock.sleep(ms);
}

describe('a virtual clock', () => {
  it('comes to its moments in the order of time, and of planning where that is the same', async () => {
    const clock = new VirtualClock();
    const seen: [string, number][] = [];
    const note = (name: string) => () => seen.push([name, timeOf(clock)]);
    clock.after(50, note('late'));
    clock.after(10, note('early'));
    clock.after(10, note('early, too'));
    clock.at(0.5, note('first'));
    await lastMoment(clock, 60);
    expect(seen).toEqual([
      ['first', 0.5],
      ['early', 10],
      ['early, too', 10],
      ['late', 50],
    ]);
  });

  it('takes no time for an hour', async () => {
    // Otherwise the test comes to its own time limit.
    const clock = new VirtualClock();
    await clock.sleep(3_600_000);
    expect(timeOf(clock)).toBe(3_600_000);
  });

  it('stands still until the consequences of a moment are there', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    clock.after(1, () => {
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => setImmediate(() => seen.push(`consequence at ${timeOf(clock)}`)));
    });
    clock.after(2, () => seen.push('next'));
    await lastMoment(clock, 3);
    expect(seen).toEqual(['consequence at 1', 'next']);
  });

  it('lets what follows from a moment come before what was planned for later', async () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    clock.after(5, () => clock.after(5, () => seen.push(timeOf(clock))));
    clock.after(11, () => seen.push(timeOf(clock)));
    await lastMoment(clock, 12);
    expect(seen).toEqual([10, 11]);
  });

  it('comes a trifle further with every moment, so that nothing seems to happen at once', async () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      clock.at(1, () => {
        seen.push(clock.now());
        void Promise.resolve().then(() => seen.push(clock.now()));
      });
    }
    await lastMoment(clock, 2);
    expect(seen).toHaveLength(6);
    const [at, follows] = seen;
    expect(at).toBe(1);
    expect(follows).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(Math.max(...seen)).toBeLessThan(1.01);
  });

  it('forgets what is called off, as often as it is', async () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    const callOff = clock.after(1, () => seen.push('called off'));
    clock.after(2, () => seen.push('kept'));
    callOff();
    callOff();
    await lastMoment(clock, 3);
    expect(seen).toEqual(['kept']);
  });

  it('never goes back', async () => {
    const clock = new VirtualClock();
    await clock.sleep(10);
    const seen: number[] = [];
    clock.at(5, () => seen.push(timeOf(clock)));
    clock.after(-5, () => seen.push(timeOf(clock)));
    await lastMoment(clock, 1);
    expect(seen).toEqual([10, 10]);
  });

  it('ends a sleep when its signal is aborted, before or meanwhile', async () => {
    const clock = new VirtualClock();
    await expect(clock.sleep(1, AbortSignal.abort())).rejects.toBeInstanceOf(Interrupted);
    const stop = new AbortController();
    clock.after(5, () => stop.abort());
    await expect(clock.sleep(10, stop.signal)).rejects.toBeInstanceOf(Interrupted);
    expect(timeOf(clock)).toBe(5);
  });

  it('starts again after it had nothing to do', async () => {
    const clock = new VirtualClock();
    await clock.sleep(1);
    await sleep(10);
    await clock.sleep(1);
    expect(timeOf(clock)).toBe(2);
  });
});
