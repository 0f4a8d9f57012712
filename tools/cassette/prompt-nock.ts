import timers from 'node:timers';

const usual = timers.setTimeout;

/** As setTimeout, but for no delay at all, which is a millisecond by itself: that ends with this turn of the event loop. */
function promptly(act: () => void, delayMs = 0): NodeJS.Timeout | NodeJS.Immediate {
  return delayMs > 0 ? usual(act, delayMs) : setImmediate(act);
}

// Nock takes the timers that are there when it is loaded. It waits for two of them, of no delay, with each answer, and
// time stands still meanwhile: a sixth of a replay.
Reflect.set(timers, 'setTimeout', promptly);
export const { default: nock } = await import('nock');
Reflect.set(timers, 'setTimeout', usual);
