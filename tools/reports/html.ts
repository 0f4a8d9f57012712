import type { Results } from '../results/results.ts';
import { banner, toneOfRun } from './html/banner.ts';
import type { Detail } from './html/case.ts';
import { filters } from './html/filters.ts';
import { firstLook } from './html/first-look.ts';
import { html } from './html/markup.ts';
import { matrix, untouchedRequirements } from './html/matrix.ts';
import { page } from './html/page.ts';
import { script } from './html/script.ts';
import { suiteGroups, untouched } from './html/suite-group.ts';
import { summary } from './html/summary.ts';

/** A page above this loads slowly from a CI system; then less is shown of what passed. */
const bytesAtMost = 950_000;

/**
 * The report of one run as a single HTML file: it needs no network, no other file and no script to be read. What did
 * not pass is shown whole, the transcripts of what passed are trimmed.
 */
export function renderHtml(results: Results): string {
  let page = '';
  for (const detail of ['brief', 'lines', 'counts'] as const) {
    page = render(results, detail);
    if (Buffer.byteLength(page) <= bytesAtMost) break;
  }
  return page;
}

function render(results: Results, detail: Detail): string {
  const suites = suiteGroups(results);
  const { target, summary: figures, suite, run } = results;
  return page({
    title: `${target.name}: ${figures.verdict} (call: mute)`,
    tone: toneOfRun(results),
    header: banner(results),
    main: html`${firstLook(suites)} ${summary(results, suites)}
      <section aria-labelledby="requirements">
        <h2 id="requirements">Requirements</h2>
        ${filters(results, suites)}
        <p id="nothing" hidden>No case is left by these filters.</p>
        ${matrix(suites, detail)} ${untouchedRequirements(untouched(results))}
      </section>`,
    footer: html`<p>
      Rendered from results.json of run <code>${run.id}</code> by ${suite.name} ${suite.version}. Requests show the token
      as <code>$TOKEN</code>. Transcripts of cases that passed are shortened here; results.json has them whole.
    </p>`,
    script,
  });
}
