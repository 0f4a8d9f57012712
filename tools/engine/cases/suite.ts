import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { PlannedCase } from '../results/outcome.ts';
import type { Capability } from '../target/target.ts';

/** What a case does with its context. */
export type CaseBody<Context> = (context: Context) => Promise<void>;

export interface CaseOptions {
  /** What the case needs beyond what its requirement needs. */
  readonly needs?: readonly Capability[];
  /** Cases that would ask the same again on the other path run on /communications alone. */
  readonly paths?: 'both' | 'communications' | 'app';
  /**
   * It waits for updates, or for silence, or sends one request after the other: it takes about three times as long as
   * one that looks at an answer, and begins before those.
   */
  readonly waits?: boolean;
  /**
   * It sends dozens of requests one after the other, and would be the last to end: it begins first, and its requests
   * are served before those of other cases.
   */
  readonly isLong?: boolean;
  /**
   * It judges nothing but how requests on its call are answered, whatever was done with that before: a call that other
   * cases have used does as well as one of its own.
   */
  readonly sharesCall?: boolean;
  /** The requirement set in which the case first stands, where it came later than its requirement. */
  readonly since?: `call-mute/${number}-${number}`;
}

/** A case about what other cases may have shown already: only where none has, it asks for itself. */
export interface LookingCase<Context> {
  /** What it looks at. Of the cases that look at the same, one that asks shows it to the others. */
  readonly looksAt: string;
  readonly body: CaseBody<Context>;
}

/** A place in the source, as the stack of an error that begins there; made when it is first read. */
export interface Place {
  readonly stack?: string;
}

export interface CaseDefinition<Context = never> {
  readonly slug: string;
  readonly requirement: RequirementId;
  readonly suite: string;
  readonly title: string;
  readonly options: CaseOptions;
  readonly body: CaseBody<Context>;
  /** What the case looks at, where others may have shown that (see LookingCase). */
  readonly looksAt?: string;
  /** Where it is written. */
  readonly place: Place;
}

export interface WholeRunDefinition<Context = never> extends Omit<CaseDefinition, 'body' | 'options' | 'looksAt'> {
  readonly options: Pick<CaseOptions, 'since'>;
  readonly body: CaseBody<Context>;
}

/**
 * The cases of one topic. What they work with, and what those that judge the whole run look at, is the operation's
 * (see operation.ts).
 */
export interface Suite<Context = never, WholeRun = never> {
  readonly name: string;
  readonly cases: readonly CaseDefinition<Context>[];
  /** Those that judge the whole run, once, after all cases have ended. */
  readonly wholeRunCases: readonly WholeRunDefinition<WholeRun>[];
}

/** The id of a case is made of words of its title, so that it says what it is and does not depend on its place. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('’', '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

type Body<Context> = CaseBody<Context> | LookingCase<Context>;

/** A suite that is being written, with the functions that add to it. */
export interface SuiteDefinition<Context, WholeRun> {
  readonly suite: Suite<Context, WholeRun>;
  /**
   * Adds one way to put a requirement to a target. It passes when its body ends; `expect` says what must hold.
   * @param requirement the promise
   * @param title what the target does when it keeps it, as the end of a sentence that begins with “the target”
   */
  check(requirement: RequirementId, title: string, body: Body<Context>): void;
  check(requirement: RequirementId, title: string, options: CaseOptions, body: Body<Context>): void;
  /** Adds a requirement that is judged once, over the whole run, after all cases have ended. */
  checkWholeRun(
    requirement: RequirementId,
    title: string,
    body: CaseBody<WholeRun>,
    options?: WholeRunDefinition['options'],
  ): void;
}

/**
 * Begins a suite, which has the cases that `check` and `checkWholeRun` add to it.
 * @param defaults what holds of every case that does not say otherwise
 */
export function defineSuite<Context, WholeRun>(
  name: string,
  defaults: Pick<CaseOptions, 'waits' | 'sharesCall'> = {},
): SuiteDefinition<Context, WholeRun> {
  const cases: CaseDefinition<Context>[] = [];
  const wholeRunCases: WholeRunDefinition<WholeRun>[] = [];
  const definition: SuiteDefinition<Context, WholeRun> = {
    suite: { name, cases, wholeRunCases },
    check(requirement: RequirementId, title: string, ...rest: [Body<Context>] | [CaseOptions, Body<Context>]) {
      const [options, given] = rest.length === 1 ? [{}, rest[0]] : rest;
      const place = placeOf(definition.check);
      cases.push({
        slug: slugOf(title),
        requirement,
        suite: name,
        title,
        options: { ...defaults, ...options },
        ...(typeof given === 'function' ? { body: given } : given),
        place,
      });
    },
    checkWholeRun(requirement, title, body, options = {}) {
      const place = placeOf(definition.checkWholeRun);
      wholeRunCases.push({ slug: slugOf(title), requirement, suite: name, title, options, body, place });
    },
  };
  return definition;
}

/** Where a function was called from. */
function placeOf(called: (...words: never[]) => unknown): Place {
  const place: Place = {};
  Error.captureStackTrace(place, called);
  return place;
}

/** A case of one definition on one path. */
export type RunnableCase<Context = never, WholeRun = never> = PlannedCase & {
  /** About how much of a run it takes, in units of the lightest. */
  readonly weight: number;
} & (
    | { readonly scope: 'case'; readonly definition: CaseDefinition<Context> }
    | { readonly scope: 'run'; readonly definition: WholeRunDefinition<WholeRun> }
  );

function onPath<Context, WholeRun>(
  definition: CaseDefinition<Context>,
  path: PlannedCase['path'],
): RunnableCase<Context, WholeRun> {
  const { requirement, slug, suite, title, options } = definition;
  const id = `${requirement}/${slug}${path === '/app' ? '@app' : ''}`;
  return { id, requirement, suite, title, path, weight: weightOf(options), scope: 'case', definition };
}

function weightOf({ isLong = false, waits = false }: CaseOptions): number {
  if (isLong) return 10;
  return waits ? 3 : 1;
}

/**
 * Every case of some suites: each on both paths of the operation where it does not say otherwise, those that judge the
 * whole run last.
 * @throws Error when two cases have one id
 */
export function casesOf<Context, WholeRun>(
  suites: readonly Suite<Context, WholeRun>[],
): RunnableCase<Context, WholeRun>[] {
  const cases = suites.flatMap((suite) =>
    suite.cases.flatMap((definition): RunnableCase<Context, WholeRun>[] => {
      const { paths = 'both' } = definition.options;
      return [
        ...(paths === 'app' ? [] : [onPath(definition, '/communications')]),
        ...(paths === 'communications' ? [] : [onPath(definition, '/app')]),
      ];
    }),
  );
  const overRun = suites.flatMap((suite) =>
    suite.wholeRunCases.map((definition): RunnableCase<Context, WholeRun> => {
      const { requirement, slug, suite: name, title } = definition;
      const id = `${requirement}/${slug}`;
      return { id, requirement, suite: name, title, path: '/communications', weight: 1, scope: 'run', definition };
    }),
  );
  const all = [...cases, ...overRun];
  const ids = new Set<string>();
  for (const { id } of all) {
    if (ids.has(id)) throw new Error(`two cases have the id ${id}`);
    ids.add(id);
  }
  return all;
}
