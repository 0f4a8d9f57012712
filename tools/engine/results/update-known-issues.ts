import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { entryCovers, entryMatches, hasExpired, idleGlob, lacksReason, type ListedCase } from './known-issues.ts';
import type { CaseResult, Cause, ListedIssue } from './results.ts';

type Kind = ListedIssue['kind'];

/** What the list is written from. */
export interface KnownIssuesUpdate {
  /** The file as it is; undefined when there is none yet. */
  readonly text: string | undefined;
  /** What is in it. */
  readonly entries: readonly ListedIssue[];
  /** The cases of the run, before any known issue was applied. */
  readonly cases: readonly CaseResult[];
  /** Why they are as they are: what has one cause gets one entry. */
  readonly causes: readonly Cause[];
  /** All cases there are: an entry for one that was not in the run stays as it is. */
  readonly allCases: readonly ListedCase[];
  /** Whether a should that does not hold has to be listed, too. */
  readonly strict: boolean;
  /** As 2027-01-31 */
  readonly today: string;
}

/** As which kinds a case may stand in the list without being noticed; the first is how it is written anew. */
function kindsOf({ level, verdict, repeats }: CaseResult): readonly Kind[] {
  if (level === 'may') return [];
  const isViolated = verdict === 'failed' || verdict === 'warned';
  if (isViolated) return repeats?.flaky === true ? ['flaky', 'failing'] : ['failing', 'flaky'];
  if (verdict === 'could-not-run') return ['could-not-run'];
  // What is said to be flaky may well have passed this time.
  return verdict === 'passed' ? ['flaky'] : [];
}

/** The kind with which a case has to be listed for the run to be tolerated; undefined when it has not. */
function neededKind(judged: CaseResult, strict: boolean): Kind | undefined {
  if (judged.verdict === 'passed' || (judged.verdict === 'warned' && !strict)) return undefined;
  return kindsOf(judged)[0];
}

/** What becomes of an entry: it stays, or goes, and what it says of these cases is said of each of them alone. */
interface Fate {
  readonly stays: boolean;
  readonly inherited: readonly CaseResult[];
}

function fateOf(entry: ListedIssue, update: KnownIssuesUpdate, taken: ReadonlySet<string>): Fate {
  const matches = entryMatches(entry);
  const matched = update.cases.filter((judged) => matches(judged) && judged.level !== 'may');
  const applicable = matched.filter(({ verdict }) => verdict !== 'not-applicable');
  const covers = entryCovers(entry);
  const isRight = (judged: CaseResult) =>
    kindsOf(judged).includes(entry.kind) || (judged.verdict === 'could-not-run' && covers(judged));
  const right = applicable.filter((judged) => isRight(judged) && !taken.has(judged.id));
  if (hasExpired(entry, update.today)) return { stays: false, inherited: right };
  if (idleGlob(entry, update.allCases) !== undefined) {
    return { stays: false, inherited: right.filter(({ verdict }) => verdict !== 'passed') };
  }
  if (update.allCases.some((listed) => matches(listed) && taken.has(listed.id))) {
    return { stays: false, inherited: right };
  }
  if (applicable.length === 0) return { stays: update.allCases.some(matches), inherited: [] };
  // Of a flaky case that passed this time, a single run cannot say that it is not flaky any more.
  const stays = right.length === applicable.length;
  return { stays, inherited: stays ? [] : right.filter(({ verdict }) => verdict !== 'passed') };
}

/** An entry to write: for a requirement, when all of its cases need the same, else for a case. */
interface NewEntry {
  readonly match: string;
  readonly kind: Kind;
  /** The place in the list of the entry whose reason it takes over. */
  readonly origin: number | undefined;
  /** What follows from it. */
  readonly covers?: readonly string[];
}

/** A case that has to be listed. */
interface Needed {
  readonly judged: CaseResult;
  readonly kind: Kind;
  readonly origin: number | undefined;
}

/** Requirements, where all of their cases that apply are among some cases, and the ids of the other cases. */
function namesOf(
  some: readonly CaseResult[],
  { cases, allCases }: KnownIssuesUpdate,
  taken: ReadonlySet<string>,
): string[] {
  const ids = new Set(some.map(({ id }) => id));
  const idle = new Set(
    cases.flatMap(({ id, verdict }) => (verdict === 'not-applicable' && !taken.has(id) ? [id] : [])),
  );
  const isWhole = (requirement: string) =>
    allCases.every((listed) => listed.requirement !== requirement || ids.has(listed.id) || idle.has(listed.id));
  return [...new Set(some.map(({ id, requirement }) => (isWhole(requirement) ? requirement : id)))];
}

/** One entry for what has one cause, where that is more than one requirement; what was listed before stays apart. */
function entryOfCause(
  { requirement, explains }: Cause,
  needed: readonly Needed[],
  update: KnownIssuesUpdate,
  taken: ReadonlySet<string>,
): { readonly entry: NewEntry; readonly members: readonly Needed[] } | undefined {
  const ids = new Set(explains);
  const members = needed.filter(
    ({ judged, kind, origin }) => ids.has(judged.id) && kind !== 'flaky' && origin === undefined,
  );
  if (new Set(members.map(({ judged }) => judged.requirement)).size < 2) return undefined;
  const kind = members.some((each) => each.kind === 'failing') ? 'failing' : 'could-not-run';
  const ofKind = members.filter((each) => each.kind === kind);
  const root = ofKind.find(({ judged }) => judged.requirement === requirement) ?? ofKind[0];
  if (root === undefined) return undefined;
  const own = ofKind.filter(({ judged }) => judged.requirement === root.judged.requirement);
  const [match = root.judged.id] = namesOf(
    own.map(({ judged }) => judged),
    update,
    taken,
  );
  const rest = members.filter(({ judged }) => judged.requirement !== match && judged.id !== match);
  const covers = namesOf(
    rest.map(({ judged }) => judged),
    update,
    taken,
  );
  return { entry: { match, kind, origin: undefined, covers }, members };
}

/** The entries to write: for each cause first, then for what has a cause of its own. */
function newEntries(needed: readonly Needed[], update: KnownIssuesUpdate, taken: ReadonlySet<string>): NewEntry[] {
  const ofCauses = update.causes.flatMap((cause) => entryOfCause(cause, needed, update, taken) ?? []);
  const done = new Set(ofCauses.flatMap(({ members }) => members));
  const rest = needed.filter((each) => !done.has(each));
  return [...ofCauses.map(({ entry }) => entry), ...separateEntries(rest, update, taken)];
}

function separateEntries(
  needed: readonly Needed[],
  { cases, allCases }: KnownIssuesUpdate,
  taken: ReadonlySet<string>,
): NewEntry[] {
  const inRun = new Map(cases.map((judged) => [judged.id, judged]));
  const isNeeded = new Map(needed.map((each) => [each.judged.id, each]));
  const done = new Set<string>();
  return needed.flatMap(({ judged, kind, origin }) => {
    if (done.has(judged.id)) return [];
    const siblings = allCases.filter(({ requirement }) => requirement === judged.requirement);
    const wholeRequirement = siblings.every(({ id }) => {
      const sibling = isNeeded.get(id);
      if (sibling === undefined) return inRun.get(id)?.verdict === 'not-applicable' && !taken.has(id);
      return sibling.kind === kind && sibling.origin === origin;
    });
    if (!wholeRequirement) return [{ match: judged.id, kind, origin }];
    for (const { id } of siblings) done.add(id);
    return [{ match: judged.requirement, kind, origin }];
  });
}

const firstText = `# What is known to fail, and tolerated: see \`run --known-issues\`. TODO stands for reasons to be written.
issues: []
`;

/** The reason of an entry that is written anew, with what the old one said. */
function reasonOf(origin: ListedIssue | undefined, today: string): string {
  if (origin === undefined) return 'TODO';
  if (!hasExpired(origin, today)) return origin.reason;
  const { until = '', reason } = origin;
  return lacksReason(origin) ? reason : `TODO: expired after ${until}, and still so: ${reason}`;
}

/**
 * The known-issues file as it has to be for the run to be tolerated: what no longer holds is taken out, what is new is
 * written with `reason: TODO`, by literal case or requirement ids, one entry for each cause. Entries that still hold stay, as do comments, and
 * so does everything about cases that were not in the run.
 * @returns the text as it was when nothing has to change
 */
export function updatedKnownIssues(update: KnownIssuesUpdate): string {
  const { text, entries, cases, strict, today } = update;
  const taken = new Set<string>();
  const origins = new Map<string, number>();
  const removed = new Set<number>();
  for (const [index, entry] of entries.entries()) {
    const { stays, inherited } = fateOf(entry, update, taken);
    if (!stays) removed.add(index);
    for (const { id } of inherited) if (!origins.has(id)) origins.set(id, index);
    if (stays) for (const { id } of update.allCases.filter(entryMatches(entry))) taken.add(id);
  }
  const needed = cases.flatMap((judged) => {
    const origin = origins.get(judged.id);
    const inheritedKind = origin === undefined ? undefined : entries[origin]?.kind;
    const own = neededKind(judged, strict);
    const isInherited = inheritedKind !== undefined && kindsOf(judged).includes(inheritedKind);
    const kind = own !== undefined && isInherited ? inheritedKind : own;
    return taken.has(judged.id) || kind === undefined ? [] : [{ judged, kind, origin }];
  });
  const added = newEntries(needed, update, taken);
  if (text !== undefined && removed.size === 0 && added.length === 0) return text;

  const document = parseDocument((text ?? firstText).replace(/^\uFEFF/, ''));
  if (!isSeq(document.get('issues'))) document.set('issues', document.createNode([]));
  const list = document.get('issues');
  if (!isSeq(list)) throw new Error('the list of known issues cannot be written');
  const old = [...list.items];
  list.items = old.filter((_, index) => !removed.has(index));
  if (list.items.length === 0) list.flow = added.length === 0;
  for (const { match, kind, origin, covers } of added) {
    const from = origin === undefined ? undefined : old[origin];
    const item = isMap(from) ? (from.clone() as YAMLMap) : document.createNode({ match, kind });
    const before = origin === undefined ? undefined : entries[origin];
    item.set('match', match);
    item.set('kind', kind);
    item.set('reason', reasonOf(before, today));
    if (covers === undefined) item.delete('covers');
    else item.set('covers', document.createNode(covers));
    if (before !== undefined && hasExpired(before, today)) item.delete('until');
    list.items.push(item);
  }
  return document.toString({ lineWidth: 0 });
}
