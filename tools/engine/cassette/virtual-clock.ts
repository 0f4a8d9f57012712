import type { Clock } from '../target/clock.ts';
import { Interrupted } from '../target/could-not-run.ts';

/** Something that happens at a moment of virtual time. */
interface Moment {
  readonly at: number;
  readonly act: () => void;
  /** How many turns of the event loop it may take until all of its consequences are there. */
  readonly turns: number;
}

interface MomentOptions {
  readonly turns?: number;
}

/** What follows from an event without waiting is done when one turn is over; the second is for what looks once more. */
const usualTurns = 2;

/** Less than a recording tells apart. */
const afterwardsMs = 0.0005;

/**
 * A clock that stands still while anything is being worked on, and then leaps to the next moment for which something
 * is planned. So five seconds of waiting take no time, the order of things does not depend on how busy the machine is,
 * and what was a millisecond late stays late.
 */
export class VirtualClock implements Clock {
  #now = 0;
  /** By time, and within the same time in the order in which they were planned. */
  readonly #moments: Moment[] = [];
  #running = false;
  #turns = usualTurns;

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void, options?: MomentOptions): () => void {
    return this.at(this.#now + Math.max(0, ms), act, options);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        callOff();
        reject(new Interrupted('the run was interrupted'));
      };
      const callOff = this.after(ms, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Plans something for a moment; one that has passed is as good as now. @returns what calls it off */
  at(at: number, act: () => void, { turns = usualTurns }: MomentOptions = {}): () => void {
    const moment: Moment = { at: Math.max(at, this.#now), act, turns };
    this.#moments.splice(this.#placeFor(moment.at), 0, moment);
    if (!this.#running) void this.#run();
    return () => {
      const index = this.#moments.indexOf(moment);
      if (index !== -1) this.#moments.splice(index, 1);
    };
  }

  #placeFor(at: number): number {
    let from = 0;
    let to = this.#moments.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#moments[middle]?.at ?? Infinity) <= at) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (;;) {
      await afterTurns(this.#turns);
      this.#turns = usualTurns;
      const [next] = this.#moments;
      if (next === undefined) break;
      this.#moments.shift();
      this.#now = Math.max(this.#now, next.at);
      this.#turns = next.turns;
      next.act();
      // What follows from something does not happen at the same time.
      this.#now += afterwardsMs;
    }
    this.#running = false;
  }
}

function afterTurns(turns: number): Promise<void> {
  return new Promise((resolve) => {
    const turn = (left: number): void => {
      if (left === 0) resolve();
      else setImmediate(turn, left - 1);
    };
    turn(turns);
  });
}
