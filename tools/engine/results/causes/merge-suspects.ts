import type { CaseResult } from '../results.ts';
import { type Evidence, isNowAndThen } from './evidence.ts';
import type { Precedents } from './knowledge.ts';
import { likelyDefect } from './likely-defect.ts';
import { problemIn } from './wording.ts';
import { shapesOf } from './shape.ts';
import type { Suspect } from './suspect.ts';
import { areaOf, areAllWithoutBody, type WrongAnswer, wrongAnswer } from './wrong-answers.ts';

interface Seen {
  readonly suspect: Suspect;
  readonly requirements: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
  /** The cases that failed or warned. */
  readonly violated: readonly CaseResult[];
  /** Of these the answers that they are about, each once. */
  readonly answers: readonly WrongAnswer[];
  /** The problems in payloads that they begin with, where all are about such. */
  readonly problems: ReadonlySet<string>;
  /** Whether it was seen in some of the answers or updates, and others were as they should be. */
  readonly isNowAndThen: boolean;
}

function eachOnce(answers: readonly WrongAnswer[]): WrongAnswer[] {
  return [...new Map(answers.map((answer) => [answer.text, answer])).values()];
}

function problemsOf(cases: readonly CaseResult[]): Set<string> {
  const problems = cases.map(({ actual }) => problemIn(actual ?? ''));
  return new Set(problems.every((each) => each !== undefined) ? problems : []);
}

function seenOf(suspect: Suspect, { open, cases }: Evidence): Seen {
  const own = suspect.cases.flatMap((id) => cases.get(id) ?? []);
  const violated = own.filter(({ id }) => open.get(id) === 'violated');
  return {
    suspect,
    requirements: new Set(violated.map(({ requirement }) => requirement)),
    paths: new Set(own.map(({ path }) => path)),
    violated,
    answers: eachOnce(violated.flatMap((each) => wrongAnswer(each) ?? [])),
    problems: problemsOf(violated),
    isNowAndThen: violated.some((each) => each.requirement === suspect.root && isNowAndThen(each)),
  };
}

/** One suspect for two; the larger one's defect is what it may be. */
function together(larger: Suspect, smaller: Suspect): Suspect {
  return { ...larger, cases: [...larger.cases, ...smaller.cases], isExact: false };
}

/** One suspect for two of which the smaller follows from the larger whatever defect this is. */
function withBesides(larger: Suspect, smaller: Suspect): Suspect {
  const { besides = [], isExact } = larger;
  return { ...together(larger, smaller), besides: [...besides, ...smaller.cases], isExact };
}

/** What could not be found under an id, which is the last part of its path. */
const notFound = /\/([^/\s]+) was answered 404\b/;

/** The ids under which nothing was found, where a suspect is about such alone. */
function unknownIds({ violated }: Seen): string[] {
  const ids = violated.map(({ actual }) => notFound.exec(actual ?? '')?.[1]);
  return ids.every((id) => id !== undefined) ? ids : [];
}

/** What was not found under an id that another says is wrong belongs to that. */
function withWrongIds(suspects: readonly Suspect[], evidence: Evidence): Suspect[] {
  const seen = suspects.map((suspect) => seenOf(suspect, evidence));
  const owners = new Map<Seen, Seen>();
  for (const each of seen) {
    const ids = unknownIds(each);
    const says = (from: Seen, id: string) => from.violated.some(({ actual }) => actual?.includes(`"${id}"`) === true);
    const owner = seen.find((from) => unknownIds(from).length === 0 && ids.every((id) => says(from, id)));
    if (ids.length > 0 && owner !== undefined) owners.set(each, owner);
  }
  return seen
    .filter((each) => !owners.has(each))
    .map((each) => {
      const own = seen.filter((of) => owners.get(of) === each);
      return own.reduce((whole, { suspect }) => withBesides(whole, suspect), each.suspect);
    });
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
    // What strikes now and then may show itself on one path, and what follows from it on the other.
    (from.isNowAndThen || [...of.paths].every((path) => from.paths.has(path)))
  );
}

/** Whether all that one shows is an answer that the other shows, too: the same defect, wherever it was met. */
function isSameAnswer(of: Seen, from: Seen): boolean {
  const isNeighbour = areaOf(of.suspect.root) === areaOf(from.suspect.root);
  if (of.suspect.isExact && from.suspect.isExact && !isNeighbour) return false;
  return (
    of.answers.length > 0 &&
    of.violated.every((each) => wrongAnswer(each) !== undefined) &&
    of.answers.every((one) =>
      from.answers.some(
        (other) => (one.text === other.text && one.status >= 500) || (one.status === other.status && isNeighbour),
      ),
    )
  );
}

/** Whether both are about the same member of a payload, and found the same there. */
function isSameProblem(of: Seen, from: Seen): boolean {
  if (of.suspect.isExact && from.suspect.isExact) return false;
  return of.problems.size > 0 && [...of.problems].every((problem) => from.problems.has(problem));
}

/**
 * Whether both are known to come together, and strike now and then, so that other cases show it each time. What looks just
 * like a known defect is none where all of it is seen now and then, and something known breaks all that both do.
 */
function isCompanionNowAndThen(of: Seen, from: Seen, { breakTogether, foundations }: Precedents): boolean {
  if (foundations.includes(of.suspect.root)) return false;
  if (!of.suspect.isExact) return from.isNowAndThen && breakTogether([...of.requirements, from.suspect.root]);
  return (
    !from.suspect.isExact &&
    of.violated.every(isNowAndThen) &&
    from.violated.some(isNowAndThen) &&
    breakTogether([...of.requirements, ...from.requirements])
  );
}

/**
 * Whether one was answered as the other was, in cases that cannot be judged where the other strikes always: it strikes now
 * and then, and they are about the same request.
 */
function isKeptElsewhere(of: Seen, from: Seen, { hides, foundations }: Precedents): boolean {
  const { root, isExact } = from.suspect;
  if (isExact || foundations.includes(root) || of.violated.length === 0) return false;
  const statuses = new Set(from.answers.map(({ status }) => status));
  return of.violated.every((each) => {
    const answer = wrongAnswer(each);
    return answer !== undefined && statuses.has(answer.status) && hides(root, each.id);
  });
}

/** Whether one is about what an answer lacks that should not have been one without a body, which is the other. */
function isWithoutBody(of: Seen, from: Seen, { foundations }: Precedents): boolean {
  const statuses = new Set(from.answers.map(({ status }) => status));
  return foundations.includes(from.suspect.root) && areAllWithoutBody(of.violated, statuses);
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
        each !== smaller &&
        (isConsequence(smaller, each, precedents) ||
          isLessBasic(smaller, each, precedents) ||
          isSameAnswer(smaller, each) ||
          isSameProblem(smaller, each) ||
          isCompanionNowAndThen(smaller, each, precedents) ||
          isKeptElsewhere(smaller, each, precedents) ||
          isWithoutBody(smaller, each, precedents)),
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

/** So many suspects are one defect that strikes by chance rather than several of which some look known. */
const byChanceAtLeast = 4;

/**
 * What a defect that strikes by chance explains, where its own requirements are broken: that is one. What looks just like
 * another known defect is not its own, unless there is much more that it explains.
 */
function byChance(suspects: readonly Suspect[], evidence: Evidence, precedents: Precedents): Suspect[] {
  const seen = suspects.map((suspect) => seenOf(suspect, evidence));
  const inexact = seen.filter(({ suspect }) => !suspect.isExact);
  for (const among of [inexact, seen]) {
    for (const { fault, reach } of precedents.unsteady) {
      const own = among.filter(({ requirements }) => [...requirements].every((each) => reach.has(each)));
      if (among === seen && (own.length < byChanceAtLeast || own.every(({ suspect }) => suspect.isExact))) continue;
      const violated = new Set(own.flatMap(({ requirements }) => [...requirements]));
      const [root] = fault.breaks;
      if (root === undefined || !fault.breaks.every((each) => violated.has(each))) continue;
      const parts = new Set(own.map(({ suspect }) => suspect));
      const shape = shapesOf(fault)[0];
      const whole = { root, cases: [...parts].flatMap(({ cases }) => cases), isExact: false, ...(shape && { shape }) };
      if (likelyDefect(whole, evidence, precedents) === undefined) continue;
      return [whole, ...suspects.filter((each) => !parts.has(each))];
    }
  }
  return [...suspects];
}

/**
 * Puts suspects together of which one is known to follow from the other, until nothing follows from anything. Two known
 * defects that each show themselves completely stay two.
 */
export function merged(suspects: readonly Suspect[], evidence: Evidence, precedents: Precedents): Suspect[] {
  // What says something else than the defect does is not that defect, whichever cases show it.
  const judged = suspects.map((each) => ({
    ...each,
    isExact: each.isExact && likelyDefect(each, evidence, precedents) !== undefined,
  }));
  let few = byRoot(byChance(withWrongIds(judged, evidence), evidence, precedents));
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
