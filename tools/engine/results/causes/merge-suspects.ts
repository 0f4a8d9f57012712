import type { Evidence } from './evidence.ts';
import type { Precedents } from './knowledge.ts';
import type { Suspect } from './suspect.ts';

interface Seen {
  readonly suspect: Suspect;
  readonly requirements: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

function seenOf(suspect: Suspect, { open, cases }: Evidence): Seen {
  const own = suspect.cases.flatMap((id) => cases.get(id) ?? []);
  const violated = own.filter(({ id }) => open.get(id) === 'violated');
  return {
    suspect,
    requirements: new Set(violated.map(({ requirement }) => requirement)),
    paths: new Set(own.map(({ path }) => path)),
  };
}

/** One suspect for two; the larger one's defect is what it may be. */
function together(larger: Suspect, smaller: Suspect): Suspect {
  return { ...larger, cases: [...larger.cases, ...smaller.cases], isExact: false };
}

/** Those of one requirement are one. */
function byRoot(suspects: readonly Suspect[]): Suspect[] {
  const roots = new Map<string, Suspect>();
  for (const suspect of suspects) {
    const there = roots.get(suspect.root);
    roots.set(suspect.root, there === undefined ? suspect : together(there, suspect));
  }
  return [...roots.values()];
}

/** Whether all that one shows is known to follow from the other's requirement, where that was put. */
function isConsequence(of: Seen, from: Seen, { follows, foundations }: Precedents): boolean {
  if (of.suspect.isExact && from.suspect.isExact) return false;
  // What everything needs comes first, unless a defect that is known for it fits completely.
  if (foundations.includes(of.suspect.root) && !from.suspect.isExact) return false;
  return (
    [...of.requirements].every((requirement) => follows(requirement, from.suspect.root)) &&
    [...of.paths].every((path) => from.paths.has(path))
  );
}

/** The foundation that others are put down to: of several that are broken the most basic one. */
function isLessBasic(of: Seen, from: Seen, { foundations }: Precedents): boolean {
  const [place, basic] = [of, from].map(({ suspect }) => foundations.indexOf(suspect.root));
  return place !== undefined && basic !== undefined && basic >= 0 && place > basic;
}

/** Of two suspects the one that the other is put down to, if so. */
function absorbing(
  suspects: readonly Suspect[],
  evidence: Evidence,
  precedents: Precedents,
): [Suspect, Suspect] | undefined {
  const seen = suspects
    .map((suspect) => seenOf(suspect, evidence))
    .toSorted((one, other) => other.suspect.cases.length - one.suspect.cases.length);
  for (const smaller of seen.toReversed()) {
    const larger = seen.find(
      (each) =>
        each !== smaller && (isConsequence(smaller, each, precedents) || isLessBasic(smaller, each, precedents)),
    );
    if (larger !== undefined) return [larger.suspect, smaller.suspect];
  }
  // What never breaks alone belongs to what broke with it; where that are several, nobody can say to which.
  for (const companion of seen) {
    const { requirements, suspect } = companion;
    if (requirements.size > 1 || !precedents.isCompanion(suspect.root)) continue;
    const others = seen.filter((each) => each !== companion);
    const [known = others.length === 1 ? others[0] : undefined] = others.filter((each) =>
      precedents.follows(suspect.root, each.suspect.root),
    );
    if (known !== undefined) return [known.suspect, suspect];
  }
  return undefined;
}

/**
 * Puts suspects together of which one is known to follow from the other, until nothing follows from anything. Two known
 * defects that each show themselves completely stay two.
 */
export function merged(suspects: readonly Suspect[], evidence: Evidence, precedents: Precedents): Suspect[] {
  let few = byRoot(suspects);
  for (;;) {
    const pair = absorbing(few, evidence, precedents);
    if (pair === undefined) return few;
    const [larger, smaller] = pair;
    few = few.flatMap((each) => {
      if (each === smaller) return [];
      return each === larger ? [together(larger, smaller)] : [each];
    });
  }
}
