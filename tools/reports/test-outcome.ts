import type { CaseResult, RequirementResult, Results } from '../engine/results/results.ts';
import { printable, shortened } from './printable.ts';
import { repeatOptions, repeatScript } from './repeat-script.ts';
import { repeatWords } from './repeats.ts';
import { causeElsewhere } from './reported-causes.ts';
import { transcriptLines } from './transcript-lines.ts';
import { isUnsettled } from './verdicts.ts';

const transcriptLimits = { lines: 200, columns: 400 };
export const messageLength = 300;
/** CI systems cut or refuse what is longer; results.json has it all. */
const bodyLength = 64_000;

/** What a case is to programs that know tests: a failure, an error, skipped, or passed (undefined). */
export type TestOutcome = 'failure' | 'error' | 'skipped' | undefined;

/** As for the exit code, a warning under --strict is a failure, and what is no worse than in the baseline is none. */
export function testOutcome(each: CaseResult, { run }: Results): TestOutcome {
  const kind = outcomeOf(each, run);
  const isExcused = (kind === 'failure' || kind === 'error') && run.baseline?.asBefore.includes(each.id) === true;
  return isExcused ? 'skipped' : kind;
}

function outcomeOf({ verdict }: CaseResult, run: Results['run']): TestOutcome {
  if (verdict === 'failed' || verdict === 'unexpected-pass') return 'failure';
  if (verdict === 'warned') return run.strict === true ? 'failure' : undefined;
  if (isUnsettled(verdict)) return 'error';
  return verdict === 'passed' ? undefined : 'skipped';
}

/** What a case came to in one line. */
export function message(each: CaseResult, results: Results): string {
  const { run } = results;
  const { verdict, knownIssue, reason, expectation, actual } = each;
  const difference = expectation !== undefined && `expected ${expectation}, got ${actual ?? 'something else'}`;
  const known = knownIssue && `${knownIssue.reason}${knownIssue.issue === undefined ? '' : ` (${knownIssue.issue})`}`;
  const words = verdict.startsWith('expected') ? [known, difference || reason] : [difference || reason, known];
  const cause = causeElsewhere(each, results);
  const follows = cause && `(cause: ${cause.requirement}, see ${cause.first}) `;
  const told = `${follows ?? ''}${words.filter(Boolean).join('; ') || verdict}`;
  const isAsBefore = run.baseline?.asBefore.includes(each.id) === true;
  return shortened(isAsBefore ? `as in the baseline: ${told}` : told, messageLength);
}

/** What a reader of the CI system sees of a case: all that is needed to find the line at fault. */
export function body(each: CaseResult, row: RequirementResult | undefined, results: Results): string {
  const facts: [string, string | undefined][] = [
    ['requirement', `${each.requirement} (${each.level}, ${row?.evidence ?? 'unknown'})`],
    ['statement', row?.statement],
    ['expected', each.expectation],
    ['actual', each.actual],
    ['reason', each.reason],
    ['cause', causeText(each, results)],
    ['hint', each.hint ?? row?.advice],
    ['source', [row?.source, row?.url].filter((part) => part !== undefined).join(' ')],
    ['repeated', each.repeats && repeatWords(each.repeats)],
    ['again', repeatOptions(each, results)],
    ['known issue', each.knownIssue && knownIssueText(each.knownIssue)],
    ['first attempt', each.firstAttempt && `${each.firstAttempt.verdict}: ${each.firstAttempt.reason}`],
  ];
  const lines = facts.flatMap(([name, value]) => (value ? [`${name}: ${printable(value)}`] : []));
  const script = testOutcome(each, results) === 'failure' ? repeatScript(each) : undefined;
  const again = script === undefined ? [] : ['repeat it:', script, ''];
  const text = ['', ...lines, '', ...again, ...transcriptLines(each, transcriptLimits)].join('\n');
  return `${shortened(text, bodyLength)}\n`;
}

function causeText(each: CaseResult, results: Results): string | undefined {
  const cause = causeElsewhere(each, results);
  return cause && `${cause.requirement}: ${cause.statement} See ${cause.first}.`;
}

function knownIssueText({ match, line, reason }: NonNullable<CaseResult['knownIssue']>): string {
  return `${match}${line === undefined ? '' : ` (line ${String(line)})`}: ${reason}`;
}
