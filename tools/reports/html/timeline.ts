import type { CaseResult } from '../../results/results.ts';
import { duration, plural } from '../figures.ts';
import { shortened } from '../printable.ts';
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

/**
 * When what happened, drawn to scale: each request from the moment it was sent until it was answered, each
 * notification when it arrived. Times count from the first mute, else from the first request. What passed shows the
 * mute and the notifications only.
 */
export function timeline(each: CaseResult): Markup | false {
  const { exchanges, notifications } = each;
  if (exchanges.length === 0 || notifications.length === 0) return false;
  const mute = exchanges.find(({ step }) => step === 'mute');
  const shown = needsReading(each.verdict) || mute === undefined ? exchanges : [mute];
  const zero = (mute ?? exchanges[0])?.sentAtMs ?? 0;
  const moments: Moment[] = [
    ...shown.map(({ step, sentAtMs, ms, response, failure }) => ({
      label: `${step}: ${response === undefined ? (failure ?? 'no reply') : `answered ${String(response.status)}`} after ${duration(ms)}`,
      at: sentAtMs,
      took: ms,
    })),
    ...notifications.map(({ kind = 'unknown', receivedAtMs }) => ({
      label: `${kind} notification at ${relative(receivedAtMs - zero)}`,
      at: receivedAtMs,
    })),
  ].toSorted((one, other) => one.at - other.at);
  const rows = moments.slice(0, rowsAtMost);
  const start = Math.min(...rows.map(({ at }) => at));
  const end = Math.max(...rows.map(({ at, took = 0 }) => at + took));
  const place = (at: number): string => `${(((at - start) / Math.max(end - start, 0.001)) * 96 + 2).toFixed(2)}%`;
  const zeroPlace = zero >= start && place(zero);
  const more = moments.length - rows.length;
  return html`<figure class="timeline">
    <svg width="100%" height="${rows.length * rowHeight + 4}" role="group" aria-label="Timeline">
      ${zeroPlace && html`<line class="zero" x1="${zeroPlace}" x2="${zeroPlace}" y1="0" y2="100%" />`}
      ${rows.map((moment, index) => momentRow(moment, index * rowHeight, place))}
    </svg>
    <figcaption>
      Dotted line: ${mute ? 'the mute' : 'the first request'} was sent.
      ${more > 0 && `${plural(more, 'later event is', 'later events are')} not drawn.`}
    </figcaption>
  </figure>`;
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
