import type { CaseResult, Level, Results } from '../../engine/results/results.ts';
import { isInterrupted } from '../extent.ts';
import { plural } from '../figures.ts';
import { isUnsettled } from '../verdicts.ts';

/** What the verdict says of the target, as the end of a sentence that begins with its name. */
export const predicate = {
  conformant: 'conforms',
  'non-conformant': 'does not conform',
  incomplete: 'is not fully judged',
} as const;

/** Why the verdict of a run is what it is, in sentences. */
export function explanation(results: Results): string[] {
  const { summary, run, cases } = results;
  const having = (level: Level, ...verdicts: CaseResult['verdict'][]): CaseResult[] =>
    cases.filter((each) => each.level === level && verdicts.includes(each.verdict));
  const sentences: string[] = [];
  const failed = having('must', 'failed', 'expected-failure');
  const passed = having('must', 'passed', 'unexpected-pass').length;
  if (run.unreachable !== undefined) sentences.push('The target could not be reached or provisioned.');
  if (failed.length > 0) {
    const requirements = new Set(failed.map((each) => each.requirement)).size;
    sentences.push(`${plural(failed.length, 'must case')} failed, in ${plural(requirements, 'requirement')}.`);
    const known = having('must', 'expected-failure').length;
    if (known > 0) sentences.push(`${String(known)} of them ${known === 1 ? 'is a known issue' : 'are known issues'}.`);
  } else if (passed > 0) {
    sentences.push(
      `${passed === 1 ? 'The one must case' : `All ${String(passed)} must cases`} that could be judged passed.`,
    );
  }
  const open = cases.filter((each) => isUnsettled(each.verdict)).length;
  if (open > 0) sentences.push(`${plural(open, 'case')} could not be judged.`);
  if (!run.complete) {
    const how = isInterrupted({ run }) ? 'was interrupted' : 'is not complete';
    sentences.push(`The run ${how}: what it had not reached has no verdict.`);
  } else if (run.partial) {
    const filtered = run.filters['traffic'] === undefined ? 'was filtered' : 'is of recorded traffic';
    const how = run.shard === undefined ? filtered : `is shard ${run.shard} of a whole`;
    sentences.push(`The run ${how}, so it says nothing about the target as a whole.`);
  }
  const warned = summary.should.warned;
  if (warned > 0)
    sentences.push(
      `${plural(warned, 'should case')} did not hold, which ${run.strict ? 'fails under --strict' : 'only warns'}.`,
    );
  return sentences;
}
