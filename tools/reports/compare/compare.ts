import type { CaseResult, Evidence, Level, RequirementResult, Results, Verdict } from '../../engine/results/results.ts';
import { worstVerdict } from '../../engine/results/verdict.ts';
import { worsened } from '../../engine/results/worse.ts';
import { grouped } from '../../engine/results/grouped.ts';
import { tally } from '../verdicts.ts';

/** One of the runs that are compared. */
export interface ComparedRun {
  /** The target's name, with the start of the run where names repeat. */
  label: string;
  target: string;
  baseUrl: string;
  apiVersion: string;
  suiteVersion: string;
  /** Which build of the target was tested, where that is known. */
  version?: string;
  commit?: string;
  ci?: string;
  startedAt: string;
  durationMs: number;
  verdict: Results['summary']['verdict'];
  divergence: number;
  coverage: number;
  partial: boolean;
  /** Why it is not as it should be: how many causes, and the requirement of the most important. */
  causes?: { count: number; first: string };
}

/** How one requirement stands in one run. */
export interface ComparedCell {
  verdict: Verdict;
  /** How many cases have each verdict that occurs. */
  cases: Partial<Record<Verdict, number>>;
}

/** One requirement over all runs; null where a run did not have it. */
export interface ComparedRequirement {
  id: string;
  suite: string;
  level: Level;
  evidence: Evidence;
  statement: string;
  cells: (ComparedCell | null)[];
  differs: boolean;
}

/** A case whose verdict is another in the last run than in the first; null where a run did not have it. */
export interface CaseChange {
  id: string;
  requirement: string;
  level: Level;
  before: Verdict | null;
  after: Verdict | null;
  actual?: string;
}

/** A case that took much longer or shorter in the last run than in the first, in milliseconds. */
export interface TimingChange {
  id: string;
  before: number;
  after: number;
}

/** What several runs have in common and what not; the changes are those from the first to the last. */
export interface Comparison {
  schemaVersion: 1;
  /** Runs of one target, told by its name, or runs of several. */
  kind: 'targets' | 'runs';
  runs: ComparedRun[];
  requirements: ComparedRequirement[];
  newlyFailing: CaseChange[];
  newlyPassing: CaseChange[];
  otherChanges: CaseChange[];
  timing: TimingChange[];
  /** The last run is worse than the first in a must: what `--gate` asks. */
  worse: boolean;
  /** In which musts, by requirement. */
  worseIn: string[];
}

/** A case counts as slower or faster when it took this many times as long, and this many milliseconds more or less. */
const timingRatio = 2;
const timingDifference = 50;

/** How far beyond what the cases of two runs usually differ by, in standard deviations. */
const timingDeviations = 5;

/**
 * Compares runs, in the order given.
 * @throws RangeError when there are fewer than two.
 */
export function compareResults(results: readonly Results[]): Comparison {
  const [first] = results;
  const last = results.at(-1);
  if (first === undefined || last === undefined || results.length < 2) {
    throw new RangeError('a comparison needs at least two runs');
  }
  const oneTarget = new Set(results.map(({ target }) => target.name)).size === 1;
  const changes = changesBetween(first, last);
  const lasts = new Map(last.cases.map((each) => [each.id, conductOf(each)]));
  const fails = ({ id }: CaseChange): boolean => lasts.get(id) === 'violated';
  const passes = ({ id, before }: CaseChange): boolean => before !== null && lasts.get(id) === 'satisfied';
  const worseIn = worsened(first, last);
  return {
    schemaVersion: 1,
    kind: oneTarget ? 'runs' : 'targets',
    runs: results.map((each) => comparedRun(each, results)),
    requirements: comparedRequirements(results),
    newlyFailing: changes.filter(fails),
    newlyPassing: changes.filter(passes),
    otherChanges: changes.filter((change) => !fails(change) && !passes(change)),
    timing: timingBetween(first, last),
    worse: worseIn.length > 0,
    worseIn,
  };
}

function comparedRun(results: Results, all: readonly Results[]): ComparedRun {
  const { target, run, suite, summary, causes = [] } = results;
  const [cause] = causes;
  const { version, commit, ci } = target;
  const alone = all.filter((other) => other.target.name === target.name).length === 1;
  return {
    label: alone ? target.name : `${target.name}, ${run.startedAt.slice(0, 19).replace('T', ' ')}`,
    target: target.name,
    baseUrl: target.baseUrl,
    apiVersion: target.apiVersion,
    suiteVersion: suite.version,
    ...(version !== undefined && { version }),
    ...(commit !== undefined && { commit }),
    ...(ci !== undefined && { ci }),
    startedAt: run.startedAt,
    durationMs: run.durationMs,
    verdict: summary.verdict,
    divergence: summary.divergence,
    coverage: summary.coverage,
    partial: run.partial,
    ...(cause !== undefined && { causes: { count: causes.length, first: cause.requirement } }),
  };
}

function comparedRequirements(results: readonly Results[]): ComparedRequirement[] {
  const rows = new Map<string, { row: RequirementResult; suite: string }>();
  const byRun = results.map((each) => groupByRequirement(each.cases));
  for (const each of results) {
    for (const row of each.requirements) {
      const suite = byRun.map((groups) => groups.get(row.id)?.[0]?.suite).find((name) => name !== undefined);
      if (!rows.has(row.id)) rows.set(row.id, { row, suite: suite ?? '' });
    }
  }
  return [...rows.values()].map(({ row, suite }) => {
    const cells = byRun.map((groups) => cellOf(groups.get(row.id)));
    const differs = new Set(cells.map((cell) => cell?.verdict)).size > 1;
    return { id: row.id, suite, level: row.level, evidence: row.evidence, statement: row.statement, cells, differs };
  });
}

function groupByRequirement(cases: readonly CaseResult[]): Map<string, CaseResult[]> {
  return grouped(cases, (each) => each.requirement);
}

function cellOf(cases: CaseResult[] | undefined): ComparedCell | null {
  if (cases === undefined) return null;
  return { verdict: worstVerdict(cases.map(({ verdict }) => verdict)), cases: Object.fromEntries(tally(cases)) };
}

function changesBetween(first: Results, last: Results): CaseChange[] {
  const before = new Map(first.cases.map((each) => [each.id, each]));
  const after = new Map(last.cases.map((each) => [each.id, each]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [old, now] = [before.get(id), after.get(id)];
    const each = now ?? old;
    if (each === undefined || conductOf(old) === conductOf(now)) return [];
    const { requirement, level } = each;
    const actual = now?.actual ?? now?.reason;
    const verdicts = { before: old?.verdict ?? null, after: now?.verdict ?? null };
    return [{ id, requirement, level, ...verdicts, ...(actual !== undefined && { actual }) }];
  });
}

/**
 * What the target did, whatever was known or expected of it: a known issue changes the verdict on a case, not the
 * target's conduct.
 */
function conductOf(each: CaseResult | undefined): Verdict | 'satisfied' | 'violated' | undefined {
  switch (each?.verdict) {
    case 'passed':
    case 'unexpected-pass':
      return 'satisfied';
    case 'failed':
    case 'warned':
      return 'violated';
    case 'expected-failure':
      return each.knownIssue?.kind === 'could-not-run' ? 'could-not-run' : 'violated';
    default:
      return each?.verdict;
  }
}

function timingBetween(first: Results, last: Results): TimingChange[] {
  const olds = new Map(first.cases.map((each) => [each.id, each.durationMs]));
  const pairs = last.cases.flatMap(({ id, durationMs: after }) => {
    const before = olds.get(id);
    return before === undefined ? [] : [{ id, before, after }];
  });
  const ratios = isUnusual(pairs.map(({ before, after }) => Math.log(Math.max(1, after) / Math.max(1, before))));
  const differences = isUnusual(pairs.map(({ before, after }) => after - before));
  return pairs
    .filter(
      ({ before, after }) =>
        ratios(Math.log(Math.max(1, after) / Math.max(1, before)), Math.log(timingRatio)) &&
        differences(after - before, timingDifference),
    )
    .toSorted((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before));
}

/**
 * Learns from all values what is usual: the median, and how far from it values are (the median of that, which is two
 * thirds of a standard deviation). A whole run on a slower machine is thus no change of each of its cases.
 * @returns whether a value is further from the median than that, and than a least distance
 */
function isUnusual(values: readonly number[]): (value: number, least: number) => boolean {
  const middle = median(values);
  const deviation = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
  return (value, least) => Math.abs(value - middle) >= Math.max(least, timingDeviations * deviation);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
