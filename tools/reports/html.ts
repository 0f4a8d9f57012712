import type { CaseResult, Results } from '../results/results.ts';
import { banner, toneOfRun } from './html/banner.ts';
import { caseEntry, type Detail } from './html/case.ts';
import { filters } from './html/filters.ts';
import { firstLook } from './html/first-look.ts';
import { html } from './html/markup.ts';
import { matrix, type CaseEntry, untouchedRequirements } from './html/matrix.ts';
import { page } from './html/page.ts';
import { script } from './html/script.ts';
import { suiteGroups, untouched } from './html/suite-group.ts';
import { summary } from './html/summary.ts';

/** A page above this loads slowly from a CI system; then less is shown of what passed. */
const bytesAtMost = 980_000;

/** From the most to the least of what passed; both paths mostly show the same. */
const extents: readonly ((each: CaseResult) => Detail)[] = [
  () => 'brief',
  ({ path }) => (path === '/app' ? 'lines' : 'brief'),
  () => 'lines',
  () => 'counts',
];

/**
 * The report of one run as a single HTML file: it needs no network, no other file and no script to be read. What did
 * not pass is shown whole, the transcripts of what passed are trimmed.
 */
export function renderHtml(results: Results): string {
  const room = bytesAtMost - Buffer.byteLength(render(results, () => html``));
  for (const detailOf of extents) {
    const entries = new Map(results.cases.map((each) => [each, caseEntry(each, detailOf(each))]));
    const bytes = [...entries.values()].reduce((sum, entry) => sum + Buffer.byteLength(entry.toString()), 0);
    if (bytes <= room || detailOf === extents.at(-1)) return render(results, (each) => entries.get(each) ?? html``);
  }
  return render(results, () => html``);
}

function render(results: Results, entry: CaseEntry): string {
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
        ${matrix(suites, entry)} ${untouchedRequirements(untouched(results))}
      </section>`,
    footer: html`<p>
      Rendered from results.json of run <code>${run.id}</code> by ${suite.name} ${suite.version}. Requests show the token
      as <code>$TOKEN</code>. Transcripts of cases that passed are shortened here; results.json has them whole.
    </p>`,
    script,
  });
}
