import { buildWords } from '../build-words.ts';
import { divergenceWords, duration, percentage, plural } from '../figures.ts';
import { grouped } from '../../engine/results/grouped.ts';
import { link } from '../html/banner.ts';
import { sign, toneOf } from '../html/glyph.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import { page } from '../html/page.ts';
import { changeLists, headline, timing, verdicts } from './changes.ts';
import type { CaseChange, ComparedCell, ComparedRequirement, Comparison } from './compare.ts';
import { type LinkedRun, ranking, toneOfVerdict } from './ranking.ts';

/**
 * The page of a comparison: what changed, or which target does best, and the matrix of requirements × runs.
 * @param reports the address of each run's report relative to the page, in the order of the runs; undefined where
 *   there is none
 */
export function renderComparisonHtml(comparison: Comparison, reports: readonly (string | undefined)[] = []): string {
  const { kind, worse } = comparison;
  const runs = comparison.runs.map((run, index) => ({ ...run, report: reports[index] }));
  // Several targets are no better or worse than each other as a whole.
  const tone = kind === 'targets' ? 'neutral' : worse ? 'failed' : 'passed';
  return page({
    title: `Comparison: ${runs.map(({ label }) => label).join(', ')} (call: mute)`,
    tone,
    header: html`<header class="banner ${tone}">
      <div class="inside">
        <p class="overline">call: mute · comparison</p>
        <div class="statement">
          ${tone !== 'neutral' && sign(tone)}
          <h1>${kind === 'runs' ? html`<bdi>${runs[0]?.target}</bdi>` : plural(runs.length, 'target')} <span>compared</span></h1>
          <p class="explanation">${headline(comparison)}.</p>
          ${kind === 'runs' && worse && html`<p class="address">Worse in ${comparison.worseIn.join(', ')}.</p>`}
        </div>
      </div>
    </header>`,
    main: html`${kind === 'targets' && ranking(comparison, runs)} ${changes(comparison)}
      <section aria-labelledby="requirements">
        <h2 id="requirements">Requirements</h2>
        <p id="narrow" hidden>
          <label class="chip"><input type="checkbox" id="only" /> Only requirements that differ</label>
        </p>
        <div class="comparison-table" tabindex="0" role="region" aria-label="Requirements by run">${matrix(comparison, runs)}</div>
      </section>`,
    footer: html`<p>Rendered from the results.json of ${plural(runs.length, 'run')}.</p>`,
    script,
  });
}

function changes(comparison: Comparison): Markup | false {
  const lists: [string, Content[]][] = changeLists(comparison).map(([title, list]) => [title, list.map(changeLine)]);
  if (comparison.kind === 'runs' && comparison.timing.length > 0) {
    const times = comparison.timing.map((change) => html`<li><code>${change.id}</code> ${timing(change)}</li>`);
    lists.push(['Slower or faster', times]);
  }
  if (lists.length === 0) return false;
  return html`<section aria-labelledby="changes">
    <h2 id="changes">From the first run to the last</h2>
    ${lists.map(
      ([title, lines]) =>
        html`<details class="card changes" open>
          <summary><strong>${title}</strong> <span class="meta">${plural(lines.length, 'case')}</span></summary>
          <ul>
            ${lines}
          </ul>
        </details>`,
    )}
  </section>`;
}

function changeLine(change: CaseChange): Markup {
  return html`<li>
    ${change.after !== null && sign(toneOf(change.after))} <code>${change.id}</code> (${change.level})
    ${verdicts(change)} ${change.actual !== undefined && html`<span class="meta">${change.actual}</span>`}
  </li>`;
}

function matrix({ requirements }: Comparison, runs: readonly LinkedRun[]): Markup {
  const suites = grouped(requirements, ({ suite }) => suite);
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Requirement</th>
        ${runs.map(runHead)}
      </tr>
    </thead>
    ${[...suites].map(
      ([suite, rows]) =>
        html`<tbody>
          <tr class="group">
            <th scope="rowgroup" colspan="${runs.length + 1}">${suite === '' ? 'without a case' : suite}</th>
          </tr>
          ${rows.map((row) => matrixRow(row, runs))}
        </tbody>`,
    )}
  </table>`;
}

function runHead(run: LinkedRun): Markup {
  const build = buildWords(run);
  return html`<th scope="col">
    ${run.report === undefined ? html`<bdi>${run.label}</bdi>` : html`<a href="${run.report}"><bdi>${run.label}</bdi></a>`}
    <span class="figure">${sign(toneOfVerdict[run.verdict])} ${run.verdict}${run.partial && ' (partial)'}</span>
    <span class="figure">divergence ${divergenceWords(run)}</span>
    <span class="figure">coverage ${percentage(run.coverage)}</span>
    <span class="figure">${duration(run.durationMs)}, ${run.apiVersion}</span>
    <span class="figure">${link(run.baseUrl)}</span>
    ${build !== undefined && html`<span class="figure"><bdi>${build}</bdi></span>`}
    ${run.ci !== undefined && html`<span class="figure">${link(run.ci, 'CI run')}</span>`}
  </th>`;
}

function matrixRow({ id, statement, level, cells, differs }: ComparedRequirement, runs: readonly LinkedRun[]): Markup {
  return html`<tr class="${differs ? 'differs' : 'same'}">
    <th scope="row">
      <strong>${id}</strong> <span class="level ${level}">${level}</span> <span class="brief">${statement}</span>
    </th>
    ${cells.map((cell, index) => matrixCell(cell, differs, reportOn(id, runs[index]?.report)))}
  </tr>`;
}

/** Where the report of a run speaks of a requirement. */
function reportOn(requirement: string, report: string | undefined): string | undefined {
  return report === undefined ? undefined : `${report}#${requirement}`;
}

function matrixCell(cell: ComparedCell | null, differs: boolean, address: string | undefined): Markup {
  if (cell === null) return html`<td class="none">not in this run</td>`;
  const words = Object.entries(cell.cases).map(([verdict, count]) => `${String(count)} ${verdict}`);
  const tone = toneOf(cell.verdict);
  const text = words.join(', ');
  return html`<td class="${differs && 'changed'} cell ${tone}">${sign(tone)} ${address === undefined ? text : html`<a href="${address}">${text}</a>`}</td>`;
}

const script = `
'use strict';
(() => {
  const only = document.getElementById('only');
  document.getElementById('narrow').hidden = false;
  const filter = () => {
    for (const row of document.querySelectorAll('tr.same')) row.hidden = only.checked;
    for (const group of document.querySelectorAll('tbody')) {
      group.hidden = only.checked && group.querySelector('tr.differs') === null;
    }
  };
  only.addEventListener('change', filter);
  filter();
})();
`;
