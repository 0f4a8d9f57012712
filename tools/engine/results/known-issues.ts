/** The rules of known issues as pure functions: what is wrong with a list, and what it makes of the cases of a run. */
import { didYouMean } from '../catalogue/nearest.ts';
import { globMatches } from './id-glob.ts';
import type { CaseResult, Level, ListedIssue, Verdict } from './results.ts';

const idsShown = 5;

/** A case as far as a list of known issues looks at it. */
export interface ListedCase {
  readonly id: string;
  readonly requirement: string;
  readonly level: Level;
}

type Matcher = (listed: Omit<ListedCase, 'level'>) => boolean;

/** Whether a case is meant by its id, its requirement, or a glob over either. */
function meant(glob: string): Matcher {
  const matches = globMatches(glob);
  return ({ id, requirement }) => matches(id) || matches(requirement);
}

/** Whether a case follows from what an entry is about. */
export function entryCovers({ covers = [] }: Pick<ListedIssue, 'covers'>): Matcher {
  const matchers = covers.map(meant);
  return (listed) => matchers.some((matches) => matches(listed));
}

/** Whether an entry is about a case, or the case follows from what it is about. */
export function entryMatches(entry: Pick<ListedIssue, 'match' | 'covers'>): Matcher {
  const [matches, covers] = [meant(entry.match), entryCovers(entry)];
  return (listed) => matches(listed) || covers(listed);
}

/** What an entry names and no case is meant by; undefined when there is no such. */
export function idleGlob(
  { match, covers = [] }: ListedIssue,
  cases: readonly Omit<ListedCase, 'level'>[],
): string | undefined {
  return [match, ...covers].find((glob) => !cases.some(meant(glob)));
}

/** The mark of an entry for which nobody has written a reason yet; --strict refuses it. */
export function lacksReason({ reason }: Pick<ListedIssue, 'reason'>): boolean {
  return /^TODO\b/.test(reason);
}

/** The last day of an entry has passed. @param today as 2027-01-31 */
export function hasExpired({ until }: Pick<ListedIssue, 'until'>, today: string): boolean {
  return until !== undefined && until < today;
}

/**
 * What is wrong with a list of known issues: entries that match nothing, overlap, have expired, or, under --strict,
 * have no reason yet. Judged against all cases there are, not only those of the run: an entry for a case that was
 * filtered out is none too many.
 * @param file the name of the list, for messages
 * @param today as 2027-01-31
 * @returns one sentence each, with file and line; none when all is well
 */
export function knownIssueProblems(
  entries: readonly ListedIssue[],
  cases: readonly ListedCase[],
  { file, today, strict }: { readonly file: string; readonly today: string; readonly strict: boolean },
): string[] {
  const takenBy = new Map<string, ListedIssue>();
  return entries.flatMap((entry) => {
    const at = `${file}, line ${entry.line ?? 0}: ${JSON.stringify(entry.match)}`;
    const idle = idleGlob(entry, cases);
    const matched = cases.filter(entryMatches(entry));
    const judged = matched.filter(({ level }) => level !== 'may');
    if (idle !== undefined) {
      const ids = cases.flatMap(({ id, requirement }) => [id, requirement]);
      const which = idle === entry.match ? '' : ` covers ${JSON.stringify(idle)}, which`;
      return [`${at}${which} matches no case${didYouMean(idle, ids)} Correct or delete the entry.`];
    }
    if (judged.length === 0) return [`${at} matches only cases of level may, which never fail; delete the entry.`];
    const problems: string[] = [];
    if (hasExpired(entry, today)) {
      problems.push(`${at} expired after ${entry.until ?? ''}; fix what it excuses, or set a later date.`);
    }
    if (strict && lacksReason(entry)) problems.push(`${at} has no reason yet (--strict); write one instead of TODO.`);
    const overlapping = judged.find(({ id }) => takenBy.has(id));
    if (overlapping !== undefined) {
      const other = takenBy.get(overlapping.id);
      problems.push(
        `${at} overlaps ${JSON.stringify(other?.match)} on line ${other?.line ?? 0}: both match ${overlapping.id}; narrow or delete one of them.`,
      );
    }
    for (const { id } of judged) takenBy.set(id, takenBy.get(id) ?? entry);
    return problems;
  });
}

/** What an entry makes of a verdict: undefined where it leaves it alone. */
function changedVerdict(kind: ListedIssue['kind'], verdict: Verdict): Verdict | undefined {
  const violated = verdict === 'failed' || verdict === 'warned';
  switch (kind) {
    case 'failing':
      if (violated) return 'expected-failure';
      return verdict === 'passed' ? 'unexpected-pass' : undefined;
    case 'flaky':
      if (violated) return 'expected-failure';
      return verdict === 'passed' ? 'passed' : undefined;
    case 'could-not-run':
      if (verdict === 'could-not-run') return 'expected-failure';
      return verdict === 'passed' ? 'unexpected-pass' : undefined;
  }
}

/** The entry as it is about a case: of what follows from a failure it is tolerated that it could not run. */
function asAbout(entry: ListedIssue, judged: CaseResult): ListedIssue {
  const isHidden = judged.verdict === 'could-not-run' && entryCovers(entry)(judged);
  return isHidden ? { ...entry, kind: 'could-not-run' } : entry;
}

function entryFinder(entries: readonly ListedIssue[]): (judged: CaseResult) => ListedIssue | undefined {
  const matchers = entries.map((entry) => ({ entry, matches: entryMatches(entry) }));
  return (judged) => (judged.level === 'may' ? undefined : matchers.find(({ matches }) => matches(judged))?.entry);
}

/**
 * Puts a list of known issues to the cases of a run. What is listed and fails is an expected failure, what is listed
 * and passes an unexpected pass; a case that could not run is tolerated only if it is listed as such, a flaky one may
 * do either. Cases of level may have no verdict that could be excused.
 */
export function applyKnownIssues(cases: readonly CaseResult[], entries: readonly ListedIssue[]): CaseResult[] {
  const entryOf = entryFinder(entries);
  return cases.map((judged) => {
    const found = entryOf(judged);
    const entry = found && asAbout(found, judged);
    const verdict = entry === undefined ? undefined : changedVerdict(entry.kind, judged.verdict);
    return entry === undefined || verdict === undefined ? judged : { ...judged, verdict, knownIssue: entry };
  });
}

/** Whether the entries match every must of the run that applies to the target: then a run could not go wrong. */
export function excusesEveryMust(cases: readonly CaseResult[], entries: readonly ListedIssue[]): boolean {
  const entryOf = entryFinder(entries);
  const musts = cases.filter(({ level, verdict }) => level === 'must' && verdict !== 'not-applicable');
  return musts.length > 0 && musts.every((judged) => entryOf(judged) !== undefined);
}

/** The first of several ids, and how many more there are, as the subject of a sentence. */
function someOf(ids: readonly string[]): string {
  const more = ids.length - idsShown;
  return `${ids.slice(0, idsShown).join(', ')}${more > 0 ? ` and ${more} more` : ''} ${ids.length === 1 ? 'is' : 'are'}`;
}

/** For each entry with unexpected passes, what to do with it, in words for people. */
export function staleEntries(cases: readonly CaseResult[], entries: readonly ListedIssue[]): string[] {
  const entryOf = entryFinder(entries);
  return entries.flatMap((entry) => {
    const matched = cases.filter((judged) => entryOf(judged) === entry && judged.verdict !== 'not-applicable');
    const passing = matched.filter(({ verdict }) => verdict === 'unexpected-pass').map(({ id }) => id);
    if (passing.length === 0) return [];
    const at = `known issues, line ${entry.line ?? 0} (${entry.match})`;
    return passing.length === matched.length
      ? [`${at}: everything it lists passes; delete the entry`]
      : [`${at}: ${someOf(passing)} no longer so; narrow the entry`];
  });
}
