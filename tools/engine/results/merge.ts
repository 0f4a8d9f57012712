import { isDeepStrictEqual } from 'node:util';
import { ConfigurationError } from '../catalogue/errors.ts';
import { requirementResults } from './assemble.ts';
import { grouped } from './grouped.ts';
import { withOtherShards } from './other-shards.ts';
import type { CaseResult, RequirementResult, Results, Traffic } from './results.ts';
import { exitCodeOf, severity, summarise } from './verdict.ts';

/** The results of a run, and the file they come from. */
export interface ResultsFile {
  readonly file: string;
  readonly results: Results;
}

/** The order in which a whole run has its cases and requirements, by id; what it does not know comes last. */
export interface WholeOrder {
  readonly cases: readonly string[];
  readonly requirements: readonly string[];
}

/** A loopback port is another one on each machine; every other part of the address tells a target from others. */
function withoutLoopbackPort(baseUrl: string): string {
  return baseUrl.replace(/^(https?:\/\/(?:127(?:\.\d+){3}|localhost|\[::1\])):\d+/i, '$1');
}

/** What tells a target from others. Of the build that was tested not everybody knows everything. */
export function sameTarget({ ci: _ci, version: _version, commit: _commit, ...target }: Results['target']) {
  return { ...target, baseUrl: withoutLoopbackPort(target.baseUrl) };
}

/** In what two runs contradict each other about the build that was tested. */
export function otherBuild(one: Results['target'], other: Results['target']): string | undefined {
  for (const name of ['version', 'commit'] as const) {
    const [ofOne, ofOther] = [one[name], other[name]];
    if (ofOne !== undefined && ofOther !== undefined && ofOne !== ofOther) {
      return `the ${name} of the target differs (${JSON.stringify(ofOne)} and ${JSON.stringify(ofOther)})`;
    }
  }
  return undefined;
}

/** What must be the same in all shards, by the words for it. */
const sameness: Readonly<Record<string, (results: Results) => unknown>> = {
  'version of the suite': ({ suite }) => suite,
  seed: ({ run }) => run.seed,
  target: ({ target }) => sameTarget(target),
  'number of shards': ({ run }) => run.shard?.split('/')[1],
  filter: ({ run }) => run.filters,
  '--strict': ({ run }) => run.strict ?? false,
  '--repeat': ({ run }) => run.repeat ?? 1,
};

function checkSameness(shards: readonly ResultsFile[]): void {
  const [first, ...rest] = shards;
  if (first === undefined) throw new ConfigurationError('merge needs the results of at least one shard.');
  const whole = shards.find(({ results }) => results.run.shard === undefined);
  if (whole !== undefined) {
    throw new ConfigurationError(`${whole.file} is not a shard of a run; merge takes what \`run --shard i/n\` wrote.`);
  }
  for (const { file, results } of rest) {
    const difference = otherBuild(results.target, first.results.target);
    if (difference !== undefined) {
      throw new ConfigurationError(`${file} and ${first.file} are not of one run: ${difference}.`);
    }
    for (const [words, of] of Object.entries(sameness)) {
      if (!isDeepStrictEqual(of(results), of(first.results))) {
        throw new ConfigurationError(
          `${file} and ${first.file} are not of one run: the ${words} differs (${JSON.stringify(of(results))} and ${JSON.stringify(of(first.results))}).`,
        );
      }
    }
  }
}

/**
 * The cases of all shards. What judges a whole run is in each, and the worst verdict on it counts; what one saw broken
 * of a case of another one counts as if that had seen it.
 */
function mergedCases(shards: readonly ResultsFile[]): CaseResult[] {
  const merged = new Map<string, { file: string; judged: CaseResult }>();
  const seenElsewhere = grouped(
    shards.flatMap(({ results }) => results.cases.filter(({ otherShard }) => otherShard === true)),
    ({ id }) => id,
  );
  for (const { file, results } of shards) {
    for (const judged of results.cases) {
      if (judged.otherShard === true) continue;
      const there = merged.get(judged.id);
      if (there !== undefined && judged.scope !== 'run') {
        throw new ConfigurationError(`${there.file} and ${file} overlap: both have ${judged.id}.`);
      }
      if (there === undefined || severity.indexOf(judged.verdict) < severity.indexOf(there.judged.verdict)) {
        merged.set(judged.id, { file, judged });
      }
    }
  }
  const ids = new Set([...merged.keys(), ...seenElsewhere.keys()]);
  return [...ids].flatMap((id) => withOtherShards(merged.get(id)?.judged, seenElsewhere.get(id) ?? []) ?? []);
}

function inOrder<T extends { readonly id: string }>(items: readonly T[], order: readonly string[]): T[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const place = ({ id }: T) => places.get(id) ?? order.length;
  return items.toSorted((one, other) => place(one) - place(other));
}

function mergedRequirements(
  requirements: readonly RequirementResult[],
  cases: readonly CaseResult[],
  order: readonly string[],
): RequirementResult[] {
  const rows = new Map(requirements.map((row) => [row.id, row]));
  return requirementResults(cases, inOrder([...rows.values()], order));
}

function mergedTraffic(runs: readonly Results['run'][]): Traffic | undefined {
  const all = runs.flatMap(({ traffic }) => traffic ?? []);
  const [first, ...rest] = all;
  if (first === undefined) return undefined;
  const sum = { ...first };
  for (const each of rest) for (const name of Object.keys(sum) as (keyof Traffic)[]) sum[name] += each[name];
  return sum;
}

/** What the parts were compared with, where it was the same for all. */
function mergedBaseline(runs: readonly Results['run'][]): Results['run']['baseline'] {
  const all = runs.flatMap(({ baseline }) => baseline ?? []);
  const [first] = all;
  if (first === undefined || all.length < runs.length || all.some(({ run }) => run !== first.run)) return undefined;
  return { ...first, asBefore: [...new Set(all.flatMap(({ asBefore }) => asBefore))] };
}

/** The shards that are not there, as 3/4. */
function missingShards(shards: readonly ResultsFile[]): string[] {
  const names = new Set(shards.map(({ results }) => results.run.shard));
  const count = Number(shards[0]?.results.run.shard?.split('/')[1] ?? 0);
  return Array.from({ length: count }, (_, index) => `${index + 1}/${count}`).filter((name) => !names.has(name));
}

/** Whether known issues have excused every must that applies. */
function everyMustExcused(cases: readonly CaseResult[]): boolean {
  const musts = cases.filter(({ level, verdict }) => level === 'must' && verdict !== 'not-applicable');
  return musts.length > 0 && musts.every(({ knownIssue }) => knownIssue !== undefined);
}

/** What is put together, and what counts of it. */
interface MergedParts {
  readonly cases: readonly CaseResult[];
  /** Of all parts; of a row that several have the last counts. */
  readonly requirements: readonly RequirementResult[];
  readonly runs: readonly Results['run'][];
  /** Of these, the runs whose end still counts: an interruption, a target that was not there. */
  readonly counted: readonly Results['run'][];
  readonly durationMs: number;
  readonly complete: boolean;
  readonly notes: readonly string[];
  readonly order: WholeOrder;
}

/** The results of the whole, without causes; what nothing else is said of is as in the first of its parts. */
export function concludeMerge(first: Results, parts: MergedParts): Results {
  const { runs, counted, complete, order } = parts;
  const cases = inOrder(parts.cases, order.cases);
  const {
    shard: _shard,
    exitReasons: _exitReasons,
    unreachable: _unreachable,
    notes: _notes,
    traffic: _traffic,
    baseline: _baseline,
    ...run
  } = first.run;
  const partial = !complete || Object.keys(run.filters).length > 0;
  const unreachable = counted.find((each) => each.unreachable !== undefined)?.unreachable;
  const traffic = mergedTraffic(runs);
  const baseline = mergedBaseline(runs);
  const notes = [...new Set([...runs.flatMap((each) => each.notes ?? []), ...parts.notes])];
  const { exitCode, reasons } = exitCodeOf({
    cases,
    strict: run.strict ?? false,
    unreachable: unreachable !== undefined,
    complete,
    interrupted: counted.some((each) => each.exitCode === 130),
    brokenRatchets: [],
    ...(baseline && { asBefore: cases.filter(({ id }) => baseline.asBefore.includes(id)) }),
    refusals: everyMustExcused(cases)
      ? ['the known issues excuse every must of the run, so nothing is left to judge']
      : [],
  });
  const { causes: _causes, ...rest } = first;
  return {
    ...rest,
    run: {
      ...run,
      startedAt: runs.map(({ startedAt }) => startedAt).toSorted()[0] ?? run.startedAt,
      durationMs: parts.durationMs,
      complete,
      partial,
      exitCode,
      ...(reasons.length > 0 && { exitReasons: reasons }),
      ...(unreachable !== undefined && { unreachable }),
      ...(baseline !== undefined && { baseline }),
      ...(traffic !== undefined && { traffic }),
      ...(notes.length > 0 && { notes }),
    },
    summary: summarise(cases, { partial }),
    cases,
    requirements: mergedRequirements(parts.requirements, cases, order.requirements),
  };
}

/**
 * Puts the shards of one run together: what comes out is what the run would have found in one piece. When a shard is
 * missing, the whole is not complete.
 * @throws ConfigurationError when they overlap, or are of different runs: another seed, version, target, filter
 */
export function mergeShards(shards: readonly ResultsFile[], order: WholeOrder): Results {
  checkSameness(shards);
  const [first] = shards;
  if (first === undefined) throw new ConfigurationError('merge needs the results of at least one shard.');
  const runs = shards.map(({ results }) => results.run);
  const missing = missingShards(shards);
  return concludeMerge(first.results, {
    cases: mergedCases(shards),
    requirements: shards.flatMap(({ results }) => results.requirements),
    runs,
    counted: runs,
    durationMs: Math.max(...runs.map(({ durationMs }) => durationMs)),
    complete: missing.length === 0 && runs.every((run) => run.complete),
    notes: missing.map((name) => `the shard ${name} is missing`),
    order,
  });
}
