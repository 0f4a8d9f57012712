import type { Results } from '../engine/results/results.ts';
import { percentage } from './figures.ts';
import { printableLine } from './printable.ts';

const colours = { conformant: 'brightgreen', 'non-conformant': 'red', incomplete: 'yellow' } as const;

/**
 * The verdict in the format of shields' endpoint badge, as JSON text; undefined for a partial run, whose verdict says
 * nothing of the target as a whole.
 */
export function renderBadge({ suite, summary, run }: Results): string | undefined {
  if (run.partial || !run.complete) return undefined;
  const { verdict, divergence, coverage } = summary;
  const figure =
    verdict === 'non-conformant'
      ? `, ${percentage(divergence)} divergence`
      : coverage < 1
        ? `, ${percentage(coverage)} coverage`
        : '';
  const badge = {
    schemaVersion: 1,
    label: printableLine(suite.requirementSet),
    message: verdict + figure,
    color: colours[verdict],
    isError: verdict !== 'conformant',
  };
  return `${JSON.stringify(badge, null, 2)}\n`;
}
