import type { CaseResult, RequirementResult, Results } from '../engine/results/results.ts';
import { folded } from './ci-log.ts';
import { plural } from './figures.ts';
import type { NonEmpty } from '../engine/results/grouped.ts';
import { printableLine } from './printable.ts';
import { repeatOptions, repeatScript } from './repeat-script.ts';
import type { Style } from './console-style.ts';
import {
  decisiveExchange,
  exchangeLines,
  notificationLines,
  transcriptLines,
  type Limits,
} from './transcript-lines.ts';
import type { Twins, TwinsOf } from './twins.ts';
import { unexpectedPass } from './unexpected-pass.ts';

const labelWidth = 10;

/**
 * A failure as a vendor reads it: requirement and statement, level and evidence, expected against actual, where it is
 * documented, what to look at, the request as curl and the reply with its body.
 * @param transcript of what was sent and came: what the failure is about, everything, or nothing
 * @param more what else is to be told of it, above the request
 */
export function failureLines(
  cases: NonEmpty<CaseResult>,
  row: RequirementResult | undefined,
  style: Style,
  transcript: 'decisive' | 'all' | 'none',
  run: Results['run'],
  twinsOf: TwinsOf,
  more: readonly (readonly [label: string, text: string])[] = [],
): string[] {
  const [each] = cases;
  const { bold, dim, red, green } = style.colours;
  const evidence = row === undefined ? '' : `, ${row.evidence}`;
  const lines = [
    `${style.sign(each.verdict)} ${bold(printableLine(each.requirement))} ${dim(`(${each.level}${evidence})`)}`,
  ];
  lines.push(...style.wrapped(row?.statement ?? each.title, 2).map((line) => `  ${line}`), '');
  const add = (label: string, text: string | undefined, paint = (line: string) => line): void => {
    if (text) lines.push(...style.labelled(label, text, 2, labelWidth).map(paint));
  };
  add('expected', each.expectation, green);
  add('actual', each.actual, red);
  add('reason', each.reason);
  if (each.verdict === 'unexpected-pass') add('listed', unexpectedPass(each));
  add('hint', each.hint ?? row?.advice);
  add('source', [row?.source, row?.url].filter((part) => part !== undefined).join('; '));
  const twins = twinsOf(cases);
  add('again', repeatOptions(each, { run }));
  add(twins.length === 1 ? 'case' : 'cases', listed(twins, style, 4));
  for (const [label, text] of more) add(label, text);
  const title = `Sent and answered: ${printableLine(each.id)}`;
  if (transcript === 'all') {
    const all = transcriptLines(each, { lines: 200, columns: 1000 }).map(indented);
    lines.push(...folded(title, ['', ...all]));
  } else if (transcript !== 'none' && each.verdict === 'failed') {
    lines.push(...folded(title, decisiveLines(each, linesOfFailure - lines.length)));
  }
  return lines;
}

/** So that two failures fit on a screen; --verbose and the reports have everything. */
const linesOfFailure = 40;

/** Of each body, the most first: as many as there is room for. */
const bodyLengths = [15, 10, 6, 3] as const;

/** The exchange and the notification that a failure is about, in about so many lines. */
function decisiveLines(each: CaseResult, room: number): string[] {
  const attempts = bodyLengths.map((lines) => decisiveWithin(each, { ...shown, lines }));
  return attempts.find((lines) => lines.length <= room) ?? attempts.at(-1) ?? [];
}

const shown = { columns: 200, withoutUsualHeaders: true, withoutCurl: true };

function decisiveWithin(each: CaseResult, limits: Limits): string[] {
  const exchange = decisiveExchange(each);
  const lines: string[] = [];
  if (exchange !== undefined) lines.push('', ...exchangeLines(exchange, limits).map(indented));
  const notification = each.notifications.find(({ problems }) => problems.length > 0);
  if (notification !== undefined) lines.push('', ...notificationLines(notification, limits).map(indented));
  const recorded = [plural(each.exchanges.length, 'request'), plural(each.notifications.length, 'notification')];
  const script = repeatScript(each) === undefined ? '' : ', and a script that repeats them';
  lines.push('', `    (in the report: ${recorded.join(' and ')}${script})`);
  return lines;
}

function indented(line: string): string {
  return line === '' ? '' : `    ${line}`;
}

/**
 * Cases by their ids, at most so many, and how many more there are. One that was put on both paths stands there once,
 * with a mark for each.
 */
export function listed(twins: readonly Twins[], style: Style, limit: number): string {
  const names = twins.slice(0, limit).map(({ id, marks }) => {
    const paths = marks.map(({ path, verdict }) => `${style.plainSign(verdict)} ${path}`);
    return printableLine(id) + (paths.length > 1 ? ` (${paths.join(', ')})` : '');
  });
  const more = twins.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${plural(more, 'more', 'more')}` : '');
}

/** Cases that nobody could judge for one reason. */
export function reasonLines(cases: NonEmpty<CaseResult>, style: Style, twins: TwinsOf): string[] {
  const [{ verdict, reason = 'no reason was recorded' }] = cases;
  return [
    `${style.sign(verdict)} ${style.colours.bold(`${plural(cases.length, 'case')} ${verdict}`)}`,
    ...style.labelled('reason', reason, 2, 10),
    ...style.labelled(cases.length === 1 ? 'case' : 'cases', listed(twins(cases), style, 5), 2, 10),
  ];
}
