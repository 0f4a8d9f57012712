import type { Evidence } from './evidence.ts';
import type { Suspect } from './suspect.ts';

/** How much of what a cause explains and a defect foresees must be the same for the defect to be named. */
const alikeAtLeast = 0.9;

/** Whether two sets have the same members. */
function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}

/**
 * The known defect that shows itself as a cause does: nearly the same cases, and the same requirements broken.
 * @returns its id; undefined where none fits well, for a wrong name is worse than none
 */
export function likelyDefect({ shape, cases }: Suspect, { open, held, cases: all }: Evidence): string | undefined {
  if (shape === undefined || shape.seen === 'never') return undefined;
  const explained = new Set(cases);
  const foreseen = [...shape.signs.keys()].filter((id) => open.has(id) || held.has(id));
  const common = foreseen.filter((id) => explained.has(id)).length;
  // What another cause explains as well is no sign against this one.
  const contradicting = foreseen.filter((id) => held.has(id)).length;
  const brokenRequirements = (ids: readonly string[], isBroken: (id: string) => boolean) =>
    new Set(ids.filter(isBroken).flatMap((id) => all.get(id)?.requirement ?? []));
  const seen = brokenRequirements(cases, (id) => open.get(id) === 'broken');
  const expected = brokenRequirements(foreseen, (id) => shape.signs.get(id) === 'broken' && explained.has(id));
  const isAlike = common >= alikeAtLeast * (explained.size + contradicting);
  return isAlike && isSame(seen, expected) ? shape.fault.id : undefined;
}
