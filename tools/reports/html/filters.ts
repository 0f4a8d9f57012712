import type { Results } from '../../engine/results/results.ts';
import { addCounts } from '../verdicts.ts';
import { sign, toneOf } from './glyph.ts';
import { html, type Markup } from './markup.ts';
import type { SuiteGroup } from './suite-group.ts';

/**
 * What narrows the matrix down and leads from failure to failure. It stays at the top of the window; it needs the
 * script, which is why it starts hidden.
 */
export function filters({ summary }: Results, suites: readonly SuiteGroup[]): Markup {
  const verdicts = [...addCounts([summary.must, summary.should, summary.may])];
  const names = suites.map(({ name }) => name).toSorted();
  return html`<form id="filters" role="search" aria-label="Filter the requirements" hidden>
    <div class="row">
      <label class="field grow"
        ><span class="unseen">Text</span>
        <input type="search" id="text" placeholder="requirement, case, id, header …" autocomplete="off"
      /></label>
      <span class="walk" id="walk" hidden>
        <button type="button" id="previous" aria-label="Previous failure"><span aria-hidden="true">↑</span> Previous</button>
        <button type="button" id="next" aria-label="Next failure"><span aria-hidden="true">↓</span> Next</button>
        <output id="position"></output>
        <label class="keys"
          ><input type="checkbox" id="keys" checked /> keys <kbd>p</kbd> <kbd>n</kbd></label
        >
      </span>
      <output id="shown" aria-live="polite"></output>
    </div>
    <details id="more">
      <summary>More filters</summary>
      <fieldset class="row">
        <legend class="unseen">Verdict</legend>
        ${verdicts.map(
          ([verdict, count]) =>
            html`<label class="chip"
              ><input type="checkbox" name="verdict" value="${verdict}" autocomplete="off" />${sign(toneOf(verdict))} ${verdict}
              <span class="count">${count}</span></label
            >`,
        )}
        ${choice('level', 'Level', 'All levels', ['must', 'should', 'may'])}
        ${choice('suite', 'Suite', 'All suites', names)}
        <span class="buttons">
          <button type="reset">Show all</button>
          <button type="button" id="open-all">Open all</button>
          <button type="button" id="close-all">Close all</button>
        </span>
      </fieldset>
    </details>
  </form>`;
}

function choice(id: string, label: string, everything: string, options: readonly string[]): Markup {
  return html`<label class="field"
    ><span class="unseen">${label}</span>
    <select id="${id}" autocomplete="off">
      <option value="">${everything}</option>
      ${options.map((option) => html`<option>${option}</option>`)}
    </select></label
  >`;
}
