import { type FaultSignature, packSignatures } from '../../engine/catalogue/fault-signatures.ts';
import { faults } from '../../emulator/faults/index.ts';
import type { Matrix } from './matrix.ts';

/**
 * The text of specs/generated/fault-signatures.json: what each fault showed itself by in a whole run.
 * @param matrix of all faults
 */
export function signaturesText({ faults: entries, cases }: Pick<Matrix, 'faults' | 'cases'>): string {
  const seen = new Map(entries.map((entry) => [entry.id, entry]));
  const signatures = faults.map(({ id, summary, breaks }): FaultSignature => {
    const { killedCases: broken = [], unjudgedCases: unjudged = [] } = seen.get(id) ?? {};
    return { id, summary, breaks, broken, unjudged };
  });
  return packSignatures(
    signatures,
    cases.map(({ id }) => id),
  );
}
