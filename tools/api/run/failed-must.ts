import type { CaseRecord } from '../../engine/results/outcome.ts';
import { entryMatches } from '../../engine/results/known-issues.ts';
import type { RunHeader } from '../../engine/results/results.ts';

/** Whether a record says that a must failed which nobody has listed as known: what ends a run under `--bail`. */
export function failedMust({ cases, requirements, knownIssues, unscored }: RunHeader): (record: CaseRecord) => boolean {
  const musts = new Set(requirements.filter(({ level }) => level === 'must').map(({ id }) => id));
  const isListed = knownIssues.filter(({ kind }) => kind !== 'could-not-run').map(entryMatches);
  const ending = cases.filter(
    (planned) =>
      musts.has(planned.requirement) &&
      !unscored?.includes(planned.id) &&
      !isListed.some((matches) => matches(planned)),
  );
  const ids = new Set(ending.map(({ id }) => id));
  return ({ id, outcome }) => outcome.kind === 'broken' && ids.has(id);
}
