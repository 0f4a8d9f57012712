import type { Results } from '../engine/results/results.ts';

/** In which ways a run is only a part of a whole one, each in a word or two; none for a whole run. */
export function partialWords({ run }: Pick<Results, 'run'>): string[] {
  const words = [
    ...(run.filters['traffic'] === undefined ? [] : ['recorded traffic']),
    ...(Object.keys(run.filters).some((name) => name !== 'traffic') ? ['filtered'] : []),
    ...(run.shard === undefined ? [] : [`shard ${run.shard}`]),
    ...(run.complete ? [] : [isInterrupted({ run }) ? 'interrupted' : 'not complete']),
  ];
  return words.length === 0 && run.partial ? ['partial'] : words;
}

/** Whether the user has interrupted the run; the end of the time, `--bail` and a crash are other ways not to be complete. */
export function isInterrupted({ run }: Pick<Results, 'run'>): boolean {
  return run.exitCode === 130;
}
