import type { Results } from '../../engine/results/results.ts';
import { addCounts } from '../verdicts.ts';
import { sign, toneOf } from './glyph.ts';
import { html, type Markup } from './markup.ts';
import type { SuiteGroup } from './suite-group.ts';

/** What narrows the matrix down. It needs the script, which is why it starts hidden. */
export function filters({ summary }: Results, suites: readonly SuiteGroup[]): Markup {
  const verdicts = [...addCounts([summary.must, summary.should, summary.may])];
  const names = suites.map(({ name }) => name).toSorted();
  return html`<form id="filters" role="search" aria-label="Filter the requirements" hidden>
    <div class="row">
      <label class="field grow">Text <input type="search" id="text" placeholder="requirement, case, id, header …" /></label>
      <label class="field"
        >Suite
        <select id="suite">
          <option value="">All suites</option>
          ${names.map((name) => html`<option>${name}</option>`)}
        </select></label
      >
      <label class="field"
        >Level
        <select id="level">
          <option value="">All levels</option>
          <option>must</option>
          <option>should</option>
          <option>may</option>
        </select></label
      >
    </div>
    <fieldset class="row">
      <legend>Verdict</legend>
      ${verdicts.map(
        ([verdict, count]) =>
          html`<label class="chip"
            ><input type="checkbox" name="verdict" value="${verdict}" />${sign(toneOf(verdict))} ${verdict}
            <span class="count">${count}</span></label
          >`,
      )}
    </fieldset>
    <div class="row">
      <output id="shown" aria-live="polite"></output>
      <span class="buttons">
        <button type="reset">Show all</button>
        <button type="button" id="open-all">Open all</button>
        <button type="button" id="close-all">Close all</button>
      </span>
    </div>
  </form>`;
}
