import type { CaseResult } from '../engine/results/results.ts';

/** Which entry of the known-issues file says what is no longer so, and what to do with it. */
export function unexpectedPass({ id, knownIssue }: Pick<CaseResult, 'id' | 'knownIssue'>): string {
  if (knownIssue === undefined) return 'passes although it is listed as failing; delete that entry';
  const { match, line, kind } = knownIssue;
  const where = line === undefined ? '' : ` in line ${String(line)}`;
  const says = kind === 'could-not-run' ? 'it cannot run' : 'it fails';
  // Another case that the entry lists may still fail.
  const or = match === id ? '' : ', or narrow it to what still fails';
  return `passes although the known issue "${match}"${where} says that ${says}; delete that entry${or}`;
}
