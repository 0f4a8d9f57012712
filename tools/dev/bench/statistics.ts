/** @throws RangeError for no values, of which there is no median */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('there is no median of nothing');
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** The median of what is known; undefined when nothing is. */
export function knownMedian(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : median(known);
}

/** One measured point: how much was asked for, and what it took. */
export interface Point {
  readonly amount: number;
  readonly cost: number;
}

/** What one more of the amount costs between two points, so that what both have in common cancels. */
export function slope(less: Point, more: Point): number {
  if (more.amount === less.amount) throw new RangeError(`there is no slope between two points at ${less.amount}`);
  return (more.cost - less.cost) / (more.amount - less.amount);
}
