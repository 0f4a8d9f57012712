import { ConfigurationError } from '../catalogue/errors.ts';

/** One part of a run that is split over several processes: the index-th of count, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What a shard looks at of a case. */
interface Weighed {
  readonly id: string;
  readonly weight: number;
  readonly path: string;
  readonly scope: 'case' | 'run';
}

/** @param text as 2/4 @throws ConfigurationError when it is no such thing */
export function readShard(text: string): Shard {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text.trim()) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(shard.index >= 1 && shard.index <= shard.count)) {
    throw new ConfigurationError(
      `--shard ${JSON.stringify(text)} is not a valid shard (expected i/n, such as 1/4 for the first of four).`,
    );
  }
  return shard;
}

/**
 * The cases of one shard, in the order in which they came. Each case goes, the heaviest first, to the shard that has
 * least so far: the same shards come out in every process, whatever the order of the cases. Those of a path are dealt
 * out together, so that each shard has its part of both: on v1.0 there is only one. What judges a whole run belongs to
 * every shard.
 */
export function casesOfShard<T extends Weighed>(cases: readonly T[], { index, count }: Shard): T[] {
  const loads = Array.from({ length: count }, () => 0);
  const chosen = new Set<string>();
  const ordered = cases
    .filter(({ scope }) => scope === 'case')
    .toSorted(
      (one, other) => other.weight - one.weight || one.path.localeCompare(other.path) || (one.id < other.id ? -1 : 1),
    );
  for (const each of ordered) {
    const lightest = loads.indexOf(Math.min(...loads));
    loads[lightest] = (loads[lightest] ?? 0) + each.weight;
    if (lightest === index - 1) chosen.add(each.id);
  }
  if (chosen.size === 0) {
    throw new ConfigurationError(
      `--shard ${index}/${count} has none of the ${ordered.length} cases; take fewer shards.`,
    );
  }
  return cases.filter(({ id, scope }) => scope === 'run' || chosen.has(id));
}
