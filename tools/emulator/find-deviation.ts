import { ConfigurationError } from '../contract/errors.ts';
import { nearest } from '../contract/nearest.ts';
import type { Fault, Variant } from './deviation.ts';
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
