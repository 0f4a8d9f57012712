import type { Exchange, NotificationRecord, RecordedHeaders } from '../../engine/results/results.ts';
import { duration } from '../figures.ts';
import { prettyJson } from '../pretty-json.ts';
import { shortened } from '../printable.ts';
import { html, type Markup } from './markup.ts';

const trimmedBody = 400;

/** One exchange on one line: what for, where to, what was answered, how long it took. */
export function exchangeLine({ step, request, response, failure, ms }: Exchange): Markup {
  const answer =
    response === undefined ? html`<b class="failed">${failure ?? 'no reply'}</b>` : html`<b>${response.status}</b>`;
  return html`<span class="step">${step}</span> <code>${request.method} ${pathOf(request.url)}</code> → ${answer}
    <span class="ms">${duration(ms)}</span>`;
}

/**
 * One exchange that opens to request, reply and the curl line that repeats it; the decisive one of a case is open.
 * Trimmed, it has the curl line, the headers that rules are about and the beginning of the body.
 */
export function exchangeEntry(exchange: Exchange, decisive: boolean, extent: 'whole' | 'trimmed' = 'whole'): Markup {
  const { request, response, curl } = exchange;
  const trimmed = extent === 'trimmed';
  return html`<details class="exchange${decisive && ' decisive'}" ${decisive && !trimmed && html`open`}>
    <summary>${exchangeLine(exchange)}</summary>
    <div class="opened">
      <p class="part">As curl</p>
      ${block(curl, 'curl')}
      ${
        !trimmed &&
        html`<p class="part">Request</p>
        ${block(`${request.method} ${request.url}\n${headerText(request.headers)}`)}
        ${request.body !== null && block(readable(request.body))} ${cutOff(request.truncated)}`
      }
      <p class="part">Reply</p>
      ${
        response === undefined
          ? html`<p class="remark">${exchange.failure ?? 'There was no reply.'}</p>`
          : html`${block(`HTTP ${String(response.status)}\n${headerText(trimmed ? tellingHeaders(response.headers) : response.headers)}`, 'reply')}
          ${
            response.body === ''
              ? html`<p class="remark">No body.</p>`
              : block(trimmed ? shortened(readable(response.body), trimmedBody) : readable(response.body), 'reply')
          }
          ${cutOff(response.truncated)}`
      }
    </div>
  </details>`;
}

/** One post to the callback. */
export function notificationEntry(notification: NotificationRecord): Markup {
  const { kind = 'unknown', method, path, headers, body, problems, truncated } = notification;
  return html`<details class="exchange" ${problems.length > 0 && html`open`}>
    <summary>
      <span class="step">${kind} notification</span> <code>${method} ${path}</code>
      <span class="ms">at ${notification.receivedAtMs.toFixed(1)} ms of the run</span>
      ${problems.length > 0 && html`<b class="failed">${problems.length} problems</b>`}
    </summary>
    <div class="opened">
      ${problems.length > 0 && html`<ul class="problems">${problems.map((problem) => html`<li>${problem}</li>`)}</ul>`}
      ${block(`${method} ${path}\n${headerText(headers)}`)} ${body !== '' && block(readable(body))} ${cutOff(truncated)}
    </div>
  </details>`;
}

/** Beyond this many characters or lines a block may have to scroll. */
const scrolls = { characters: 400, lines: 12 };

/** Text as it was sent. What scrolls must be reachable by keyboard. */
export function block(text: string, kind: 'plain' | 'curl' | 'curl script' | 'reply' = 'plain'): Markup {
  return html`<pre class="block ${kind}" ${mayScroll(text) && focusable}>${text}</pre>`;
}

const focusable = html`tabindex="0"`;

function mayScroll(text: string): boolean {
  return text.length > scrolls.characters || text.split('\n').length > scrolls.lines;
}

function cutOff(truncated: boolean | undefined): Markup | false {
  return truncated === true && html`<p class="remark">Cut off while recording.</p>`;
}

function readable(body: string): string {
  return prettyJson(body) ?? body;
}

function headerText(headers: RecordedHeaders): string {
  return Object.entries(headers)
    .flatMap(([name, values]) => [values].flat().map((value) => `${name}: ${value}`))
    .join('\n');
}

/** The headers that rules are about. */
function tellingHeaders(headers: RecordedHeaders): RecordedHeaders {
  const telling = ['content-type', 'location', 'www-authenticate'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => telling.includes(name)));
}

/** Path and query of an address: its origin is the same all through a run. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname + new URL(url).search : url;
}
