import type { CaseResult, RequirementResult, Results, Verdict } from '../engine/results/results.ts';
import { groupSimilar } from './group-similar.ts';
import { buildWords } from './build-words.ts';
import { codeSpan, prose } from './code-span.ts';
import { partialWords } from './extent.ts';
import { divergenceWords, duration, percentage, plural } from './figures.ts';
import type { NonEmpty } from '../engine/results/grouped.ts';
import { linkable } from './links.ts';
import { repeatOptions } from './repeat-script.ts';
import { flakyCases, repeatWords } from './repeats.ts';
import { type State, statesSince } from './state.ts';
import { consequences, likelyDefects, type ReportedCause, reportedCauses } from './reported-causes.ts';
import { type Twins, twinsAmong } from './twins.ts';
import { addCounts, isUnsettled, requirementFinder } from './verdicts.ts';

/** GitHub cuts long comments, and nobody reads them. */
const linesAtMost = 60;
const unsettledAtMost = 6;
const flakyAtMost = 6;
const namesAtMost = 20;

/**
 * A summary for a pull request or a job: headline, the two figures, counts by level and a list of what does not hold,
 * with statement, difference, hint and source; at most 60 lines. It is lists all through, for tables scroll sideways.
 * With a baseline (results of an earlier run) each entry says whether it is new, as before or fixed; known is what the
 * file of known issues lists.
 * Whatever comes from outside stands in code spans or escaped, so that Markdown, HTML and mentions mean nothing in it.
 */
export function renderMarkdown(results: Results, baseline?: Results): string {
  const { summary, run, target, suite } = results;
  const marks = [...partialWords({ run }), target.insecure && 'certificate not checked'];
  const mark = marks.filter(Boolean).join(', ');
  const head = [
    `## ${summary.verdict === 'conformant' ? '✅' : summary.verdict === 'incomplete' ? '⚠️' : '❌'} ${codeSpan(target.name)}: ${summary.verdict}${mark && ` (${mark})`}`,
    '',
    `**Divergence ${divergenceWords(summary)}** of all must cases failed · **coverage ${percentage(summary.coverage)}** of them could be judged`,
    '',
    ...unreachable(results),
    ...countLines(results),
    '',
  ];
  const foot = [
    `<sub>${[codeSpan(target.baseUrl), ...buildSpans(target), `${codeSpan(suite.name)} ${codeSpan(suite.version)}`, codeSpan(suite.requirementSet), `seed ${String(run.seed)}`, duration(run.durationMs)].join(' · ')}</sub>`,
  ];
  const unsettled = [...unsettledLines(results), ...flakyLines(results)];
  const room = linesAtMost - head.length - unsettled.length - foot.length - 2;
  return `${[...head, ...entriesWithin(room, entries(results, baseline)), ...unsettled, ...foot].join('\n')}\n`;
}

function buildSpans(target: Results['target']): string[] {
  const build = buildWords(target);
  return [
    ...(build === undefined ? [] : [codeSpan(build)]),
    ...(target.ci === undefined ? [] : [link('CI run', target.ci)]),
  ];
}

function unreachable({ run }: Results): string[] {
  if (run.unreachable === undefined) return [];
  const { request, problem, advice } = run.unreachable;
  return [
    `The target cannot be reached or provisioned: ${codeSpan(request)}: ${codeSpan(problem)}. Try: ${codeSpan(advice)}`,
    '',
  ];
}

function countLines({ summary }: Results): string[] {
  const lines = (['must', 'should', 'may'] as const).flatMap((level) => {
    const counts = [...addCounts([summary[level]])].map(([verdict, count]) => `${String(count)} ${verdict}`);
    return counts.length === 0 ? [] : [`- **${level}**: ${counts.join(', ')}`];
  });
  return lines.length === 0 ? ['No case ran.'] : lines;
}

/** Something that does not hold, or does again: what it is in one line, and what else is to be told of it. */
interface Entry {
  readonly name: string;
  readonly first: string;
  readonly more: readonly string[];
}

function entries(results: Results, baseline: Results | undefined): Entry[] {
  const stateOf = statesSince(baseline);
  const rowOf = requirementFinder(results);
  const twinsOf = twinsAmong(results.cases);
  const told = (cases: NonEmpty<CaseResult>, follows?: string): Entry =>
    entry(cases, rowOf(cases[0]), twinsOf(cases), stateOf(cases[0]), follows, results);
  const listed = (verdict: Verdict): Entry[] => {
    const own = results.cases.filter((each) => each.verdict === verdict);
    return groupSimilar(own, (each) => [each.requirement, each.expectation, each.actual]).map((cases) => told(cases));
  };
  const causes = reportedCauses(results).filter(({ example: [first] }) => !isUnsettled(first.verdict));
  const ofVerdict = (verdict: Verdict): Entry[] =>
    causes
      .filter(({ example: [first] }) => first.verdict === verdict)
      .map((cause) => told(newFirst(cause, stateOf), consequenceWords(cause)));
  const fixed = results.cases.filter((each) => each.verdict === 'passed' && stateOf(each) === 'fixed');
  return [
    ...ofVerdict('failed'),
    ...listed('unexpected-pass'),
    ...ofVerdict('warned'),
    ...listed('expected-failure'),
    ...fixed.map((each) => {
      const name = codeSpan(each.id);
      return { name, first: `- ✅ ${name} (${each.level}) **fixed**: passes now`, more: [] };
    }),
  ];
}

/** The cases that show a cause; where some are new since the baseline, those first. */
function newFirst({ example }: ReportedCause, stateOf: (each: CaseResult) => State | undefined): NonEmpty<CaseResult> {
  const [first = example[0], ...others] = example.toSorted(
    (one, other) => Number(stateOf(other) === 'new') - Number(stateOf(one) === 'new'),
  );
  return [first, ...others];
}

/** What follows from a cause, and the known defect that it looks like; undefined where there is neither. */
function consequenceWords(told: ReportedCause): string | undefined {
  const defects = likelyDefects(told.cause);
  const defect =
    defects.length === 0
      ? []
      : [`likely the target ${defects.map(({ id, does }) => `${prose(does)} (${codeSpan(id)})`).join(', or ')}`];
  if (told.others.length === 0) return defect[0];
  const { counts, requirements } = consequences(told);
  return [...defect, `follows: ${counts}; of ${codeSpan(requirements)}`].join(' · ');
}

const signs: Partial<Record<Verdict, string>> = { passed: '✅', failed: '❌', 'unexpected-pass': '❌', warned: '⚠️' };

/** The paths of a case, with a mark for each, where there are two. */
function paths({ marks }: Twins): string {
  if (marks.length < 2) return '';
  return `; ${marks.map(({ path, verdict }) => `${signs[verdict] ?? '◽'} ${codeSpan(path)}`).join(' ')}`;
}

function entry(
  cases: NonEmpty<CaseResult>,
  row: RequirementResult | undefined,
  twins: readonly Twins[],
  state: State | undefined,
  follows: string | undefined,
  { run }: Results,
): Entry {
  const [each] = cases;
  const [first, ...others] = twins;
  const alone = first !== undefined && others.length === 0;
  const name = codeSpan(alone ? first.id : each.requirement);
  const where = alone ? paths(first) : `; ${plural(twins.length, 'case')}`;
  const statement = row === undefined ? '' : `: ${prose(row.statement)}`;
  const lookAt = each.hint ?? row?.advice;
  const source = [
    row && link(prose(row.source), row.url),
    lookAt && `hint: ${prose(lookAt)}`,
    `again: ${codeSpan(repeatOptions(each, { run }))}`,
  ];
  return {
    name,
    first: `- ${signs[each.verdict] ?? '◽'} ${name} (${each.level}${where})${state === undefined ? '' : ` **${state}**`}${statement}`,
    more: [difference(each), source.filter(Boolean).join(' · '), follows ?? '']
      .filter((line) => line !== '')
      .map((line) => `  - ${line}`),
  };
}

function difference(each: CaseResult): string {
  const { knownIssue, expectation, actual } = each;
  const known = knownIssue && codeSpan(knownIssue.reason) + issueLink(knownIssue.issue);
  if (each.verdict === 'unexpected-pass') return `passes, and is listed as failing: ${known ?? ''}`;
  const parts = [expectation && `expected ${codeSpan(expectation)}`, actual && `got ${codeSpan(actual)}`];
  return [...parts, known && `known: ${known}`].filter(Boolean).join(', ');
}

function issueLink(issue: string | undefined): string {
  const address = linkable(issue);
  return address === undefined ? '' : ` ([issue](<${address}>))`;
}

function link(words: string, url: string | undefined): string {
  const address = linkable(url);
  return address === undefined ? words : `[${words}](<${address}>)`;
}

/** As many entries in full as there is room for, and the names of the others. */
function entriesWithin(room: number, all: readonly Entry[]): string[] {
  if (all.length === 0) return [];
  const lines = ['What does not hold, or did not:', ''];
  let shown = 0;
  for (const { first, more } of all) {
    if (lines.length + 1 + more.length > room - 1) break;
    lines.push(first, ...more);
    shown += 1;
  }
  const rest = all.slice(shown).map(({ name }) => name);
  if (rest.length === 0) return [...lines, ''];
  const names = [...new Set(rest)].slice(0, namesAtMost).join(', ');
  return [
    ...lines,
    `- … and ${plural(rest.length, 'more', 'more')}: ${names}${rest.length > namesAtMost ? ', …' : ''}`,
    '',
  ];
}

/** What nobody could judge, and does not follow from what does not hold. */
function unsettledLines(results: Results): string[] {
  const groups = reportedCauses(results).filter(({ example: [first] }) => isUnsettled(first.verdict));
  if (groups.length === 0) return [];
  const lines = groups.slice(0, unsettledAtMost).map(({ example: [first], cause }) => {
    const reason = codeSpan(first.reason ?? 'no reason was recorded');
    return `- ${String(cause.explains.length)} ${first.verdict}: ${reason}`;
  });
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
