import { type Evidence, isNowAndThen } from './evidence.ts';
import type { Precedents, UnsteadyDefect } from './knowledge.ts';
import type { Shape } from './shape.ts';
import { sparedWeighs, type Suspect } from './suspect.ts';
import { agreement, wordingOf } from './wording.ts';

/** How much of what a cause explains and a defect foresees must be the same for the defect to be named. */
const alikeAtLeast = 0.9;
/** How many cases by chance there may be beside these, as a share of them. */
const byChanceAtMost = 0.5;
/** How much of what the cases say must be what they say of the defect: “it is 0” is no “it is 2”. */
const agreesAtLeast = 0.55;
/** Defects whose words fit nearly as well cannot be told apart by them. */
const nearly = 0.05;

/** The known defect that a cause may be. */
export interface LikelyDefect {
  readonly likely: string;
  /** Others that show themselves the same, in the same words. */
  readonly alternatives?: string[];
}

/** Whether two sets have the same members. */
function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}

/** Whether a cause shows nearly the cases that a defect foresees, and the same requirements broken. */
function isOfShape(shape: Shape, { cases }: Suspect, { open, satisfied, cases: all }: Evidence): boolean {
  const explained = new Set(cases);
  const foreseen = [...shape.signs.keys()].filter((id) => open.has(id) || satisfied.has(id));
  const common = foreseen.filter((id) => explained.has(id)).length;
  const nowAndThen = new Set(
    cases.flatMap((id) => all.get(id) ?? []).flatMap((each) => (isNowAndThen(each) ? [each.requirement] : [])),
  );
  const weightOf = (id: string) => (nowAndThen.has(all.get(id)?.requirement ?? '') ? sparedWeighs : 1);
  // What another cause explains as well is no sign against this one.
  const contradicting = foreseen.filter((id) => satisfied.has(id)).reduce((sum, id) => sum + weightOf(id), 0);
  const violatedRequirements = (ids: readonly string[], isViolated: (id: string) => boolean) =>
    new Set(ids.filter(isViolated).flatMap((id) => all.get(id)?.requirement ?? []));
  const seen = violatedRequirements(cases, (id) => open.get(id) === 'violated');
  const expected = violatedRequirements(foreseen, (id) => shape.signs.get(id) === 'violated' && explained.has(id));
  const isContradicted = shape.fault.breaks.some((requirement) => {
    const own = foreseen.filter((id) => shape.signs.get(id) === 'violated' && all.get(id)?.requirement === requirement);
    return own.length > 0 && own.every((id) => satisfied.has(id));
  });
  // What the defect breaks may be seen now and then where it was not before; not much of that.
  const byChance = cases
    .filter((id) => !shape.signs.has(id))
    .flatMap((id) => all.get(id) ?? [])
    .filter((each) => isNowAndThen(each) && shape.fault.breaks.includes(each.requirement)).length;
  const counted = explained.size - Math.min(byChance, Math.floor(common * byChanceAtMost));
  return !isContradicted && common >= alikeAtLeast * (counted + contradicting) && isSame(seen, expected);
}

/**
 * Whether a cause shows the requirements broken that a defect breaks that strikes by chance, by no cases of these that it
 * spared, and none beyond its reach.
 */
function isWithin({ fault, reach }: UnsteadyDefect, { cases }: Suspect, { open, cases: all }: Evidence): boolean {
  const violated = cases.filter((id) => open.get(id) === 'violated').flatMap((id) => all.get(id) ?? []);
  const own = violated.filter(({ requirement }) => fault.breaks.includes(requirement));
  return (
    violated.every(({ requirement }) => reach.has(requirement)) &&
    fault.breaks.every((root) => own.some(({ requirement }) => requirement === root)) &&
    own.every(({ id }) => fault.violated.includes(id))
  );
}

/** How well the words of a cause are those of a defect; of a defect whose words nobody knows, nothing speaks against it. */
function agreementWith({ fault: { breaks, says } }: Shape, { cases }: Suspect, { open, cases: all }: Evidence): number {
  if (says === undefined || says.length === 0) return agreesAtLeast;
  const seen = cases.flatMap((id) => {
    const each = all.get(id);
    const isOwn = open.get(id) === 'violated' && each !== undefined && breaks.includes(each.requirement);
    return isOwn && each.actual !== undefined ? [wordingOf(each.actual)] : [];
  });
  return agreement([...new Set(seen)], says);
}

/**
 * The known defect that shows itself as a cause does, in the cases that it breaks and in what these say.
 * @returns undefined where none fits well, for a wrong name is worse than none
 */
export function likelyDefect(
  whole: Suspect,
  evidence: Evidence,
  { shapes, unsteady }: Pick<Precedents, 'shapes' | 'unsteady'>,
): LikelyDefect | undefined {
  const { shape, besides = [] } = whole;
  const suspect = { ...whole, cases: whole.cases.filter((id) => !besides.includes(id)) };
  if (shape === undefined || shape.seen === 'never') return undefined;
  const isByChance = unsteady.some(({ fault }) => fault === shape.fault);
  if (!isByChance && !isOfShape(shape, suspect, evidence)) return undefined;
  const within = new Set(unsteady.filter((each) => isWithin(each, suspect, evidence)).map(({ fault }) => fault));
  // What led here may strike what it has never struck.
  within.add(shape.fault);
  const candidates = shapes
    .filter(({ fault, look, seen }) =>
      isByChance ? within.has(fault) && seen === 'whole' : look === shape.look && seen !== 'never',
    )
    .map((each) => ({ each, agrees: agreementWith(each, suspect, evidence) }));
  const best = Math.max(...candidates.map(({ agrees }) => agrees));
  if (best < agreesAtLeast) return undefined;
  const fitting = candidates
    .filter(({ agrees }) => agrees >= best - nearly)
    .toSorted(
      (one, other) => other.agrees - one.agrees || one.each.fault.violated.length - other.each.fault.violated.length,
    );
  // What was seen just like this comes before what shows a part of itself here.
  const seenWhole = fitting.filter(({ each }) => each.seen === 'whole');
  const [likely, ...alternatives] = (seenWhole.length > 0 ? seenWhole : fitting).map(({ each }) => each.fault.id);
  if (likely === undefined) return undefined;
  return { likely, ...(alternatives.length > 0 && { alternatives }) };
}
