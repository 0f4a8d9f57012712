import { type Evidence, isNowAndThen } from './evidence.ts';
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
/**
 * What passed weighs so much less where its requirement is broken all the same, now and then, and the defect accounts for
 * whatever a run shows: chance may have spared it.
 */
export const sparedWeighs = 0.5;
/** How many signs that are there make up for one that should be and is not. */
const contradictionWeighs = 2;

interface Fit {
  readonly shape: Shape;
  /** Cases still open that the defect explains. */
  readonly explained: readonly string[];
  /** Signs that should be there, and passed, by their weight. */
  readonly missing: number;
  /** Signs that were explained by another already, or could not be seen. */
  readonly other: number;
  /** Signs that are exactly of the kind that was foreseen. */
  readonly agreeing: number;
}

function fitOf(shape: Shape, open: ReadonlySet<string>, { open: signs, satisfied, cases }: Evidence): Fit | undefined {
  const explained: string[] = [];
  const spared: string[] = [];
  const brokenNowAndThen = new Set<string>();
  let [other, agreeing] = [0, 0];
  let isOwn = false;
  for (const [id, sign] of shape.signs) {
    if (open.has(id)) {
      explained.push(id);
      const found = signs.get(id);
      if (found === sign) agreeing += 1;
      const requirement = cases.get(id)?.requirement ?? '';
      const each = cases.get(id);
      if (each !== undefined && found === 'violated' && isNowAndThen(each)) brokenNowAndThen.add(requirement);
      isOwn ||= found === 'violated' && shape.fault.breaks.includes(requirement);
    } else if (satisfied.has(id)) spared.push(cases.get(id)?.requirement ?? '');
    else if (signs.has(id)) other += 1;
  }
  const isAll = spared.length > 0 && [...signs.keys()].every((id) => shape.signs.has(id));
  const weightOf = (requirement: string) => (isAll && brokenNowAndThen.has(requirement) ? sparedWeighs : 1);
  const missing = spared.reduce((sum, requirement) => sum + weightOf(requirement), 0);
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
