/** The parts of the bench, in the order in which they run. */
export const partNames = [
  'run',
  'vitest',
  'replay',
  'marginal',
  'peers',
  'latency',
  'shards',
  'silent',
  'growth',
  'commands',
] as const;

/** The parts that need other tools to be installed: they run only when `--only` names them. */
export const partsWithOtherTools: readonly PartName[] = ['marginal', 'peers'];

export type PartName = (typeof partNames)[number];

export interface Limit {
  readonly what: string;
  readonly measured: number;
  /** The most that it may be. */
  readonly limit: number;
  /** Written behind both numbers. */
  readonly unit: string;
}

export interface Table {
  readonly caption?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one part of the bench found. */
export interface Section {
  readonly part: PartName;
  readonly title: string;
  readonly limits: readonly Limit[];
  readonly tables: readonly Table[];
  readonly notes: readonly string[];
  /** Every sample behind the figures, by name, in the order of measuring. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
}

export interface Machine {
  readonly node: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryMb: number;
  /** Processes that wanted a core, on average over the minute before and the last minute. */
  readonly load: readonly [number, number];
}

export interface BenchReport {
  readonly schemaVersion: 1;
  readonly startedAt: string;
  readonly version: string;
  /** Of how many each figure is the median, unless its table says otherwise. */
  readonly runs: number;
  readonly machine: Machine;
  readonly sections: readonly Section[];
}

export function isMet({ measured, limit }: Limit): boolean {
  return measured <= limit;
}
