/** Less cannot be told from what else a machine does meanwhile. */
const leastMs = 5;

const rounds = 3;

/**
 * How many times as long something takes with a large input as with a small one, for tests that nothing grows faster
 * than its input does. Both are done by turns and the quickest round of each counts, so that a busy machine slows both
 * or neither: no test needs a limit in seconds.
 * @returns the ratio; times below 5 ms count as 5 ms
 */
export async function timesAsLong(large: () => unknown, small: () => unknown): Promise<number> {
  let quickestLarge = Infinity;
  let quickestSmall = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    quickestSmall = Math.min(quickestSmall, await msOf(small));
    quickestLarge = Math.min(quickestLarge, await msOf(large));
  }
  return Math.max(quickestLarge, leastMs) / Math.max(quickestSmall, leastMs);
}

async function msOf(act: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}
