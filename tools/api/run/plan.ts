import type { Catalogue } from '../../engine/catalogue/catalogue.ts';
import { ConfigurationError } from '../../engine/catalogue/errors.ts';
import { checkCitations } from '../../engine/cases/citations.ts';
import { type ChosenSet, chooseRequirementSet, datedCase } from '../../engine/cases/requirement-set.ts';
import { recordedFilters, selectCases } from '../../engine/cases/select.ts';
import { casesOfShard } from '../../engine/cases/shard.ts';
import type { RunnableCase } from '../../engine/cases/suite.ts';
import type { Cassette } from '../../engine/cassette/cassette.ts';
import { isToRerun } from '../../engine/results/verdict.ts';
import type { ListedIssue, PlannedCaseRow, Results, RunHeader } from '../../engine/results/results.ts';
import { undeclaredNeed } from '../../engine/run/undeclared-need.ts';
import type { Target } from '../../engine/target/target.ts';
import type { RunConfig } from './config.ts';

/** Which cases a run is about, and what limited it to them. */
export interface ChosenCases {
  readonly cases: readonly RunnableCase[];
  /** As results.json records them; anything in it makes the run partial. */
  readonly filters: Record<string, string[]>;
  readonly shard?: string | undefined;
  /** If it is a shard: the cases of all shards. */
  readonly ofAllShards?: readonly RunnableCase[];
}

/** What is to run, on each target alike. */
export interface PlannedRun extends ChosenCases {
  readonly set: ChosenSet;
  readonly seed: number;
  readonly repeat: number;
  readonly strict: boolean;
}

/** What a plan is made of beside the config. */
export interface PlanInputs {
  /** All cases that there are. */
  readonly all: readonly RunnableCase[];
  readonly catalogue: Catalogue;
  /** The cassette that is played. */
  readonly recorded: Pick<Cassette, 'cases' | 'filters' | 'partial' | 'shard' | 'seed' | 'repeat'> | undefined;
  /** The results whose cases are run again. */
  readonly earlier: Results | undefined;
  /** For a run that nobody gives one. */
  readonly randomSeed: number;
}

/** There is nothing to run again, which is good news. The message says why. */
export class NothingToRerun extends Error {
  override readonly name = 'NothingToRerun';
}

/**
 * The cases that did not pass in an earlier run, of those that applied there.
 * @throws NothingToRerun when there are none
 * @throws ConfigurationError when there are some, and this version of the suite has none of them
 */
function casesToRerun(cases: readonly RunnableCase[], earlier: Results, file: string): RunnableCase[] {
  const open = new Set(earlier.cases.filter(isToRerun).map(({ id }) => id));
  if (open.size === 0) {
    throw new NothingToRerun(`There is nothing to rerun: every case in ${file} passed or did not apply.`);
  }
  const chosen = cases.filter(({ id }) => open.has(id));
  if (chosen.length > 0) return chosen;
  throw new ConfigurationError(
    `--rerun ${file}: ${open.size} cases did not pass there, and none of them is among the selected cases of this version of the suite.`,
  );
}

/** The cases of a run by its filters, the earlier run to take up, and its shard. */
function chooseCases(
  all: readonly RunnableCase[],
  { filters, rerun, shard }: Pick<RunConfig, 'filters' | 'rerun' | 'shard'>,
  earlier: Results | undefined,
): ChosenCases {
  const selected = selectCases(all, filters);
  const again = earlier === undefined ? selected : casesToRerun(selected, earlier, rerun ?? '');
  return {
    cases: shard === undefined ? again : casesOfShard(again, shard),
    filters: { ...recordedFilters(filters), ...(rerun !== undefined && { rerun: [rerun] }) },
    ...(shard !== undefined && { shard: `${shard.index}/${shard.count}`, ofAllShards: again }),
  };
}

/** The cases of a recording, of them those that the config chooses. */
function chooseRecorded(
  { cases, filters, partial, shard }: NonNullable<PlanInputs['recorded']>,
  config: RunConfig,
  { all, earlier }: PlanInputs,
): ChosenCases {
  const recorded = new Set(cases);
  // A case that a whole run did not have is one that is new, and could not run.
  const chosen = chooseCases(partial ? all.filter(({ id }) => recorded.has(id)) : all, config, earlier);
  // A part of what was recorded is about that part alone.
  const isShard = shard !== undefined && Object.keys(chosen.filters).length === 0 && filters['rerun'] === undefined;
  return {
    ...(isShard && { ofAllShards: selectCases(all, { suite: [], case: [], requirement: [], ...filters }) }),
    ...chosen,
    shard: chosen.shard ?? shard,
    filters: { ...filters, ...chosen.filters },
  };
}

/**
 * Decides what is to run.
 * @throws ConfigurationError when the config leaves nothing of it or names what does not exist, or a suite cites it
 * @throws NothingToRerun
 */
export function planRun(config: RunConfig, inputs: PlanInputs): PlannedRun {
  const { all, catalogue, recorded, earlier, randomSeed } = inputs;
  checkCitations(all, catalogue);
  return {
    ...(recorded === undefined ? chooseCases(all, config, earlier) : chooseRecorded(recorded, config, inputs)),
    set: chooseRequirementSet(config.requirementSet, all.map(datedCase), catalogue),
    seed: recorded?.seed ?? config.seed ?? randomSeed,
    repeat: recorded?.repeat ?? config.repeat ?? 1,
    strict: config.strict,
  };
}

/** Whether a run is only a part of one that has all cases. */
export function isPart({ filters, shard }: ChosenCases): boolean {
  return Object.keys(filters).length > 0 || shard !== undefined;
}

/** What is known of the run on a target before its first case: plain data, with all that results are made of. */
export function runHeader(
  target: Target,
  { cases, filters, shard, ofAllShards, set, seed, repeat, strict }: PlannedRun,
  { id, startedAt }: { readonly id: string; readonly startedAt: string },
  knownIssues: readonly ListedIssue[],
  catalogue: Catalogue,
  suiteVersion: string,
): RunHeader {
  const own = new Set(cases.map(({ id }) => id));
  const judgeable = (ofAllShards ?? cases).filter(
    (planned) => own.has(planned.id) || undeclaredNeed(planned, target) === undefined,
  );
  const cited = new Set<string>(judgeable.map(({ requirement }) => requirement));
  return {
    event: 'run',
    schemaVersion: 1,
    suite: { name: 'call-mute-conformance', version: suiteVersion, requirementSet: set.requirementSet },
    target: {
      name: target.name,
      baseUrl: target.baseUrl,
      apiVersion: target.apiVersion,
      ...target.build,
      ...(target.tls.insecure && { insecure: true }),
      ...(target.embedded && { embedded: true }),
      capabilities: { ...target.capabilities },
    },
    run: { id, startedAt, seed, repeat, filters, ...(shard !== undefined && { shard }) },
    strict,
    cases: cases.map(caseRow),
    ...(ofAllShards !== undefined && { casesOfAllShards: judgeable.map(caseRow) }),
    requirements: catalogue.requirements
      .filter(({ id }) => cited.has(id))
      .map(({ id, level, evidence, source, url, statement, advice, capability }) => ({
        id,
        level,
        evidence,
        source,
        ...(url !== undefined && { url }),
        statement,
        advice,
        ...(capability !== undefined && { capability }),
      })),
    knownIssues: [...knownIssues],
    ...(set.unscored.length > 0 && { unscored: [...set.unscored] }),
  };
}

function caseRow({ id, requirement, suite, title, path, scope }: RunnableCase): PlannedCaseRow {
  return { id, requirement, suite, title, path, ...(scope === 'run' && { scope }) };
}
