import type { Results } from '../../engine/results/results.ts';
import { buildWords } from '../build-words.ts';
import { partialWords } from '../extent.ts';
import { divergenceWords, percentage, plural } from '../figures.ts';
import { flakyCases, repeatWords } from '../repeats.ts';
import { linkable } from '../links.ts';
import { sign, type Tone } from './glyph.ts';
import { html, type Markup } from './markup.ts';
import { explanation, predicate } from './verdict-words.ts';

/** Flaky cases named there at most. */
const flakyAtMost = 5;

/** The tone of the verdict of a run. */
export function toneOfRun({ summary }: Results): 'passed' | 'failed' | 'unsettled' {
  const tones = { conformant: 'passed', 'non-conformant': 'failed', incomplete: 'unsettled' } as const;
  return tones[summary.verdict];
}

/** The top of the page: which target, what of it, and the two figures. */
export function banner(results: Results): Markup {
  const { suite, target, run, summary } = results;
  const tone: Tone = toneOfRun(results);
  const build = buildWords(target);
  const marks = [
    run.partial && `Partial: ${partialWords({ run }).join(', ')}`,
    target.insecure && 'Certificate not checked',
    run.strict && 'Strict',
  ];
  return html`<header class="banner ${tone}">
    <div class="inside">
      <p class="overline">call: mute · conformance report</p>
      <div class="statement">
        ${sign(tone)}
        <h1><bdi>${target.name}</bdi> <span>${run.unreachable ? 'could not be tested' : predicate[summary.verdict]}</span></h1>
        <p class="verdict-line">
          <strong class="pill">${summary.verdict}</strong>
          ${marks.map((mark) => mark && html`<span class="pill">${mark}</span>`)}
        </p>
        <p class="explanation">${explanation(results).join(' ')}</p>
        ${flaky(results)}
        <p class="address">${link(target.baseUrl)} · ${build !== undefined && html`<bdi>${build}</bdi> · `}${suite.requirementSet}</p>
      </div>
      <dl class="figures">
        ${figure('Divergence', divergenceWords(summary), summary.divergence, 'Must cases that failed, of all must cases. Less is better.')}
        ${figure('Coverage', percentage(summary.coverage), summary.coverage, 'Must cases that could be judged, of all must cases. More is better.')}
      </dl>
    </div>
  </header>`;
}

/** Which cases did not end the same way each time: nothing else is certain while they do not. */
function flaky({ cases }: Results): Markup | false {
  const found = flakyCases(cases);
  if (found.length === 0) return false;
  const more = found.length - flakyAtMost;
  return html`<p class="explanation">
    ${plural(found.length, 'case is', 'cases are')} flaky:
    ${found.slice(0, flakyAtMost).map(({ id, repeats }, index) => html`${index > 0 && ', '}<a href="#${id}">${id}</a> (${repeatWords(repeats)})`)}${more > 0 && ` and ${String(more)} more`}.
  </p>`;
}

function figure(name: string, words: string, share: number, definition: string): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd class="number">${words}</dd>
    <dd class="meter">
      <svg width="100%" height="6" aria-hidden="true">
        <rect class="all" width="100%" height="6" rx="3" />
        ${share > 0 && html`<rect class="share" width="${percent(share)}" height="6" rx="3" />`}
      </svg>
    </dd>
    <dd class="definition">${definition}</dd>
  </div>`;
}

/** A share as a length in SVG. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

/** A link where the text is an http or https address, else the text. */
export function link(text: string, label = text): Markup {
  const address = linkable(text);
  return address === undefined
    ? html`<bdi>${label}</bdi>`
    : html`<a href="${address}" rel="noreferrer"><bdi>${label}</bdi></a>`;
}
