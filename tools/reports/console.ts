import type { CaseResult, Results, Verdict } from '../engine/results/results.ts';
import { groupSimilar } from './group-similar.ts';
import { buildWords } from './build-words.ts';
import { folded, forLog, type LogReader } from './ci-log.ts';
import { failureLines, listed, reasonLines } from './console-case.ts';
import { causeLines } from './console-cause.ts';
import { Style, type Terminal } from './console-style.ts';
import { partialWords } from './extent.ts';
import { divergenceWords, duration, percentage, plural } from './figures.ts';
import { printableLine } from './printable.ts';
import { flakyCases, repeatWords } from './repeats.ts';
import { reportedCauses } from './reported-causes.ts';
import { twinsAmong } from './twins.ts';
import { unsettledByReason } from './unsettled.ts';
import { addCounts, severityRank, bySuite, requirementFinder, tally } from './verdicts.ts';

export type Verbosity = 'quiet' | 'normal' | 'verbose';

export interface ConsoleOptions extends Terminal {
  verbosity: Verbosity;
  /** As it should be shown, usually relative to the working directory. */
  reportDir: string;
  /** What folds parts of the log and when that is, in seconds; nothing by default. */
  log?: { readonly reader: LogReader; readonly now: number };
}

/** More causes than this are counted only: the page shows them better. */
const causesInFull = 15;

/**
 * The report at the end of a run: what held by suite, each cause once with all that is needed to mend it (each failure
 * when verbose), and one closing line that is always plain. Nothing in it comes from the target unescaped.
 */
export function renderConsole(results: Results, options: ConsoleOptions): string {
  const closing = closingLine(results, options.reportDir);
  const style = new Style(options);
  const { reader, now } = options.log ?? { reader: 'plain', now: 0 };
  if (options.verbosity === 'quiet') return style.finished(`${closing}\n`);
  const verbose = options.verbosity === 'verbose';
  const parts = [
    headline(results, style),
    unreachable(results, style),
    // Of a target that is not there all say the same.
    results.run.unreachable !== undefined && !verbose ? [] : suites(results, style, verbose),
    ...(verbose
      ? [failures(results, style), warnings(results, style), unsettled(results, style)]
      : [causes(results, style), unexpectedPasses(results, style)]),
    known(results, style),
    flaky(results, style),
    notes(results, style),
    exitReasons(results, style),
    [closing],
  ];
  const text = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return style.finished(forLog(`${text}\n`, reader, now));
}

/** Verdict, figures, counts, time and folder of a run on one line without colours, made to be searched for. */
export function closingLine({ summary, run, target }: Results, reportDir: string): string {
  const counts = [...addCounts([summary.must, summary.should, summary.may])];
  const marks = [
    ...partialWords({ run }),
    ...(run.unreachable ? ['unreachable'] : []),
    ...(target.insecure ? ['insecure'] : []),
  ];
  const verdict = marks.length > 0 ? `${summary.verdict} (${marks.join(', ')})` : summary.verdict;
  const figures = `divergence ${divergenceWords(summary)}, coverage ${percentage(summary.coverage)}`;
  const numbers = counts.map(([name, count]) => `${String(count)} ${name}`).join(', ') || 'nothing ran';
  return `${verdict}: ${figures}; ${numbers}; ${duration(run.durationMs)}; ${printableLine(reportDir)}`;
}

function headline({ suite, target, run }: Results, style: Style): string[] {
  const build = buildWords(target);
  const name = `${style.colours.bold(printableLine(target.name))}${build === undefined ? '' : ` ${build}`} at ${printableLine(target.baseUrl)}`;
  const details = `${printableLine(suite.name)} ${printableLine(suite.version)} · seed ${String(run.seed)}`;
  const filters = Object.entries(run.filters).map(([filter, values]) => `${filter} ${values.join(', ')}`);
  const filtered = filters.length > 0 ? [`Only ${printableLine(filters.join('; '))}`] : [];
  const ci = target.ci === undefined ? [] : [style.colours.dim(printableLine(target.ci))];
  return [name, style.colours.dim(details), ...ci, ...filtered];
}

function unreachable({ run }: Results, style: Style): string[] {
  if (run.unreachable === undefined) return [];
  const { request, problem, advice } = run.unreachable;
  return [
    style.colours.red('The target cannot be reached or provisioned.'),
    ...style.labelled('request', request, 2, 10),
    ...style.labelled('problem', problem, 2, 10),
    ...style.labelled('advice', advice, 2, 10),
  ];
}

function suites(results: Results, style: Style, verbose: boolean): string[] {
  const grouped = [...bySuite(results.cases)];
  const width = Math.min(30, Math.max(0, ...grouped.map(([name]) => printableLine(name).length)));
  const lines = grouped.flatMap(([name, cases]) => {
    const counts = [...tally(cases)];
    const passedFirst = counts.toSorted(([one], [other]) => Number(other === 'passed') - Number(one === 'passed'));
    const words = passedFirst
      .map(([verdict, count]) => paint(`${String(count)} ${verdict}`, verdict, style))
      .join(', ');
    const [[sign] = ['not-applicable' as Verdict]] = counts;
    const line = `${style.sign(sign)} ${printableLine(name).padEnd(width)}  ${words}`;
    return verbose ? [line, ...cases.map((each) => caseLine(each, style))] : [line];
  });
  return folded('The cases by suite', lines);
}

function caseLine(each: CaseResult, style: Style): string {
  const { dim } = style.colours;
  const reason = each.verdict === 'not-applicable' && each.reason ? ` (${printableLine(each.reason)})` : '';
  const observed = each.level === 'may' && each.actual ? ` (${printableLine(each.actual)})` : '';
  const details = `${each.title}${reason}${observed}, ${duration(each.durationMs)}`;
  return `  ${style.sign(each.verdict)} ${printableLine(each.id)}  ${dim(printableLine(details))}`;
}

function paint(text: string, verdict: Verdict, { colours }: Style): string {
  if (verdict === 'failed' || verdict === 'unexpected-pass') return colours.red(text);
  if (verdict === 'passed') return text;
  return verdict === 'not-applicable' ? colours.dim(text) : colours.yellow(text);
}

/** What is to be mended, the first thing first; of each one example, and what follows from it. */
function causes(results: Results, style: Style): string[] {
  // Of a target that is not there the first lines say all.
  const isExplainedAbove = (verdict: Verdict) => results.run.unreachable !== undefined && verdict === 'could-not-run';
  const all = reportedCauses(results).filter(({ example: [first] }) => !isExplainedAbove(first.verdict));
  const twins = twinsAmong(results.cases);
  const full = all.slice(0, causesInFull);
  const rest = all.slice(full.length);
  const explained = all.reduce((sum, { cause }) => sum + cause.explains.length, 0);
  const heading = `${plural(all.length, 'cause explains', 'causes explain')} ${plural(explained, 'case')} that did not pass, the most important first`;
  const names = rest.map(({ cause }) => cause.requirement).join(', ');
  return separated([
    ...(all.length > 1 ? [[style.colours.bold(heading)]] : []),
    ...full.map((told) => causeLines(told, style, results, twins)),
    ...(rest.length > 0 ? [style.wrapped(`… and ${plural(rest.length, 'more cause')}: ${names}`, 0)] : []),
  ]);
}

function unexpectedPasses(results: Results, style: Style): string[] {
  return failureBlocks(
    results.cases.filter(({ verdict }) => verdict === 'unexpected-pass'),
    results,
    style,
    'none',
  );
}

function failures(results: Results, style: Style): string[] {
  const broken = results.cases.filter(({ verdict }) => verdict === 'failed' || verdict === 'unexpected-pass');
  const sorted = broken.toSorted((one, other) => severityRank(one.verdict) - severityRank(other.verdict));
  return failureBlocks(sorted, results, style, 'all');
}

function warnings(results: Results, style: Style): string[] {
  return failureBlocks(
    results.cases.filter(({ verdict }) => verdict === 'warned'),
    results,
    style,
    'all',
  );
}

function failureBlocks(
  cases: readonly CaseResult[],
  results: Results,
  style: Style,
  transcript: 'all' | 'none',
): string[] {
  const row = requirementFinder(results);
  const twins = twinsAmong(results.cases);
  const groups = groupSimilar(cases, (each) => [each.requirement, each.verdict, each.expectation, each.actual]);
  return separated(groups.map((group) => failureLines(group, row(group[0]), style, transcript, results.run, twins)));
}

/** What nobody could judge, with one paragraph for each reason. */
function unsettled(results: Results, style: Style): string[] {
  const twins = twinsAmong(results.cases);
  return separated(unsettledByReason(results.cases).map((cases) => reasonLines(cases, style, twins)));
}

function known(results: Results, style: Style): string[] {
  const groups = groupSimilar(
    results.cases.filter(({ verdict }) => verdict === 'expected-failure'),
    (each) => [each.knownIssue?.issue, each.knownIssue?.reason],
  );
  const twins = twinsAmong(results.cases);
  return separated(
    groups.map((cases) => {
      const { knownIssue } = cases[0];
      const text = [knownIssue?.reason, knownIssue?.issue].filter((part) => part !== undefined).join('; ');
      return [
        `${style.sign('expected-failure')} ${style.colours.bold(`${plural(cases.length, 'expected failure')}`)}`,
        ...style.labelled('known', text, 2, 10),
        ...style.labelled(cases.length === 1 ? 'case' : 'cases', listed(twins(cases), style, 5), 2, 10),
      ];
    }),
  );
}

function flaky({ cases }: Results, style: Style): string[] {
  const found = flakyCases(cases);
  if (found.length === 0) return [];
  const title = `${style.sign('warned')} ${style.colours.bold(`${plural(found.length, 'flaky case')}`)}`;
  const lines = found.map(({ id, repeats }) => `  ${printableLine(id)}  ${repeatWords(repeats)}`);
  return [title, ...lines];
}

/** Why the exit code is not 0: a ratchet or a known issue that passes is no verdict that the closing line could tell. */
function exitReasons({ run }: Results, style: Style): string[] {
  if (run.exitCode === 0 || run.exitReasons === undefined) return [];
  return style.wrapped(`Exit code ${String(run.exitCode)}: ${run.exitReasons.join('; ')}`, 0);
}

function notes({ run, target, cases }: Results, style: Style): string[] {
  const { traffic } = run;
  // What stands elsewhere in this text already: the reasons of the exit code, and what is flaky.
  const flakyStarts = flakyCases(cases).map(({ id }) => `${id} is flaky:`);
  const isShownElsewhere = (note: string) =>
    run.exitReasons?.includes(note) || flakyStarts.some((start) => note.startsWith(start));
  const found = (run.notes ?? []).filter((note) => !isShownElsewhere(note));
  if (target.insecure) found.push('the certificate of the target was not checked (--insecure)');
  if (traffic && traffic.throttled > 0) {
    found.push(
      `${plural(traffic.throttled, 'throttled answer')} waited out, ${duration(traffic.throttleWaitMs)} in all`,
    );
  }
  if (traffic && traffic.strangers > 0) found.push(`${plural(traffic.strangers, 'post')} to unknown callback paths`);
  if (traffic && traffic.callsLeaked > 0) found.push(`${plural(traffic.callsLeaked, 'call')} could not be deleted`);
  return found.flatMap((note) => style.labelled('note', note, 0, 6));
}

function separated(blocks: readonly (readonly string[])[]): string[] {
  return blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}
