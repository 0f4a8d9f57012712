import type { Results } from '../engine/results/results.ts';
import { banner, toneOfRun } from './html/banner.ts';
import { causesSection } from './html/causes.ts';
import { caseEntries } from './html/entries.ts';
import { filters } from './html/filters.ts';
import { firstLook } from './html/first-look.ts';
import { html, type Content } from './html/markup.ts';
import { matrix, type CaseEntry, untouchedRequirements } from './html/matrix.ts';
import { page } from './html/page.ts';
import { script } from './html/script.ts';
import { sinceBaseline } from './html/since-baseline.ts';
import { suiteGroups, untouched, type SuiteGroup } from './html/suite-group.ts';
import { summary } from './html/summary.ts';

/**
 * The report of one run as a single HTML file: it needs no network, no other file and no script to be read. What did
 * not pass is shown whole as far as a page can hold it, the transcripts of what passed are trimmed.
 * @param baseline an earlier run, for what is new and what is fixed
 */
export function renderHtml(results: Results, baseline?: Results): string {
  const shell = Buffer.byteLength(render(results, () => html``, baseline));
  return render(results, caseEntries(results, shell), baseline);
}

function render(results: Results, entry: CaseEntry, baseline: Results | undefined): string {
  const suites = suiteGroups(results);
  const { target, summary: figures, suite, run } = results;
  return page({
    title: `${target.name}: ${figures.verdict} (call: mute)`,
    tone: toneOfRun(results),
    header: banner(results),
    main: html`${causesFirst(results, suites)} ${sinceBaseline(results, baseline)} ${summary(results, suites)}
      <section aria-labelledby="requirements">
        <h2 id="requirements">Requirements</h2>
        ${filters(results, suites)}
        <p id="nothing" hidden>No case is left by these filters.</p>
        ${matrix(suites, entry)} ${untouchedRequirements(untouched(results))}
      </section>`,
    footer: html`<p>
      Rendered from results.json of run <code>${run.id}</code> by ${suite.name} ${suite.version}. Requests show the token
      as <code>$TOKEN</code>.
      ${
        results.cases.some(({ omitted }) => omitted !== undefined)
          ? html`What was sent and came is kept of the cases that did not pass.`
          : html`Transcripts of cases that passed are shortened here; results.json has them whole.`
      }
    </p>`,
    script,
  });
}

/** What is wrong: the causes; of results without them, the requirements that failed. */
function causesFirst(results: Results, suites: readonly SuiteGroup[]): Content {
  if (results.causes === undefined) {
    return firstLook(suites, 'What to look at first', ['failed', 'unexpected-pass']);
  }
  return [causesSection(results), firstLook(suites, 'Known issues that hold now', ['unexpected-pass'])];
}
