import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { Catalogue } from '../../engine/catalogue/catalogue.ts';
import { wordingOf } from '../../engine/results/causes/wording.ts';
import type { Level } from '../../engine/results/results.ts';
import { type CaseVerdict, isUnjudged, kills, type SubjectResult } from './observed.ts';

/** What a run against one subject showed, as far as it is not as the emulator without deviation has it. */
interface Entry {
  readonly id: string;
  readonly summary: string;
  /** Cases that were neither judged nor excused: could-not-run, indeterminate or harness-error. */
  readonly unjudgedCases: readonly string[];
  /** Cases that a fault of the suite ended. */
  readonly harnessErrors: readonly string[];
  /** One sentence of what the suite said, from the case that says it best. */
  readonly says?: string;
  readonly durationMs: number;
  /** Whether the first look was at odds with what is declared, so that it was run again in all patience. */
  readonly secondLook: boolean;
}

export interface FaultEntry extends Entry {
  readonly verdict: 'killed' | 'survived';
  readonly breaks: readonly RequirementId[];
  readonly mayAlsoBreak: readonly RequirementId[];
  readonly killedRequirements: readonly RequirementId[];
  readonly killedCases: readonly string[];
  /** What the cases of the requirements that it is made to break say, without what differs from run to run. */
  readonly wordings: readonly string[];
  /** Requirements that it kills and names nowhere, with what a case of each said. */
  readonly unexpected: readonly { readonly requirement: RequirementId; readonly says: string }[];
  /** Requirements that it should break and does not. */
  readonly spared: readonly RequirementId[];
}

export interface VariantEntry extends Entry {
  readonly verdict: 'green' | 'red';
  readonly bends: readonly RequirementId[];
  readonly hides: readonly RequirementId[];
  readonly failedCases: readonly string[];
  readonly warnedCases: readonly string[];
  /** Requirements that warned although the variant does not name them. */
  readonly unexcused: readonly RequirementId[];
  /** Requirements that were left unjudged although the variant does not say that it hides them. */
  readonly lost: readonly RequirementId[];
}

export interface RequirementEntry {
  readonly id: RequirementId;
  readonly level: Level;
  readonly statement: string;
  /** The faults that broke it as they should. */
  readonly provenBy: readonly string[];
  /** Those and the ones that took it down besides. */
  readonly killedBy: readonly string[];
}

export interface CaseEntry {
  readonly id: string;
  readonly requirement: RequirementId;
  readonly level: Level;
  readonly killedBy: readonly string[];
}

/** Faults and variants × requirements: what the suite catches and what it leaves alone. */
export interface Matrix {
  readonly schemaVersion: 1;
  readonly requirementSet: string;
  readonly seed: number;
  /** False when only some faults or variants were run: then nothing can be said of cases that none kills. */
  readonly complete: boolean;
  readonly time: {
    readonly wallMs: number;
    readonly cpuMs: number;
    readonly cases: number;
    readonly casesPerSecond: number;
  };
  /** Cases of the emulator as it is that did not hold; empty when it is the reference that it claims to be. */
  readonly referenceProblems: readonly string[];
  readonly faults: readonly FaultEntry[];
  readonly variants: readonly VariantEntry[];
  readonly requirements: readonly RequirementEntry[];
  readonly cases: readonly CaseEntry[];
}

export interface MatrixFacts {
  readonly seed: number;
  readonly complete: boolean;
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Survivors first, then whatever is at odds with its declaration; the others stay in their order, which is by topic. */
function byTrouble<T>(entries: readonly T[], trouble: (entry: T) => number): T[] {
  return [...entries].sort((one, other) => trouble(other) - trouble(one));
}

/**
 * The matrix of all observations.
 * @param observations at most one for each subject
 */
export function buildMatrix(observations: readonly SubjectResult[], catalogue: Catalogue, facts: MatrixFacts): Matrix {
  const faults = byTrouble(observations.flatMap(faultEntry), ({ verdict, unexpected, spared, harnessErrors }) =>
    verdict === 'survived' ? 1000 : unexpected.length + spared.length + harnessErrors.length,
  );
  const variants = byTrouble(observations.flatMap(variantEntry), ({ verdict, unexcused, lost, harnessErrors }) =>
    verdict === 'red' ? 1000 : unexcused.length + lost.length + harnessErrors.length,
  );
  const ran = observations.reduce((sum, { cases }) => sum + cases.length, 0);
  return {
    schemaVersion: 1,
    requirementSet: catalogue.requirementSet,
    seed: facts.seed,
    complete: facts.complete,
    time: {
      wallMs: facts.wallMs,
      cpuMs: facts.cpuMs,
      cases: ran,
      casesPerSecond: Math.round((1000 * ran) / Math.max(1, facts.wallMs)),
    },
    referenceProblems: observations
      .filter(({ subject }) => subject.kind === 'reference')
      .flatMap(({ cases }) => cases.filter((one) => kills(one) || isUnjudged(one)).map(described)),
    faults,
    variants,
    requirements: catalogue.requirements.map(({ id, level, statement }) => ({
      id,
      level,
      statement,
      provenBy: faults.flatMap(({ id: fault, breaks, killedRequirements }) =>
        breaks.includes(id) && killedRequirements.includes(id) ? [fault] : [],
      ),
      killedBy: faults.flatMap(({ id: fault, killedRequirements }) => (killedRequirements.includes(id) ? [fault] : [])),
    })),
    cases: caseEntries(observations),
  };
}

/** The cases that no fault makes fail or warn; those of level may need none. */
export function unkilledCases({ cases }: Pick<Matrix, 'cases'>): CaseEntry[] {
  return cases.filter(({ level, killedBy }) => level !== 'may' && killedBy.length === 0);
}

function caseEntries(observations: readonly SubjectResult[]): CaseEntry[] {
  const entries = new Map<string, CaseEntry & { killedBy: string[] }>();
  for (const { subject, cases } of observations) {
    for (const one of cases) {
      const { id, requirement, level } = one;
      const entry = entries.get(id) ?? { id, requirement, level, killedBy: [] };
      entries.set(id, entry);
      if (subject.kind === 'fault' && kills(one)) entry.killedBy.push(subject.id);
    }
  }
  return [...entries.values()];
}

function commonEntry({ subject, cases, durationMs, secondLook }: SubjectResult, summary: string): Entry {
  const ids = (holds: (one: CaseVerdict) => boolean) => cases.filter(holds).map(({ id }) => id);
  return {
    id: subject.id,
    summary,
    unjudgedCases: ids(isUnjudged),
    harnessErrors: ids(({ verdict }) => verdict === 'harness-error'),
    durationMs,
    secondLook,
  };
}

function requirementsOf(cases: readonly CaseVerdict[]): RequirementId[] {
  return [...new Set(cases.map(({ requirement }) => requirement))];
}

function faultEntry(observation: SubjectResult): FaultEntry[] {
  const { subject, cases } = observation;
  if (subject.kind !== 'fault') return [];
  const { summary, breaks, mayAlsoBreak = [] } = subject.deviation;
  const killing = cases.filter(kills);
  const killedRequirements = requirementsOf(killing);
  const best = killing.find(({ requirement }) => breaks.includes(requirement)) ?? killing[0];
  return [
    {
      ...commonEntry(observation, summary),
      verdict: killing.length > 0 ? 'killed' : 'survived',
      breaks,
      mayAlsoBreak,
      killedRequirements,
      killedCases: killing.map(({ id }) => id),
      wordings: wordingsOf(killing.filter(({ requirement }) => breaks.includes(requirement))),
      unexpected: killedRequirements
        .filter((id) => !breaks.includes(id) && !mayAlsoBreak.includes(id))
        .map((requirement) => ({
          requirement,
          says: killing
            .filter((one) => one.requirement === requirement)
            .slice(0, 1)
            .map(described)
            .join(),
        })),
      spared: breaks.filter((id) => !killedRequirements.includes(id)),
      ...(best !== undefined && { says: described(best) }),
    },
  ];
}

/** So many are enough to know a fault by. */
const wordingsAtMost = 6;

function wordingsOf(cases: readonly CaseVerdict[]): string[] {
  const all = cases.flatMap(({ why }) => (why === undefined ? [] : [wordingOf(why)]));
  return [...new Set(all)].slice(0, wordingsAtMost);
}

function variantEntry(observation: SubjectResult): VariantEntry[] {
  const { subject, cases } = observation;
  if (subject.kind !== 'variant') return [];
  const { summary, bends = [], hides = [] } = subject.deviation;
  const failed = cases.filter(({ verdict }) => verdict === 'failed');
  const warned = cases.filter(({ verdict }) => verdict === 'warned');
  const lost = cases.filter((one) => isUnjudged(one) && one.level !== 'may' && !hides.includes(one.requirement));
  const unexcused = warned.filter(({ requirement }) => !bends.includes(requirement));
  const worst = failed[0] ?? unexcused[0] ?? lost[0];
  return [
    {
      ...commonEntry(observation, summary),
      verdict: failed.length > 0 ? 'red' : 'green',
      bends,
      hides,
      failedCases: failed.map(({ id }) => id),
      warnedCases: warned.map(({ id }) => id),
      unexcused: requirementsOf(unexcused),
      lost: requirementsOf(lost),
      ...(worst !== undefined && { says: described(worst) }),
    },
  ];
}

function described({ id, verdict, why }: CaseVerdict): string {
  return `${id}: ${verdict}${why === undefined ? '' : `, ${why.length > 300 ? `${why.slice(0, 300)}…` : why}`}`;
}
