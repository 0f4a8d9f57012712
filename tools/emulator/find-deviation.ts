import { ConfigurationError } from '../engine/catalogue/errors.ts';
import { nearest } from '../engine/catalogue/nearest.ts';
import type { Deviation, Fault, Variant } from './deviation.ts';
import { faults } from './faults/index.ts';
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
  readonly fault?: string;
  readonly variant?: string;
}

/** @throws ConfigurationError when there is no such fault or variant, or when both are named. */
export function chosenDeviation({ fault, variant }: DeviationChoice): Deviation | undefined {
  if (fault !== undefined && variant !== undefined) {
    throw new ConfigurationError('The emulator takes a fault or a variant, not both at once. Leave one of them out.');
  }
  if (fault !== undefined) return findFault(fault);
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
