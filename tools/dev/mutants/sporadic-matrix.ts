/** Faults that show only now and then: whether the suite catches each, by whom, and whether it says when they show. */
import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { Fault } from '../../emulator/deviation.ts';
import { type Situation, situationNames } from '../../emulator/situations.ts';
import { type Occurrence, type Sporadic, sporadic } from '../../emulator/sporadic.ts';
import { owedRefusalRules } from '../../graph/rules/owed-refusal.ts';
import { ruledRequirements } from '../../graph/rules/ruled-requirements.ts';
import { wordsOf } from '../../graph/rules/traits.ts';
import { type CaseVerdict, kills, type SubjectResult } from './observed.ts';
import { isExcepted } from './sporadic-exceptions.ts';

/** The shares of the requests in which a fault shows. */
const rates = [0.1, 0.025] as const;

/** So many of them belong to every run of all faults: each rate and each situation six times. */
export const sampleOfEveryRun = 72;

/** What any fault may take down that shows in some sequence of requests. */
const seesEverything: readonly RequirementId[] = ['state.any-sequence'];

/**
 * What a fault may take down, by what it breaks or takes down anyway, when it shows in some requests only. Where the
 * answer to one clientContext alone is no JSON, it is this clientContext that has made it so; where a mute is not
 * announced that followed a refusal, and another one is, it is the refusal; what is accepted by mistake is so under the
 * qualified name of the action, too.
 */
const blamedToo: Readonly<Partial<Record<RequirementId, readonly RequirementId[]>>> = {
  'response.schema': [
    'context.echo',
    'context.echo-control-characters',
    'context.echo-empty',
    'context.echo-unicode',
    'context.max-length',
    'context.too-long-echo',
  ],
  'roster.self-muted': ['state.refusal-no-effect'],
  ...Object.fromEntries(
    Object.values(owedRefusalRules).map(({ requirement }) => [requirement, ['path.qualified-action-guarded']]),
  ),
};

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
  /**
   * The requirements that noticed, of those that it breaks or takes down with them: which ones it reaches hangs on
   * where it shows.
   */
  readonly caughtBy: readonly RequirementId[];
  /** Those that failed or warned, and that it should have spared, and why. */
  readonly strangers: readonly { readonly requirement: RequirementId; readonly why: string }[];
  /** What those that caught it say of when it shows. */
  readonly situations: readonly string[];
  /** What they say of the situation in which alone it shows; undefined where it shows in a share of all. */
  readonly told?: 'this' | 'another' | 'none';
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

/**
 * So many of them, drawn by a seed, each fault and each occurrence about as often as any other; all of them where that
 * is as many.
 */
export function sampleOf<T extends { readonly id: string }>(
  all: readonly T[],
  size: number,
  draw: (id: string) => number,
): T[] {
  const left = all.map((one) => ({ one, drawn: draw(one.id), parts: partsOf(one.id) }));
  left.sort((one, other) => one.drawn - other.drawn);
  const taken = new Map<string, number>();
  const timesTaken = (parts: readonly string[]) => parts.reduce((sum, part) => sum + (taken.get(part) ?? 0), 0);
  const sample: T[] = [];
  while (sample.length < size && left.length > 0) {
    const least = Math.min(...left.map(({ parts }) => timesTaken(parts)));
    const index = left.findIndex(({ parts }) => timesTaken(parts) === least);
    for (const { one, parts } of left.splice(index, 1)) {
      sample.push(one);
      for (const part of parts) taken.set(part, (taken.get(part) ?? 0) + 1);
    }
  }
  return sample;
}

/** The fault and the occurrence. */
function partsOf(id: string): string[] {
  const [fault = '', ...occurrence] = id.split(' ');
  return [fault, occurrence.join(' ')];
}

/** What a run against one of them has shown. */
export function sporadicEntry(
  { id, fault, occurrence: { when } }: SporadicSubject,
  { cases }: SubjectResult,
): SporadicEntry {
  const { breaks, mayAlsoBreak = [] } = fault;
  const killing = cases.filter(kills);
  const declared = [...breaks, ...mayAlsoBreak];
  const family = [...declared, ...declared.flatMap((requirement) => blamedToo[requirement] ?? [])];
  const ofFamily = killing.filter(({ requirement }) => family.includes(requirement));
  const strangers = killing.filter(
    ({ requirement }) => !family.includes(requirement) && !seesEverything.includes(requirement),
  );
  const situations = [...new Set(ofFamily.flatMap(({ observed }) => observed?.situation ?? []))];
  return {
    id,
    strikes: fault.strikes(),
    caughtBy: [...new Set(ofFamily.map(({ requirement }) => requirement))],
    strangers: strangers.map(({ requirement, why = '' }) => ({ requirement, why })),
    situations,
    ...(when !== undefined && { told: toldOf(when, situations, ofFamily) }),
  };
}

/** Whether reports name a situation of the emulator, in whatever words they have for it. */
function toldOf(
  situation: Situation,
  told: readonly string[],
  killing: readonly CaseVerdict[],
): NonNullable<SporadicEntry['told']> {
  const isThis = (text: string) =>
    situation === 'late'
      ? /after the first \d+ of the run/.test(text)
      : [false, true].some((isConsequence) => text.includes(wordsOf(situation, isConsequence)));
  if (told.some(isThis)) return 'this';
  // Each path has cases of its own.
  if (situation === 'app' && killing.length > 0 && killing.every(({ id }) => id.endsWith('@app'))) return 'this';
  return told.length > 0 ? 'another' : 'none';
}

/** What does not hold of an entry, in words; what has not struck shows nothing. */
export function sporadicFailures(entry: SporadicEntry): string[] {
  const { id, strikes, caughtBy, strangers, situations } = entry;
  if (strikes === 0) return [];
  const hasEscaped = caughtBy.length === 0 && !isExcepted(id, 'escape');
  return [
    ...(hasEscaped ? [`${id} struck ${strikes} times and was not caught`] : []),
    ...strangers.map(({ requirement, why }) => `${id} kills ${requirement}, which it should have spared: ${why}`),
    ...(isMisnamed(entry) ? [`${id} is said to show otherwise: ${situations.join('; ')}`] : []),
  ];
}

function isMisnamed({ id, told }: SporadicEntry): boolean {
  return told === 'another' && !isExcepted(id, 'be told otherwise');
}

/** The end of a run on the console. */
export function renderSporadicText(entries: readonly SporadicEntry[]): string {
  const struck = entries.filter(({ strikes }) => strikes > 0);
  const caught = struck.filter(({ caughtBy }) => caughtBy.length > 0);
  const inSituation = caught.filter(({ told }) => told !== undefined);
  const named = inSituation.filter(({ told }) => told === 'this');
  const misnamed = inSituation.filter(isMisnamed);
  const excepted = struck.filter(({ id, caughtBy }) => caughtBy.length === 0 && isExcepted(id, 'escape'));
  const by = new Map<string, number>();
  for (const { caughtBy } of caught)
    for (const requirement of caughtBy) by.set(requirement, (by.get(requirement) ?? 0) + 1);
  const failures = entries.flatMap(sporadicFailures);
  return `${[
    ...failures,
    `caught by ${[...by].map(([requirement, times]) => `${requirement} ${times}`).join(', ')}`,
    `${failures.length === 0 ? 'all gates hold' : `${failures.length} gate failures`}: ${struck.length} of ${entries.length} struck, ${caught.length} of these caught${excepted.length > 0 ? `, ${excepted.length} not for a reason` : ''}; of ${inSituation.length} in a situation ${named.length} named by it, ${misnamed.length} by another, the rest not, as nothing stands out`,
  ].join('\n')}\n`;
}
