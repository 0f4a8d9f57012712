/** Faults that show only now and then: whether the suite catches each, by whom, and whether it says when they show. */
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { Fault } from '../../emulator/deviation.ts';
import { type Situation, situationNames } from '../../emulator/situations.ts';
import { type Occurrence, type Sporadic, sporadic } from '../../emulator/sporadic.ts';
import { ruledRequirements } from '../../graph/rules/ruled-requirements.ts';
import { wordsOf } from '../../graph/rules/traits.ts';
import { kills, type Observation } from './observed.ts';

/** The shares of the requests in which a fault shows. */
const rates = [0.1, 0.025] as const;

/** What any fault may take down that shows in some sequence of requests. */
const seesEverything: readonly RequirementId[] = ['state.any-sequence'];

export interface SporadicSubject {
  readonly id: string;
  readonly occurrence: Occurrence;
  readonly fault: Sporadic<Fault>;
}

/** What became of one of them. */
export interface SporadicEntry {
  readonly id: string;
  /** How often it has made a difference. */
  readonly strikes: number;
  /** The requirements which it breaks, and that noticed. */
  readonly caughtBy: readonly RequirementId[];
  /** Those that failed or warned, and that it should have spared. */
  readonly strangers: readonly RequirementId[];
  /** What those that caught it say of when it shows. */
  readonly situations: readonly string[];
  /** Whether one of them names the situation in which alone it shows; undefined where it shows in a share of all. */
  readonly isNamed?: boolean;
}

/** Every fault about what rules look at, with every rate and in every situation. */
export function sporadicSubjects(faults: readonly Fault[], seed: number): SporadicSubject[] {
  const occurrences: Occurrence[] = [
    ...rates.map((rate) => ({ rate, seed })),
    ...situationNames.map((when) => ({ when, seed })),
  ];
  return faults
    .filter(
      ({ hooks, breaks }) => hooks !== undefined && breaks.every((requirement) => ruledRequirements.has(requirement)),
    )
    .flatMap((fault) =>
      occurrences.map((occurrence) => {
        const { rate, when } = occurrence;
        return {
          id: `${fault.id} ${when === undefined ? `--rate ${rate}` : `--when ${when}`}`,
          occurrence,
          fault: sporadic(fault, occurrence),
        };
      }),
    );
}

/** So many of them, drawn by a seed; all of them where that is as many. */
export function sampleOf<T extends { readonly id: string }>(
  all: readonly T[],
  size: number,
  draw: (id: string) => number,
): T[] {
  return all.toSorted((one, other) => draw(one.id) - draw(other.id)).slice(0, size);
}

/** What a run against one of them has shown. */
export function sporadicEntry(
  { id, fault, occurrence: { when } }: SporadicSubject,
  { cases }: Observation,
): SporadicEntry {
  const { breaks, mayAlsoBreak = [] } = fault;
  const killing = cases.filter(kills);
  const killed = [...new Set(killing.map(({ requirement }) => requirement))];
  const caughtBy = killed.filter((requirement) => breaks.includes(requirement));
  const situations = [
    ...new Set(
      killing.filter(({ requirement }) => breaks.includes(requirement)).flatMap(({ situation }) => situation ?? []),
    ),
  ];
  const spared = [...breaks, ...mayAlsoBreak, ...seesEverything];
  return {
    id,
    strikes: fault.strikes(),
    caughtBy,
    strangers: killed.filter((requirement) => !spared.includes(requirement)),
    situations,
    ...(when !== undefined && { isNamed: situations.some((told) => names(told, when)) }),
  };
}

/** Whether a report names a situation of the emulator, in whatever words it has for it. */
function names(told: string, situation: Situation): boolean {
  if (situation === 'late') return /after the first \d+ of the run/.test(told);
  return [false, true].some((isConsequence) => told.includes(wordsOf(situation, isConsequence)));
}

/** What does not hold of an entry, in words; what has not struck shows nothing. */
export function sporadicFailures({ id, strikes, caughtBy, strangers }: SporadicEntry): string[] {
  if (strikes === 0) return [];
  return [
    ...(caughtBy.length === 0 ? [`${id} struck ${strikes} times and was not caught`] : []),
    ...strangers.map((requirement) => `${id} kills ${requirement}, which it should have spared`),
  ];
}

/** The end of a run on the console. */
export function renderSporadicText(entries: readonly SporadicEntry[]): string {
  const struck = entries.filter(({ strikes }) => strikes > 0);
  const caught = struck.filter(({ caughtBy }) => caughtBy.length > 0);
  const inSituation = caught.filter(({ isNamed }) => isNamed !== undefined);
  const named = inSituation.filter(({ isNamed }) => isNamed === true);
  const by = new Map<string, number>();
  for (const { caughtBy } of caught)
    for (const requirement of caughtBy) by.set(requirement, (by.get(requirement) ?? 0) + 1);
  const failures = entries.flatMap(sporadicFailures);
  return `${[
    ...failures,
    `caught by ${[...by].map(([requirement, times]) => `${requirement} ${times}`).join(', ')}`,
    `${failures.length === 0 ? 'all gates hold' : `${failures.length} gate failures`}: ${struck.length} of ${entries.length} struck, ${caught.length} of these caught; of ${inSituation.length} in a situation ${named.length} named by it`,
  ].join('\n')}\n`;
}
