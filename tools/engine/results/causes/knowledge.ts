import type { FaultSignature } from '../../catalogue/fault-signatures.ts';
import { type Shape, shapesOf, withoutPath } from './shape.ts';

/** What is known beforehand of what follows from what. */
export interface CauseKnowledge {
  /** The requirements that all others need, the most basic first. */
  readonly foundations: readonly string[];
  readonly faults: readonly FaultSignature[];
}

/** The same, made ready to be asked. */
export interface Precedents {
  readonly foundations: readonly string[];
  readonly shapes: readonly Shape[];
  /** The requirements that a known defect of a requirement has broken besides. */
  follows(requirement: string, from: string): boolean;
  /** Whether a known defect of the requirement has kept this case from judging, or its twin on the other path. */
  hides(requirement: string, caseId: string): boolean;
  /** Whether a known defect that breaks all these requirements has kept this case from judging, or its twin. */
  hidesWith(requirements: ReadonlySet<string>, caseId: string): boolean;
  /** Whether a known defect has broken all these requirements together, or may. */
  breakTogether(requirements: readonly string[]): boolean;
  /** The defects of which nobody knows beforehand which cases they strike. */
  readonly unsteady: readonly UnsteadyDefect[];
  /** Whether a requirement was never seen broken without another: it tells of a defect, and is none itself. */
  isCompanion(requirement: string): boolean;
  /** The requirements that a defect is one of, the first first; of several that look alike those of all first. */
  roots(shape: Shape): readonly string[];
}

/** A defect that strikes other cases each time. */
export interface UnsteadyDefect {
  readonly fault: FaultSignature;
  /** All requirements that it has broken or may break. */
  readonly reach: ReadonlySet<string>;
}

/** The requirement of a case by its id. */
function requirementOf(caseId: string): string {
  return caseId.slice(0, caseId.indexOf('/'));
}

function add<Key>(map: Map<Key, Set<string>>, key: Key, values: Iterable<string>): void {
  const set = map.get(key) ?? new Set();
  for (const value of values) set.add(value);
  map.set(key, set);
}

/** All requirements that a defect has broken or may break. */
function reachOf({ breaks, violated, besides = [] }: FaultSignature): Set<string> {
  return new Set([...breaks, ...violated.map(requirementOf), ...besides]);
}

/** Makes ready what is known. */
export function precedentsOf({ foundations, faults }: CauseKnowledge): Precedents {
  const violated = new Map<string, Set<string>>();
  const hidden = new Map<string, Set<string>>();
  const effects: { requirements: ReadonlySet<string>; hidden: ReadonlySet<string> }[] = [];
  const reaches = faults.map(reachOf);
  const alone = new Set<string>();
  const seen = new Set<string>();
  const lookAlikes = new Map<string, FaultSignature[]>();
  const looks = new Map<FaultSignature, string>();
  for (const fault of faults) {
    const requirements = new Set(fault.violated.map(requirementOf));
    const unjudged = new Set(fault.unjudged.map(withoutPath));
    effects.push({ requirements, hidden: unjudged });
    for (const root of fault.breaks) {
      add(violated, root, [...requirements, ...(fault.besides ?? [])]);
      add(hidden, root, unjudged);
    }
    for (const requirement of requirements) {
      seen.add(requirement);
      if (requirements.size === 1) alone.add(requirement);
    }
    const look = JSON.stringify([fault.violated.toSorted(), fault.unjudged.toSorted()]);
    looks.set(fault, look);
    lookAlikes.set(look, [...(lookAlikes.get(look) ?? []), fault]);
  }
  return {
    foundations,
    shapes: faults.flatMap(shapesOf),
    follows: (requirement, from) => violated.get(from)?.has(requirement) === true,
    hides: (requirement, caseId) => hidden.get(requirement)?.has(withoutPath(caseId)) === true,
    breakTogether: (wanted) => reaches.some((reach) => wanted.every((each) => reach.has(each))),
    unsteady: faults
      .filter(({ unsteady }) => unsteady === true)
      .map((fault) => ({ fault, reach: reachOf(fault) }))
      .toSorted((one, other) => one.reach.size - other.reach.size),
    hidesWith: (wanted, caseId) =>
      effects.some(
        ({ requirements, hidden: own }) =>
          own.has(withoutPath(caseId)) && [...wanted].every((requirement) => requirements.has(requirement)),
      ),
    isCompanion: (requirement) => seen.has(requirement) && !alone.has(requirement),
    roots({ fault }) {
      const alike = lookAlikes.get(looks.get(fault) ?? '') ?? [];
      const isShared = (root: string) => alike.every(({ breaks }) => breaks.includes(root));
      return [...fault.breaks.filter(isShared), ...fault.breaks.filter((root) => !isShared(root))];
    },
  };
}
