import { type FaultSignature, packSignatures } from '../../engine/catalogue/fault-signatures.ts';
import { faults } from '../../emulator/faults/index.ts';
import { agreement } from '../../engine/results/causes/wording.ts';
import type { GateFailure } from './matrix-gates.ts';
import type { FaultEntry, Matrix } from './matrix.ts';

/** How alike what a fault shows must stay for the file not to be out of date: what waits for others varies a little. */
const alikeAtLeast = 0.8;
/** The same of its words, which quote what was seen first. */
const agreesAtLeast = 0.4;

/** What each fault of a whole run showed itself by, in the order of the faults. */
export function signaturesOf({ faults: entries }: Pick<Matrix, 'faults'>): FaultSignature[] {
  const seen = new Map<string, FaultEntry>(entries.map((entry) => [entry.id, entry]));
  return faults.map(({ id, summary, breaks, mayAlsoBreak, unsteady }) => {
    const { killedCases: violated = [], unjudgedCases: unjudged = [], wordings: says = [] } = seen.get(id) ?? {};
    const besides = mayAlsoBreak !== undefined && { besides: mayAlsoBreak };
    return { id, summary, breaks, ...besides, ...(unsteady && { unsteady }), violated, unjudged, says };
  });
}

/** The text of specs/generated/fault-signatures.json. @param matrix of all faults */
export function signaturesText(matrix: Pick<Matrix, 'faults' | 'cases'>): string {
  return packSignatures(
    signaturesOf(matrix),
    matrix.cases.map(({ id }) => id),
  );
}

/** The share of what two faults show that both do. */
function likeness(one: FaultSignature, other: FaultSignature): number {
  const signs = ({ violated, unjudged }: FaultSignature) =>
    new Set([...violated.map((id) => `broken ${id}`), ...unjudged.map((id) => `unjudged ${id}`)]);
  const [ofOne, ofOther] = [signs(one), signs(other)];
  const common = [...ofOne].filter((sign) => ofOther.has(sign)).length;
  return common / Math.max(1, ofOne.size + ofOther.size - common);
}

/** Whether a signature as it is stored still tells what the fault shows. */
function isCurrent(stored: FaultSignature | undefined, fresh: FaultSignature, isUnsteady: boolean): boolean {
  if (stored === undefined) return false;
  const told = ({ summary, breaks, besides, unsteady }: FaultSignature) =>
    JSON.stringify([summary, breaks, besides, unsteady]);
  const isSame = told(stored) === told(fresh);
  const saysTheSame = agreement(fresh.says ?? [], stored.says ?? []) >= agreesAtLeast || fresh.says === undefined;
  return isSame && (isUnsteady || (likeness(stored, fresh) >= alikeAtLeast && saysTheSame));
}

/**
 * What of the stored signatures is out of date.
 * @param fresh as a whole run showed them
 * @param unsteady the faults that strike other cases each time
 */
export function staleSignatures(
  stored: readonly FaultSignature[],
  fresh: readonly FaultSignature[],
  unsteady: ReadonlySet<string>,
): GateFailure[] {
  const byId = new Map(stored.map((signature) => [signature.id, signature]));
  const known = new Set(fresh.map(({ id }) => id));
  const advice = 'npm run mutants -- --write-signatures writes it anew';
  return [
    ...fresh
      .filter((signature) => !isCurrent(byId.get(signature.id), signature, unsteady.has(signature.id)))
      .map(({ id }) => ({
        gate: 'stale-signature' as const,
        subject: id,
        problem: `shows itself otherwise than specs/generated/fault-signatures.json says; ${advice}`,
      })),
    ...stored
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => ({
        gate: 'stale-signature' as const,
        subject: id,
        problem: `is no fault, and specs/generated/fault-signatures.json has it; ${advice}`,
      })),
  ];
}
