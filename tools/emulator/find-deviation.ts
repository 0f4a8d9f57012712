import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { nearest } from '../engine/catalogue/nearest.ts';
import type { Deviation, Fault, Variant } from './deviation.ts';
import { faults } from './faults/index.ts';
import { readOccurrence, sporadic } from './sporadic.ts';
import { variants } from './variants/index.ts';

/** @throws ConfigurationError when there is no such fault. */
export function findFault(id: string): Fault {
  return find('fault', id, faults);
}

/** @throws ConfigurationError when there is no such variant. */
export function findVariant(id: string): Variant {
  return find('variant', id, variants);
}

/** What an emulator is to be started with: a fault, a variant, or neither. */
export interface DeviationChoice {
  readonly fault?: string | undefined;
  /** The share of the requests in which the fault shows; all by default. */
  readonly rate?: number | undefined;
  /** The situation in which alone it shows. */
  readonly when?: string | undefined;
  /** What that share is drawn from. */
  readonly seed?: number | undefined;
  readonly variant?: string | undefined;
}

/**
 * @throws ConfigurationError when there is no such fault or variant, when both are named, and for a rate or situation
 * that no fault can have
 */
export function chosenDeviation({ fault, variant, rate, when, seed }: DeviationChoice): Deviation | undefined {
  if (fault !== undefined && variant !== undefined) {
    throw new ConfigurationError('The emulator takes a fault or a variant, not both at once. Leave one of them out.');
  }
  const isSporadic = rate !== undefined || when !== undefined;
  if (isSporadic && fault === undefined) {
    const given = [...(rate === undefined ? [] : ['rate']), ...(when === undefined ? [] : ['situation'])].join(' and ');
    throw new ConfigurationError(
      `A ${given} says when a fault shows, and no fault is chosen; add one (\`list faults\`).`,
    );
  }
  if (fault !== undefined) {
    const found = findFault(fault);
    if (!isSporadic) return found;
    return sporadic(found, readOccurrence({ rate, when, seed }));
  }
  return variant === undefined ? undefined : findVariant(variant);
}

function find<T extends { readonly id: string }>(kind: 'fault' | 'variant', id: string, known: readonly T[]): T {
  const found = known.find((deviation) => deviation.id === id);
  if (found !== undefined) return found;
  const similar = nearest(
    id,
    known.map((deviation) => deviation.id),
  );
  const hint = similar === undefined ? '' : ` Did you mean "${similar}"?`;
  throw new ConfigurationError(`The emulator has no ${kind} "${id}".${hint} \`list ${kind}s\` shows them all.`);
}
