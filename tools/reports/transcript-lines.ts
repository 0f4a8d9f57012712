import type { CaseResult, Exchange, NotificationRecord, RecordedHeaders } from '../engine/results/results.ts';
import { duration } from './figures.ts';
import { prettyJson } from './pretty-json.ts';
import { printable, printableLine, shortened } from './printable.ts';

/** How much of a transcript a plain-text report shows before it refers to results.json. */
export interface Limits {
  /** Of each body. */
  lines: number;
  columns: number;
  /** Leaves out the headers that say nothing of any requirement. */
  withoutUsualHeaders?: boolean;
  /** Names the request and its body in place of its curl line. */
  withoutCurl?: boolean;
}

/** Headers that a server adds to every reply, and that no requirement is about. */
const usualHeaders =
  /^(date|connection|keep-alive|content-length|transfer-encoding|strict-transport-security|server|vary|cache-control|odata-version)$/i;

/** A body readable: JSON indented, everything printable, at most so many lines of so many columns. */
export function bodyLines(body: string, limits: Limits): string[] {
  const lines = printable(prettyJson(body) ?? body).split('\n');
  const shown = lines.slice(0, limits.lines).map((line) => shortened(line, limits.columns));
  if (lines.length > shown.length) shown.push(`… ${String(lines.length - shown.length)} more lines in results.json`);
  return shown;
}

/** Headers as lines `name: value`, one for each value. */
function headerLines(headers: RecordedHeaders, { withoutUsualHeaders = false }: Limits): string[] {
  const shown = Object.entries(headers).filter(([name]) => !(withoutUsualHeaders && usualHeaders.test(name)));
  return shown.flatMap(([name, values]) => [values].flat().map((value) => printableLine(`${name}: ${value}`)));
}

/** One request and what came of it: the request as curl, then the reply with headers and body. */
export function exchangeLines(exchange: Exchange, limits: Limits): string[] {
  const { request, response } = exchange;
  const sent = limits.withoutCurl === true ? `${request.method} ${request.url}` : `$ ${exchange.curl}`;
  const lines = [`${printableLine(exchange.step)} (${duration(exchange.ms)})`, printable(sent)];
  // The curl line has the body.
  if (limits.withoutCurl === true && request.body) lines.push(shortened(printableLine(request.body), limits.columns));
  if (response === undefined) lines.push(`no reply: ${printableLine(exchange.failure ?? 'unknown')}`);
  else {
    lines.push(`HTTP ${String(response.status)}`, ...headerLines(response.headers, limits));
    lines.push('', ...(response.body === '' ? ['(no body)'] : bodyLines(response.body, limits)));
    if (response.truncated === true) lines.push('(cut off while recording)');
  }
  return lines;
}

/** One post to the callback: when, where to, what. */
export function notificationLines(notification: NotificationRecord, limits: Limits): string[] {
  const { kind = 'unknown', method, path, receivedAtMs, problems, body } = notification;
  return [
    printableLine(`callback: ${kind} notification at ${receivedAtMs.toFixed(1)} ms: ${method} ${path}`),
    ...problems.map((problem) => printableLine(`problem: ${problem}`)),
    ...headerLines(notification.headers, limits),
    '',
    ...bodyLines(body, limits),
  ];
}

/** Everything that was recorded of a case in the order of time, with an empty line between the parts. */
export function transcriptLines(each: CaseResult, limits: Limits): string[] {
  const parts = [
    ...each.exchanges.map((exchange) => ({ at: exchange.sentAtMs, lines: exchangeLines(exchange, limits) })),
    ...each.notifications.map((one) => ({ at: one.receivedAtMs, lines: notificationLines(one, limits) })),
  ].toSorted((one, other) => one.at - other.at);
  const lines = parts.flatMap((part, index) => (index === 0 ? part.lines : ['', ...part.lines]));
  if (each.truncated === true) lines.push('', '(the transcript was cut to its limit while recording)');
  return lines;
}

/** Whether an exchange prepares or clears away a call, which is seldom what a case is about. */
export function isPreparation({ step }: Exchange): boolean {
  return /^(create|delete) |^get call$/.test(step);
}

/** The exchange that a failure is most likely about: cases stop at what is broken, so the last that is no preparation. */
export function decisiveExchange(each: CaseResult): Exchange | undefined {
  return each.exchanges.findLast((exchange) => !isPreparation(exchange)) ?? each.exchanges.at(-1);
}
