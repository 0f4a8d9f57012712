import type { CaseResult, Results, Verdict } from '../engine/results/results.ts';
import { alike } from './alike.ts';
import { cellSafe, codeSpan } from './code-span.ts';
import { partialWords } from './extent.ts';
import { duration, percentage, plural } from './figures.ts';
import type { Some } from './grouped.ts';
import { linkable } from './links.ts';
import { flakyCases, repeatWords } from './repeats.ts';
import { unsettledByReason } from './unsettled.ts';
import { type State, statesSince } from './state.ts';
import { addCounts, badness } from './verdicts.ts';

/** GitHub cuts long comments, and nobody reads them. */
const linesAtMost = 60;
const unsettledAtMost = 6;
const flakyAtMost = 6;

/**
 * A summary for a pull request or a job: headline, the two figures, counts by level and a table of what does not hold,
 * at most 60 lines. With a baseline (results of an earlier run) each row says whether it is new, as before or
 * fixed; known is what the file of known issues lists.
 * Whatever comes from outside stands in code spans, where Markdown, HTML and mentions mean nothing.
 */
export function renderMarkdown(results: Results, baseline?: Results): string {
  const { summary, run, target, suite } = results;
  const marks = [...partialWords({ run }), target.insecure && 'certificate not checked'];
  const mark = marks.filter(Boolean).join(', ');
  const head = [
    `## ${summary.verdict === 'conformant' ? '✅' : summary.verdict === 'incomplete' ? '⚠️' : '❌'} ${codeSpan(target.name)}: ${summary.verdict}${mark && ` (${mark})`}`,
    '',
    `**Divergence ${percentage(summary.divergence)}** of all must cases failed · **coverage ${percentage(summary.coverage)}** of them could be judged`,
    '',
    ...unreachable(results),
    ...countTable(results),
    '',
  ];
  const foot = [
    `<sub>${[codeSpan(target.baseUrl), `${codeSpan(suite.name)} ${codeSpan(suite.version)}`, codeSpan(suite.requirementSet), `seed ${String(run.seed)}`, duration(run.durationMs)].join(' · ')}</sub>`,
  ];
  const unsettled = [...unsettledLines(results), ...flakyLines(results)];
  const rows = failureRows(results, baseline);
  const room = linesAtMost - head.length - unsettled.length - foot.length - 4;
  const shown = rows.slice(0, Math.max(0, room));
  const withState = rows.some(({ state }) => state !== undefined);
  const table =
    rows.length === 0
      ? []
      : [
          `| Requirement | Level | Expected | Actual |${withState ? ' |' : ''}`,
          `| --- | --- | --- | --- |${withState ? ' --- |' : ''}`,
          ...shown.map(({ cells, state }) => `| ${[...cells, ...(withState ? [state ?? ''] : [])].join(' | ')} |`),
          rows.length > shown.length ? `\n… and ${plural(rows.length - shown.length, 'more row')}` : '',
        ];
  return `${[...head, ...table, ...unsettled, ...foot].join('\n')}\n`;
}

function unreachable({ run }: Results): string[] {
  if (run.unreachable === undefined) return [];
  const { request, problem, advice } = run.unreachable;
  return [
    `The target cannot be reached or provisioned: ${codeSpan(request)}: ${codeSpan(problem)}. Try: ${codeSpan(advice)}`,
    '',
  ];
}

function countTable({ summary }: Results): string[] {
  const columns = [...addCounts([summary.must, summary.should, summary.may]).keys()];
  if (columns.length === 0) return ['No case ran.'];
  return [
    `| | ${columns.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(columns.length)}`,
    ...(['must', 'should', 'may'] as const).map(
      (level) => `| **${level}** | ${columns.map((verdict) => String(summary[level][verdict])).join(' | ')} |`,
    ),
  ];
}

interface Row {
  cells: string[];
  state: State | undefined;
}

const broken: ReadonlySet<Verdict> = new Set(['failed', 'unexpected-pass', 'warned', 'expected-failure']);

function failureRows(results: Results, baseline: Results | undefined): Row[] {
  const stateOf = statesSince(baseline);
  const failing = results.cases
    .filter(({ verdict }) => broken.has(verdict))
    .toSorted((one, other) => badness(one.verdict) - badness(other.verdict));
  const rows = alike(failing, (each) => [each.requirement, each.verdict, each.expectation, each.actual, stateOf(each)]);
  const fixed = results.cases.filter((each) => each.verdict === 'passed' && stateOf(each) === 'fixed');
  return [
    ...rows.map((cases) => ({ cells: cells(cases), state: stateOf(cases[0]) })),
    ...fixed.map((each) => ({ cells: [codeSpan(each.id), each.level, '', 'passes now'], state: 'fixed' as const })),
  ];
}

function cells(cases: Some<CaseResult>): string[] {
  const [each] = cases;
  const names =
    cases.length === 1 ? codeSpan(each.id) : `${codeSpan(each.requirement)} (${plural(cases.length, 'case')})`;
  const { knownIssue } = each;
  const issue = linkable(knownIssue?.issue);
  const known =
    knownIssue && `${codeSpan(knownIssue.reason)}${issue === undefined ? '' : ` ([issue](<${cellSafe(issue)}>))`}`;
  const actual = each.actual === undefined ? '' : codeSpan(each.actual);
  if (each.verdict === 'unexpected-pass') return [names, each.level, `listed as failing: ${known ?? ''}`, 'passes'];
  return [
    names,
    each.level,
    each.expectation ? codeSpan(each.expectation) : '',
    [actual, known].filter(Boolean).join('; '),
  ];
}

function unsettledLines({ cases }: Results): string[] {
  const groups = unsettledByReason(cases);
  if (groups.length === 0) return [];
  const lines = groups
    .slice(0, unsettledAtMost)
    .map((own) => `- ${String(own.length)} ${own[0].verdict}: ${codeSpan(own[0].reason ?? 'no reason was recorded')}`);
  const more = groups.length - lines.length;
  if (more > 0) lines.push(`- … and ${plural(more, 'more reason')}`);
  return ['Without a verdict:', '', ...lines, ''];
}

function flakyLines({ cases }: Results): string[] {
  const found = flakyCases(cases);
  if (found.length === 0) return [];
  const lines = found
    .slice(0, flakyAtMost)
    .map(({ id, repeats }) => `- ${codeSpan(id)}: ${codeSpan(repeatWords(repeats))}`);
  const more = found.length - lines.length;
  if (more > 0) lines.push(`- … and ${plural(more, 'more', 'more')}`);
  return ['Flaky:', '', ...lines, ''];
}
