import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import type { PlannedCase } from '../results/outcome.ts';
import type { Capability } from '../target/target.ts';
import type { CaseContext } from '../../graph/context.ts';
import type { RunContext } from './run-context.ts';

export type CaseBody = (context: CaseContext) => Promise<void>;

export interface CaseOptions {
  /** What the case needs beyond what its requirement needs. */
  readonly needs?: readonly Capability[];
  /** Cases that would ask the same again on the other path run on /communications alone. */
  readonly paths?: 'both' | 'communications' | 'app';
  /** The requirement set in which the case first stands, where it came later than its requirement. */
  readonly since?: `call-mute/${number}-${number}`;
}

export interface CaseDefinition {
  readonly slug: string;
  readonly requirement: RequirementId;
  readonly suite: string;
  readonly title: string;
  readonly options: CaseOptions;
  readonly body: CaseBody;
}

export interface RunDefinition extends Omit<CaseDefinition, 'body' | 'options'> {
  readonly options: Pick<CaseOptions, 'since'>;
  readonly body: (context: RunContext) => Promise<void>;
}

/** The cases of one topic. */
export interface Suite {
  readonly name: string;
  readonly cases: readonly CaseDefinition[];
  /** Those that judge the whole run, once, after all cases have ended. */
  readonly wholeRunCases: readonly RunDefinition[];
}

/** The id of a case is made of words of its title, so that it says what it is and does not depend on its place. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('’', '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** A suite that is being written, with the functions that add to it. */
export interface SuiteDefinition {
  readonly suite: Suite;
  /**
   * Adds one way to put a requirement to a target. It passes when its body ends; `expect` says what must hold.
   * @param requirement the promise
   * @param title what the target does when it keeps it, as the end of a sentence that begins with “the target”
   */
  check(requirement: RequirementId, title: string, body: CaseBody): void;
  check(requirement: RequirementId, title: string, options: CaseOptions, body: CaseBody): void;
  /** Adds a requirement that is judged once, over the whole run, after all cases have ended. */
  checkWholeRun(
    requirement: RequirementId,
    title: string,
    body: RunDefinition['body'],
    options?: RunDefinition['options'],
  ): void;
}

/** Begins a suite, which has the cases that `check` and `checkWholeRun` add to it. */
export function defineSuite(name: string): SuiteDefinition {
  const cases: CaseDefinition[] = [];
  const wholeRunCases: RunDefinition[] = [];
  return {
    suite: { name, cases, wholeRunCases },
    check(requirement: RequirementId, title: string, ...rest: [CaseBody] | [CaseOptions, CaseBody]) {
      const [options, body] = rest.length === 1 ? [{}, rest[0]] : rest;
      cases.push({ slug: slugOf(title), requirement, suite: name, title, options, body });
    },
    checkWholeRun(requirement, title, body, options = {}) {
      wholeRunCases.push({ slug: slugOf(title), requirement, suite: name, title, options, body });
    },
  };
}

/** A case of one definition on one path. */
export type RunnableCase = PlannedCase &
  (
    | { readonly scope: 'case'; readonly definition: CaseDefinition }
    | { readonly scope: 'run'; readonly definition: RunDefinition }
  );

function onPath(definition: CaseDefinition, path: PlannedCase['path']): RunnableCase {
  const { requirement, slug, suite, title } = definition;
  const id = `${requirement}/${slug}${path === '/app' ? '@app' : ''}`;
  return { id, requirement, suite, title, path, scope: 'case', definition };
}

/**
 * Every case of some suites: each on both paths of the operation where it does not say otherwise, those that judge the
 * whole run last.
 * @throws Error when two cases have one id
 */
export function casesOf(suites: readonly Suite[]): RunnableCase[] {
  const cases = suites.flatMap((suite) =>
    suite.cases.flatMap((definition) => {
      const { paths = 'both' } = definition.options;
      return [
        ...(paths === 'app' ? [] : [onPath(definition, '/communications')]),
        ...(paths === 'communications' ? [] : [onPath(definition, '/app')]),
      ];
    }),
  );
  const overRun = suites.flatMap((suite) =>
    suite.wholeRunCases.map((definition): RunnableCase => {
      const { requirement, slug, suite: name, title } = definition;
      const id = `${requirement}/${slug}`;
      return { id, requirement, suite: name, title, path: '/communications', scope: 'run', definition };
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
