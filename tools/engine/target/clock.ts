import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Interrupted } from './could-not-run.ts';

/** Time as a session sees it: that of this machine, or, in a replay, that of the recording. */
export interface Clock {
  /** Milliseconds since some moment; never goes back. */
  now(): number;
  /** Acts once after so many milliseconds. @returns what calls it off */
  after(ms: number, act: () => void): () => void;
  /** @throws Interrupted when the signal is aborted meanwhile */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const machineClock: Clock = {
  now: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  async sleep(ms, signal) {
    try {
      await sleep(ms, undefined, signal && { signal });
    } catch (error) {
      throw signal?.aborted === true ? new Interrupted('the run was interrupted') : error;
    }
  },
};
