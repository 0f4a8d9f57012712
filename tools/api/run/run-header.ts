import type { Catalogue } from '../../engine/catalogue/catalogue.ts';
import type { ListedIssue, RunHeader } from '../../engine/results/results.ts';
import type { ChosenSet } from '../../engine/cases/requirement-set.ts';
import type { Target } from '../../engine/target/target.ts';
import type { ChosenCases } from './run-plan.ts';

/** What the runs on all targets of a command have in common. */
export interface RunIdentity {
  readonly id: string;
  readonly startedAt: string;
  readonly seed: number;
  readonly repeat: number;
  readonly strict: boolean;
  readonly set: ChosenSet;
}

/** What is known of the run on a target before its first case: plain data, with all that results are made of. */
export function runHeader(
  target: Target,
  { cases, filters, shard }: ChosenCases,
  identity: RunIdentity,
  knownIssues: readonly ListedIssue[],
  catalogue: Catalogue,
  suiteVersion: string,
): RunHeader {
  const { strict, set, ...run } = identity;
  const cited = new Set<string>(cases.map(({ requirement }) => requirement));
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
    run: { ...run, filters, ...(shard !== undefined && { shard }) },
    strict,
    cases: cases.map(({ id, requirement, suite, title, path, scope }) => ({
      id,
      requirement,
      suite,
      title,
      path,
      ...(scope === 'run' && { scope }),
    })),
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
