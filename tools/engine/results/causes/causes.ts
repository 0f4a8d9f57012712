import { grouped } from '../grouped.ts';
import { withoutIncidentals } from '../incidentals.ts';
import { givenUp, isFailedPremise, noAnswer } from '../../target/could-not-run.ts';
import type { CaseResult, Cause, Results } from '../results.ts';
import { type Evidence, evidenceOf, isNowAndThen } from './evidence.ts';
import { type CauseKnowledge, type Precedents, precedentsOf } from './knowledge.ts';
import { likelyDefect } from './likely-defect.ts';
import { merged } from './merge-suspects.ts';
import { type Suspect, suspectsAmongKnown } from './suspect.ts';
import { isKeptBy, isLike, wrongAnswer } from './wrong-answers.ts';

/** What causes are inferred from. */
export type Explained = Pick<Results, 'cases' | 'requirements'> & { readonly run: Pick<Results['run'], 'unreachable'> };

/** Some cases as one cause; what is said of it by default is what its requirement says. */
interface Found {
  readonly requirement: string;
  readonly cases: readonly string[];
  readonly statement?: string;
  readonly advice?: string;
  readonly likely?: string;
  readonly alternatives?: string[];
}

/** A case that did not come to send anything: what kept it from that is no defect that cases look for. */
function neverBegan({ verdict, durationMs, exchanges }: CaseResult): boolean {
  return verdict === 'could-not-run' && durationMs === 0 && exchanges.length === 0;
}

/** The requirement that the reason of a case refers to: what was seen of it, and broke it by chance there alone. */
const referred = /\(see ([\w.-]+)\)/;

/**
 * What could not be judged and follows from nothing known, by the requirements that the cases refer to, or the reasons
 * that they give.
 */
function byReason(ids: readonly string[], { cases }: Evidence): Found[] {
  const known = new Set([...cases.values()].map(({ requirement }) => requirement));
  const groups = new Map<string, CaseResult[]>();
  for (const each of ids.flatMap((id) => cases.get(id) ?? [])) {
    const key = referred.exec(each.reason ?? '')?.[1] ?? withoutIncidentals(each.reason ?? '');
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups].map(([key, group]) => {
    const root = known.has(key) ? key : undefined;
    return {
      requirement: root ?? group[0]?.requirement ?? '',
      cases: group.map(({ id }) => id),
      ...(root === undefined && group.length > 1 && group[0]?.reason !== undefined && { statement: group[0].reason }),
    };
  });
}

/** What the requirements that are seen broken and that no known defect explains have of their own. */
function byRequirement(ids: readonly string[], { cases }: Evidence): Suspect[] {
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const root = cases.get(id)?.requirement ?? '';
    groups.set(root, [...(groups.get(root) ?? []), id]);
  }
  return [...groups].map(([root, own]) => ({ root, cases: own, isExact: false }));
}

/** Finds the cause that keeps a case from judging: one known to, one that says the same, or a foundation that is broken. */
function hiderAmong(
  suspects: readonly Suspect[],
  { cases, open }: Evidence,
  { hides, hidesWith, foundations }: Precedents,
): (each: CaseResult) => Suspect | undefined {
  const seen = suspects.map((suspect) => {
    const own = suspect.cases.flatMap((id) => cases.get(id) ?? []);
    return {
      suspect,
      paths: new Set(own.map(({ path }) => path)),
      violated: new Set(own.filter(({ id }) => open.get(id) === 'violated').map(({ requirement }) => requirement)),
      answers: own.flatMap((each) => (open.get(each.id) === 'violated' ? (wrongAnswer(each) ?? []) : [])),
      reasons: new Set(own.flatMap(({ reason }) => (reason === undefined ? [] : [withoutIncidentals(reason)]))),
    };
  });
  const basic = foundations.flatMap((id) => suspects.find(({ root }) => root === id) ?? [])[0];
  return (each) => {
    const { id, requirement, path, reason } = each;
    const there = seen.filter(({ paths }) => paths.has(path));
    const hider =
      there.find(({ suspect }) => suspect.root === requirement) ??
      seen.find(({ answers }) => isKeptBy(each, answers)) ??
      there.find(({ suspect }) => hides(suspect.root, id)) ??
      there.find(({ reasons }) => reason !== undefined && reasons.has(withoutIncidentals(reason))) ??
      // What strikes now and then may break on one path, and keep from judging on the other.
      seen.find(({ violated }) => [...violated].some((one) => reason?.includes(`(see ${one})`))) ??
      seen.find(({ violated }) => violated.size > 0 && hidesWith(violated, id));
    // With one thing wrong there is nothing else that a control could fail by.
    const only = seen.length === 1 && reason !== undefined && isFailedPremise(reason) ? seen[0] : undefined;
    return (hider ?? only ?? seen.find(({ answers }) => isLike(each, answers)))?.suspect ?? basic;
  };
}

/** Gives each case that could not be judged to the cause that keeps it from judging. */
function withHidden(
  suspects: readonly Suspect[],
  hidden: readonly string[],
  evidence: Evidence,
  precedents: Precedents,
): { suspects: Suspect[]; left: string[] } {
  const hiderOf = hiderAmong(suspects, evidence, precedents);
  const own = new Map<Suspect | undefined, string[]>();
  for (const each of hidden.flatMap((id) => evidence.cases.get(id) ?? [])) {
    const hider = hiderOf(each);
    own.set(hider, [...(own.get(hider) ?? []), each.id]);
  }
  const all = suspects.map((each) => ({ ...each, cases: [...each.cases, ...(own.get(each) ?? [])] }));
  return { suspects: all, left: own.get(undefined) ?? [] };
}

/** Gives the cases that broke by a promise of another requirement to the cause that it is broken by. */
function withAttributed(found: readonly Found[], { attributed, cases, open }: Evidence): Found[] {
  const own = new Map<Found, string[]>();
  for (const [id, promise] of attributed) {
    const shows = (each: string) => open.get(each) === 'violated' && cases.get(each)?.requirement === promise;
    const owner = found.find((each) => each.cases.some(shows));
    if (owner !== undefined) own.set(owner, [...(own.get(owner) ?? []), id]);
  }
  return found.map((each) => ({ ...each, cases: [...each.cases, ...(own.get(each) ?? [])] }));
}

/** What was not sent to a target that was given up, with the cause that shows the requests that it left unanswered. */
function withGivenUp(found: readonly Found[], idle: readonly CaseResult[], { cases, open }: Evidence): Found[] {
  const given = idle.filter(({ reason }) => reason?.startsWith(givenUp) === true).map(({ id }) => id);
  const owner = found.find((each) =>
    each.cases.some((id) => open.get(id) === 'violated' && cases.get(id)?.actual?.includes(noAnswer) === true),
  );
  const added = owner === undefined ? [] : given;
  const left = idle.filter(({ id }) => !added.includes(id));
  return [
    ...found.map((each) => (each === owner ? { ...each, cases: [...each.cases, ...added] } : each)),
    ...byReason(
      left.map(({ id }) => id),
      evidenceOf(left),
    ),
  ];
}

/**
 * What a cause is told by that no known defect fits: its root, unless that is a should and a must failed with it, or all
 * follows from what shows itself now and then in more cases.
 */
function gravest({ root, cases: ids }: Suspect, { cases }: Evidence, { follows, foundations }: Precedents): string {
  const own = ids.flatMap((id) => cases.get(id) ?? []);
  const failed = own.filter(({ level, verdict }) => level === 'must' && verdict === 'failed');
  const broken = grouped(failed, ({ requirement }) => requirement);
  const ofRoot = broken.get(root)?.length ?? 0;
  if (foundations.includes(root) && ofRoot > 0) return root;
  const [wider] = [...broken].find(
    ([requirement, { length }]) =>
      length > ofRoot &&
      own.some((each) => each.requirement === requirement && isNowAndThen(each)) &&
      [...broken.keys()].every((each) => each === requirement || follows(each, requirement)),
  ) ?? [root];
  return broken.has(wider) ? wider : (failed[0]?.requirement ?? root);
}

function inferred(evidence: Evidence, precedents: Precedents): Found[] {
  const { suspects, unexplained } = suspectsAmongKnown(evidence, precedents);
  const isViolated = (id: string) => evidence.open.get(id) === 'violated';
  const all = [...suspects, ...byRequirement(unexplained.filter(isViolated), evidence)];
  const few = merged(all, evidence, precedents);
  const hidden = unexplained.filter((id) => !isViolated(id));
  const { suspects: whole, left } = withHidden(few, hidden, evidence, precedents);
  const found = whole.map((suspect) => {
    const defect = likelyDefect(suspect, evidence, precedents);
    const requirement = defect === undefined ? gravest(suspect, evidence, precedents) : suspect.root;
    return { requirement, cases: suspect.cases, ...defect };
  });
  return [...withAttributed(found, evidence), ...byReason(left, evidence)];
}

/** How urgent a case is: a must that failed, a promise that nobody could judge, a should that does not hold. */
function urgency({ verdict, level }: CaseResult): number {
  if (verdict === 'failed') return 0;
  if (verdict === 'warned') return 2;
  return level === 'may' ? 3 : 1;
}

/** The case to look at first: of the cause's own requirement where one is broken. */
function firstOf(requirement: string, cases: readonly CaseResult[]): CaseResult | undefined {
  const rank = (each: CaseResult) => [each.requirement === requirement ? 0 : 1, urgency(each)] as const;
  return cases.toSorted((one, other) => {
    const [[ofOne, oneUrgency], [ofOther, otherUrgency]] = [rank(one), rank(other)];
    const isViolated = (value: number) => (value === 0 || value === 2 ? 0 : 1);
    return isViolated(oneUrgency) - isViolated(otherUrgency) || ofOne - ofOther || oneUrgency - otherUrgency;
  })[0];
}

function told(found: Found, { cases, requirements }: Explained): { cause: Cause; rank: number[] }[] {
  const ids = new Set(found.cases);
  const own = cases.filter(({ id }) => ids.has(id));
  const first = firstOf(found.requirement, own);
  if (first === undefined) return [];
  const row = requirements.find(({ id }) => id === found.requirement);
  const cause = {
    requirement: found.requirement,
    statement: found.statement ?? row?.statement ?? first.title,
    advice: found.advice ?? row?.advice ?? '',
    ...(found.likely !== undefined && { likely: found.likely }),
    ...(found.alternatives !== undefined && { alternatives: found.alternatives }),
    first: first.id,
    explains: own.map(({ id }) => id),
  };
  return [{ cause, rank: [Math.min(...own.map(urgency)), -own.length, cases.indexOf(first)] }];
}

/** A target that cannot be reached or provisioned is one cause, whatever else could be said. */
function notReached({ run, cases, requirements }: Explained, foundations: readonly string[]): Found[] {
  const { unreachable } = run;
  if (unreachable === undefined) return [];
  const own = cases.filter(({ verdict }) => verdict === 'could-not-run');
  const basic = foundations.find((foundation) => requirements.some(({ id }) => id === foundation));
  const { request, problem, advice } = unreachable;
  return [
    {
      requirement: basic ?? own[0]?.requirement ?? '',
      cases: own.map(({ id }) => id),
      statement: `The target cannot be reached or provisioned: ${request}: ${problem}`,
      advice,
    },
  ];
}

/**
 * Explains what is not as it should be in a run by the fewest causes.
 * @param knowledge what is known of what follows from what
 * @returns what explains a run: each case that failed, warned or could not be judged in exactly one cause, the most
 *   important first
 */
export function explainer(knowledge: CauseKnowledge): (results: Explained) => Cause[] {
  const precedents = precedentsOf(knowledge);
  return (results) => {
    const unreached = notReached(results, knowledge.foundations);
    const taken = new Set(unreached.flatMap(({ cases }) => cases));
    const left = results.cases.filter(({ id }) => !taken.has(id));
    const idle = left.filter(neverBegan);
    const evidence = evidenceOf(left.filter((each) => !neverBegan(each)));
    const found = [...unreached, ...withGivenUp(inferred(evidence, precedents), idle, evidence)];
    return found
      .flatMap((each) => told(each, results))
      .toSorted((one, other) => {
        const [difference] = one.rank
          .map((value, index) => value - (other.rank[index] ?? 0))
          .filter((value) => value !== 0);
        return difference ?? 0;
      })
      .map(({ cause }) => cause);
  };
}
