import type { components } from '../../../specs/generated/ratchet.ts';
import type { Results, Summary } from './results.ts';

/** The best figures of one target so far, as shares between 0 and 1. */
export type Figures = components['schemas']['figures'];

/** What the file keeps of a share: six digits, rounded so that a run never breaks what it has written itself. */
const digits = 1_000_000;

/** The figures of a run as the ratchet keeps them. */
export function figuresOf({ divergence, coverage }: Pick<Summary, 'divergence' | 'coverage'>): Figures {
  // What a floating-point share misses of the digit above or below is not to become a whole digit.
  return {
    divergence: Math.ceil(Number((divergence * digits).toFixed(3))) / digits,
    coverage: Math.floor(Number((coverage * digits).toFixed(3))) / digits,
  };
}

/**
 * What a run breaks of the ratchet: divergence may only fall, coverage only rise.
 * @returns one sentence for each; none when the target has no figures yet
 */
export function brokenRatchets({ target, summary }: Results, kept: ReadonlyMap<string, Figures>): string[] {
  const best = kept.get(target.name);
  if (best === undefined) return [];
  const now = figuresOf(summary);
  const worse = (name: string, direction: string, from: number, to: number) =>
    `ratchet: ${name} of ${target.name} ${direction} from ${from} to ${to}`;
  return [
    ...(now.divergence > best.divergence ? [worse('divergence', 'rose', best.divergence, now.divergence)] : []),
    ...(now.coverage < best.coverage ? [worse('coverage', 'fell', best.coverage, now.coverage)] : []),
  ];
}
