import type { CaseResult } from '../../engine/results/results.ts';
import { duration, plural } from '../figures.ts';
import { shortened } from '../printable.ts';
import { isPreparation } from '../transcript-lines.ts';
import { needsReading } from '../verdicts.ts';
import { html, type Markup } from './markup.ts';

/** Something that happened in a case; what takes no time has none. */
interface Moment {
  label: string;
  /** Milliseconds since the start of the run. */
  at: number;
  /** Milliseconds. */
  took?: number;
}

/** The style sheet draws a faint line through each row at this height. */
const rowHeight = 38;
const rowsAtMost = 24;
const rowsOfPassed = 3;
/** The step of a request to mute, with another method or by its qualified name too, but not to unmute. */
const muting = /(^|[ .])mute$/i;

/**
 * When what happened, drawn to scale: each request from the moment it was sent until it was answered, each
 * notification when it arrived; preparations, which may be long before, are left out. Times count from the first mute.
 */
export function timeline(each: CaseResult): Markup | false {
  const mute = each.exchanges.find(({ step }) => muting.test(step));
  const moments = momentsOf(each, mute?.sentAtMs ?? 0);
  if (mute === undefined || moments.length < 2) return false;
  const rows = moments.slice(0, needsReading(each.verdict) ? rowsAtMost : rowsOfPassed);
  const start = Math.min(...rows.map(({ at }) => at));
  const end = Math.max(...rows.map(({ at, took = 0 }) => at + took));
  const place = (at: number): string => `${(((at - start) / Math.max(end - start, 0.001)) * 96 + 2).toFixed(1)}%`;
  const zero = place(mute.sentAtMs);
  const more = moments.length - rows.length;
  return html`<figure class="timeline">
    <svg width="100%" height="${rows.length * rowHeight + 4}">
      <line class="zero" x1="${zero}" x2="${zero}" y1="0" y2="100%" />
      ${rows.map((moment, index) => momentRow(moment, index * rowHeight, place))}
    </svg>
    <figcaption>Dotted line: the mute was sent.${more > 0 && ` ${plural(more, 'later event')} not drawn.`}</figcaption>
  </figure>`;
}

function momentsOf({ exchanges, notifications }: CaseResult, zero: number): Moment[] {
  const answered = exchanges
    .filter((exchange) => !isPreparation(exchange))
    .map(({ step, sentAtMs, ms, response, failure = 'no reply' }) => ({
      label: `${step}: ${response === undefined ? failure : `answered ${String(response.status)}`} after ${duration(ms)}`,
      at: sentAtMs,
      took: ms,
    }));
  const arrived = notifications
    .filter(({ kind }) => kind !== 'call')
    .map(({ kind = 'unknown', receivedAtMs }) => ({
      label: `${kind} notification at ${relative(receivedAtMs - zero)}`,
      at: receivedAtMs,
    }));
  return [...answered, ...arrived].toSorted((one, other) => one.at - other.at);
}

function momentRow({ label, at, took }: Moment, top: number, place: (at: number) => string): Markup {
  const from = place(at);
  const level = top + 23;
  const mark =
    took === undefined
      ? html`<circle class="arrival" cx="${from}" cy="${level}" r="5" />`
      : html`<line class="span" x1="${from}" x2="${place(at + took)}" y1="${level}" y2="${level}" />`;
  return html`<text x="0" y="${top + 13}">${shortened(label, 60)}</text>${mark}`;
}

function relative(milliseconds: number): string {
  return milliseconds < 0 ? `−${duration(-milliseconds)}` : `+${duration(milliseconds)}`;
}
