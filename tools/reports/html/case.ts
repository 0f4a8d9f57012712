import type { CaseResult, Results } from '../../engine/results/results.ts';
import { duration, plural } from '../figures.ts';
import { namedIds, requestId, requestName } from '../named-ids.ts';
import { repeatOptions, repeatScript } from '../repeat-script.ts';
import { repeatWords } from '../repeats.ts';
import { decisiveExchange, isPreparation } from '../transcript-lines.ts';
import { needsReading } from '../verdicts.ts';
import { link } from './banner.ts';
import { difference } from './difference.ts';
import { block, exchangeEntry, exchangeLine, notificationEntry } from './exchange.ts';
import { factList, type Fact } from './facts.ts';
import { piece } from './expected-and-found.ts';
import { sign, toneOf } from './glyph.ts';
import { html, type Content, type Markup } from './markup.ts';
import { timeline } from './timeline.ts';

/**
 * How much of a transcript is shown: `whole` is everything that was recorded, `brief` the decisive exchange and one
 * line for each other that is no mere preparation, `lines` a line for each, `counts` only how many there were.
 */
export type Detail = 'whole' | 'brief' | 'lines' | 'counts';

/** The same case on the other path, which is told within. */
export interface Within {
  readonly twin: CaseResult;
  /** Whether it ended in the same way, and need not be read as well. */
  readonly alike: boolean;
  readonly detail: Detail;
}

/**
 * One case: what it found, in words and as recorded.
 * @param within the case on the other path: both have their marks on one entry
 */
export function caseEntry(each: CaseResult, detail: Detail, results: Pick<Results, 'run'>, within?: Within): Markup {
  const marked = within === undefined ? [] : [each, within.twin].toSorted((one) => (one.path === '/app' ? 1 : -1));
  return entry(each, detail, results, {
    title: each.title,
    marks: marked,
    open: needsReading(each.verdict),
    told: true,
    inner: within !== undefined && twinEntry(within, results),
  });
}

/** The same case on the other path; open where it has a story of its own, one line where there is nothing to open. */
function twinEntry({ twin, alike, detail }: Within, results: Pick<Results, 'run'>): Markup {
  const isLine = alike && (detail === 'counts' || twin.omitted !== undefined);
  if (isLine) return twinLine(twin);
  const title = `${alike ? 'The same' : 'Otherwise'} on ${twin.path}`;
  return entry(twin, detail, results, {
    title,
    marks: [],
    open: !alike && needsReading(twin.verdict),
    told: !alike,
    inner: false,
  });
}

function twinLine(twin: CaseResult): Markup {
  const { id, verdict, path, durationMs } = twin;
  const counts = transcriptCounts(twin);
  return html`<p class="case twin ${toneOf(verdict)}" id="${id}" data-verdict="${verdict}">The same on ${path}: ${sign(toneOf(verdict))} ${verdict}
    · <a href="#${id}">${id}</a> · ${duration(durationMs)}${counts !== false && html` · ${counts}`}</p>`;
}

/** What stands on and in an entry beside what the case itself says. */
interface Frame {
  readonly title: string;
  readonly marks: readonly CaseResult[];
  readonly open: boolean;
  /** Whether what it found is to be told: of twins that ended alike once is enough. */
  readonly told: boolean;
  readonly inner: Content;
}

function entry(each: CaseResult, detail: Detail, results: Pick<Results, 'run'>, frame: Frame): Markup {
  const tone = toneOf(each.verdict);
  const read = needsReading(each.verdict);
  return html`<details class="case ${tone}" id="${each.id}" data-verdict="${each.verdict}" ${frame.open && html`open`}>
    <summary>
      ${sign(tone)}
      <span class="title">${frame.title}</span>
      <span class="verdict ${tone}">${each.verdict}${each.repeats?.flaky === true && ', flaky'}</span>
      <span class="meta"><code>${each.id}</code> · ${marks(frame.marks)}${duration(each.durationMs)}</span>
    </summary>
    <div class="opened">
      <p class="actions"><a href="#${each.id}">Link to this case</a></p>
      ${frame.told && comparison(each)}
      ${factList([...(frame.told ? caseFacts(each) : []), ...(detail === 'whole' ? requestFacts(each) : [])])}
      ${frame.told && read && each.exchanges.length > 0 && repeatIt(each, results, detail)}
      ${detail === 'whole' ? wholeTranscript(each) : trimmedTranscript(each, detail)}
      ${frame.inner}
    </div>
  </details>`;
}

/** Where a case was put that is told once for both paths. */
function marks(twins: readonly CaseResult[]): Content {
  return twins.map(({ path, verdict }) => html`${sign(toneOf(verdict))} ${path} · `);
}

/** The request that the case is about, and what the ids in its words are. */
function requestFacts(each: CaseResult): Fact[] {
  if (!needsReading(each.verdict)) return [];
  const decisive = decisiveExchange(each);
  const id = decisive && requestId(decisive);
  const ids = namedIds(each).map(({ id: named, words }) => html`<li><code>${named}</code> is ${words}</li>`);
  return [
    [
      'Request',
      decisive !== undefined &&
        html`${requestName(decisive, each.exchanges)}${id !== undefined && html`, logged by client-request-id <code>${id}</code>`}`,
    ],
    ['Ids', ids.length > 0 && html`<ul>${ids}</ul>`],
  ];
}

/** How to get there again: the options of the command line, and a script for the request alone. */
function repeatIt(each: CaseResult, results: Pick<Results, 'run'>, detail: Detail): Markup {
  const options = html`<span class="step">Repeat it</span> <code>${repeatOptions(each, results)}</code>`;
  const script = detail === 'whole' ? repeatScript(each) : undefined;
  if (script === undefined) return html`<p class="repeat">${options}</p>`;
  return html`<details class="exchange repeat">
    <summary>${options}</summary>
    <div class="opened">
      <p class="remark">With these options the run repeats the case; the script sends its request alone.</p>
      ${block(script, 'curl script')}
    </div>
  </details>`;
}

function comparison({ expectation, actual, level, verdict }: CaseResult): Markup | false {
  if (expectation === undefined && actual === undefined) return false;
  if (expectation === undefined || actual === undefined) {
    const name =
      expectation !== undefined ? 'Expected' : level === 'may' || verdict === 'passed' ? 'Observed' : 'Actual';
    return html`<dl class="comparison"><div><dt>${name}</dt><dd>${expectation ?? actual}</dd></div></dl>`;
  }
  const found = difference(expectation, actual);
  return html`<dl class="comparison">
    <div class="expected"><dt>Expected</dt><dd>${found.expected.map(piece)}</dd></div>
    <div class="actual"><dt>Actual</dt><dd>${found.actual.map(piece)}</dd></div>
  </dl>`;
}

function caseFacts(each: CaseResult): Fact[] {
  const { reason, hint, knownIssue, firstAttempt, checked, repeats, notApplicable, scored } = each;
  return [
    ['Reason', reason],
    ['Decided by', notApplicable],
    ['Hint', hint],
    ['Known issue', knownIssue && knownIssueText(knownIssue)],
    ['Score', scored === false && 'not scored under the chosen requirement set'],
    [repeats?.flaky === true ? 'Flaky' : 'Repeated', repeats && repeatWords(repeats)],
    ['Held', checked !== undefined && checked.length > 0 && checked.join('; ')],
    ['First attempt', firstAttempt && `${firstAttempt.verdict}: ${firstAttempt.reason}`],
  ];
}

function knownIssueText({ match, reason, issue, until, line }: NonNullable<CaseResult['knownIssue']>): Markup {
  const where = line === undefined ? '' : `, line ${String(line)}`;
  return html`${reason} (<code>${match}</code>${where}${until !== undefined && `, until ${until}`})
  ${issue !== undefined && link(issue)}`;
}

function wholeTranscript(each: CaseResult): Markup {
  const decisive = decisiveExchange(each);
  const { firstAttempt } = each;
  return html`${timeline(each)} ${each.exchanges.map((exchange) => exchangeEntry(exchange, exchange === decisive))}
  ${each.notifications.map((notification) => notificationEntry(notification))}
  ${
    firstAttempt !== undefined &&
    firstAttempt.exchanges.length > 0 &&
    html`<p class="part">First attempt</p>
    ${firstAttempt.exchanges.map((exchange) => exchangeEntry(exchange, false))}`
  }
  ${each.truncated === true && html`<p class="remark">The transcript was cut to its limit while recording.</p>`}`;
}

/** How much was sent and came, and where it is; nothing where nothing was. */
function transcriptCounts({ exchanges, notifications, omitted }: CaseResult): Markup | false {
  if (omitted !== undefined) {
    return html`${plural(omitted.exchanges, 'request')} and ${plural(omitted.notifications, 'notification')}, not kept: run with
      <code>--transcripts all</code> to see them.`;
  }
  if (exchanges.length + notifications.length === 0) return false;
  return html`${plural(exchanges.length, 'request')}, ${plural(notifications.length, 'notification')}: the transcript is in results.json.`;
}

function trimmedTranscript(each: CaseResult, detail: Detail): Markup | false {
  const { exchanges, notifications, omitted } = each;
  if (omitted !== undefined || detail === 'counts') {
    const counts = transcriptCounts(each);
    return counts !== false && html`<p class="remark">${counts}</p>`;
  }
  if (exchanges.length + notifications.length === 0) return false;
  const decisive = detail === 'brief' ? decisiveExchange(each) : undefined;
  const others = exchanges.filter((exchange) => exchange !== decisive && !isPreparation(exchange));
  return html`${detail === 'brief' && timeline(each)}
  ${
    others.length > 0 &&
    html`<ul class="lines">
    ${others.map((exchange) => html`<li>${exchangeLine(exchange)}</li>`)}
  </ul>`
  }
  ${decisive !== undefined && exchangeEntry(decisive, true, 'trimmed')}`;
}
