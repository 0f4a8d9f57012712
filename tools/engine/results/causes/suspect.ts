import type { Evidence } from './evidence.ts';
import type { Precedents } from './knowledge.ts';
import type { Shape } from './shape.ts';

/** A requirement that is held to be broken, and the cases that this explains. */
export interface Suspect {
  readonly root: string;
  readonly cases: readonly string[];
  /** Those of them that say nothing of which defect it is. */
  readonly besides?: readonly string[];
  /** The known defect that led here. */
  readonly shape?: Shape;
  /** Whether the run shows all of that defect's signs, as far as it looked, and none is contradicted. */
  readonly isExact: boolean;
}

/** A defect that is contradicted more often than this says nothing of a run. */
const contradictedAtMost = 0.25;
/** How many signs that are there make up for one that should be and is not. */
const contradictionWeighs = 2;

interface Fit {
  readonly shape: Shape;
  /** Cases still open that the defect explains. */
  readonly explained: readonly string[];
  /** Signs that should be there, and passed. */
  readonly missing: number;
  /** Signs that were explained by another already, or could not be seen. */
  readonly other: number;
  /** Signs that are exactly of the kind that was foreseen. */
  readonly agreeing: number;
}

function fitOf(shape: Shape, open: ReadonlySet<string>, { open: signs, satisfied, cases }: Evidence): Fit | undefined {
  const explained: string[] = [];
  let [missing, other, agreeing] = [0, 0, 0];
  let isOwn = false;
  for (const [id, sign] of shape.signs) {
    if (open.has(id)) {
      explained.push(id);
      const found = signs.get(id);
      if (found === sign) agreeing += 1;
      isOwn ||= found === 'violated' && shape.fault.breaks.includes(cases.get(id)?.requirement ?? '');
    } else if (satisfied.has(id)) missing += 1;
    else if (signs.has(id)) other += 1;
  }
  const isContradicted = missing > contradictedAtMost * (explained.length + other + missing);
  if (!isOwn || isContradicted || explained.length <= contradictionWeighs * missing) return undefined;
  return { shape, explained, missing, other, agreeing };
}

/** How well a defect explains what is open, the weightiest first. */
function weights({ shape, explained, missing, other, agreeing }: Fit): number[] {
  return [
    explained.length - contradictionWeighs * missing,
    agreeing,
    -(missing + other),
    // Of what looks alike the one that was really seen like this.
    ['never', 'part', 'whole'].indexOf(shape.seen),
  ];
}

function isBetter(one: Fit, other: Fit | undefined): boolean {
  if (other === undefined) return true;
  const others = weights(other);
  const difference = weights(one)
    .map((weight, index) => weight - (others[index] ?? 0))
    .find((each) => each !== 0);
  return difference !== undefined && difference > 0;
}

/**
 * The known defects that explain most of a run, the largest first, each with what is left to it by those before. A
 * defect is suspected only where the requirement that it is made to break is seen broken.
 * @returns with the cases that none of them explains
 */
export function suspectsAmongKnown(
  evidence: Evidence,
  precedents: Precedents,
): { readonly suspects: Suspect[]; readonly unexplained: readonly string[] } {
  const open = new Set(evidence.open.keys());
  const suspects: Suspect[] = [];
  for (;;) {
    let best: Fit | undefined;
    for (const shape of precedents.shapes) {
      const fit = fitOf(shape, open, evidence);
      if (fit !== undefined && isBetter(fit, best)) best = fit;
    }
    if (best === undefined) return { suspects, unexplained: [...open] };
    const { shape, explained, missing } = best;
    for (const id of explained) open.delete(id);
    const violated = new Set(
      explained.filter((id) => evidence.open.get(id) === 'violated').map((id) => evidence.cases.get(id)?.requirement),
    );
    const root = precedents.roots(shape).find((requirement) => violated.has(requirement)) ?? '';
    suspects.push({ root, cases: explained, shape, isExact: missing === 0 && shape.seen !== 'never' });
  }
}
