import type { CaseResult, Results } from '../engine/results/results.ts';
import { groupSimilar } from './group-similar.ts';
import { plural } from './figures.ts';
import { printable, shortened } from './printable.ts';
import type { NonEmpty } from '../engine/results/grouped.ts';
import { consequences, reportedCauses } from './reported-causes.ts';
import { unsettledByReason } from './unsettled.ts';
import { unexpectedPass } from './unexpected-pass.ts';
import { requirementFinder } from './verdicts.ts';

/** GitHub shows ten annotations of a kind for each step; the tenth says how many more there are. */
const shownAtMost = 9;

/**
 * What a run that does not end with 0 found, as workflow commands of GitHub Actions, one a line: the failed musts (under
 * --strict the warned shoulds too), and where the exit code has other reasons, those. Text of the target cannot end a
 * command or start another.
 */
export function renderAnnotations(results: Results): string {
  const failures = failureCommands(results);
  const others = failures.length > 0 && results.run.exitCode === 1 ? [] : reasonCommands(results);
  return [...failures, ...others].map((line) => `${line}\n`).join('');
}

/** What went wrong before there were results: an option, a file. */
export function renderProblem(title: string, message: string): string {
  return `${command(title, message)}\n`;
}

function failureCommands(results: Results): string[] {
  const row = requirementFinder(results);
  const asBefore = new Set(results.run.baseline?.asBefore);
  const failed = results.cases.filter(
    (each) => isAnnotated(each, results.run.strict === true) && !asBefore.has(each.id),
  );
  const groups = byCause(failed, results);
  const lines = groups.slice(0, shownAtMost).map(({ cases, also }) => {
    const [each] = cases;
    const difference =
      each.verdict === 'unexpected-pass'
        ? unexpectedPass(each)
        : `expected ${each.expectation ?? 'otherwise'}\nactual   ${each.actual ?? 'unknown'}`;
    const lookAt = each.hint ?? row(each)?.advice;
    const message = [row(each)?.statement, difference, lookAt && `hint     ${lookAt}`, also && `follows  ${also}`];
    const name = cases.length === 1 ? each.id : `${each.requirement} (${plural(cases.length, 'case')})`;
    return command(`${results.target.name}: ${name}`, message.filter(Boolean).join('\n'));
  });
  const more = groups.length - lines.length;
  if (more > 0) lines.push(command(results.target.name, `${plural(more, 'more cause')}: see the report`));
  return lines;
}

/** The failures of each cause that show it alike, and what follows from it besides; then what passes unexpectedly. */
function byCause(
  failed: readonly CaseResult[],
  results: Results,
): { readonly cases: NonEmpty<CaseResult>; readonly also?: string }[] {
  const key = (each: CaseResult) => [each.requirement, each.verdict, each.expectation, each.actual];
  const isFailed = new Set(failed);
  const causes = reportedCauses(results).flatMap((told) => {
    const [cases] = groupSimilar(
      [...told.example, ...told.others].filter((each) => isFailed.has(each)),
      key,
    );
    if (cases === undefined) return [];
    const others = [...told.example, ...told.others].filter((each) => !cases.includes(each));
    if (others.length === 0) return [{ cases }];
    const { counts, requirements } = consequences({ ...told, others });
    return [{ cases, also: `${counts}; of ${requirements}` }];
  });
  const passes = groupSimilar(
    failed.filter(({ verdict }) => verdict === 'unexpected-pass'),
    key,
  );
  return [...causes, ...passes.map((cases) => ({ cases }))];
}

/** Why a run ended with its exit code where no failure tells it: not reached, refused, incomplete, a ratchet. */
function reasonCommands({ run, target, cases }: Results): string[] {
  if (run.exitCode === 0 || run.exitCode === 130) return [];
  if (run.unreachable !== undefined) {
    const { request, problem, advice } = run.unreachable;
    return [command(`${target.name}: not reached or provisioned`, `${request}: ${problem}\ntry      ${advice}`)];
  }
  const reasons = run.exitReasons ?? [];
  const unjudged = unsettledByReason(cases).map(
    (own) => `${plural(own.length, 'case')} ${own[0].verdict}: ${own[0].reason ?? 'no reason was recorded'}`,
  );
  const titles: Readonly<Record<number, string>> = { 2: 'refused', 3: 'incomplete' };
  const title = titles[run.exitCode] ?? `exit code ${String(run.exitCode)}`;
  const lines = [...reasons, ...(run.exitCode === 3 ? unjudged.slice(0, shownAtMost) : [])];
  return [command(`${target.name}: ${title}`, lines.join('\n') || 'the report says more')];
}

function isAnnotated({ level, verdict }: CaseResult, strict: boolean): boolean {
  if (verdict === 'unexpected-pass') return level !== 'may';
  return (level === 'must' && verdict === 'failed') || (strict && level === 'should' && verdict === 'warned');
}

function command(title: string, message: string): string {
  return `::error title=${escapedProperty(title)}::${escapedData(shortened(printable(message), 2000))}`;
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions has no table; the toolkit escapes so. */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
