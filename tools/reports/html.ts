import type { CaseResult, Results } from '../engine/results/results.ts';
import { banner, toneOfRun } from './html/banner.ts';
import { caseEntry, type Detail } from './html/case.ts';
import { filters } from './html/filters.ts';
import { firstLook } from './html/first-look.ts';
import { html, type Markup } from './html/markup.ts';
import { matrix, type CaseEntry, untouchedRequirements } from './html/matrix.ts';
import { page } from './html/page.ts';
import { script } from './html/script.ts';
import { sinceBaseline } from './html/since-baseline.ts';
import { suiteGroups, untouched } from './html/suite-group.ts';
import { summary } from './html/summary.ts';
import { foldedTwins } from './twins.ts';
import { needsReading } from './verdicts.ts';

/** Without what failed, a page above this loads slowly from a CI system; then less is shown of what passed. */
const bytesAtMost = 980_000;

/** Transcripts of failures are shown whole up to here: only a hostile target makes more. */
const failureBytesAtMost = 8_000_000;

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
 * @param baseline an earlier run, for what is new and what is fixed
 */
export function renderHtml(results: Results, baseline?: Results): string {
  const entries = new Map<CaseResult, Markup>();
  let bytes = 0;
  const twins = foldedTwins(results.cases);
  const within = new Set(twins.values());
  const told = results.cases.filter((each) => !within.has(each));
  for (const each of told.filter(({ verdict }) => needsReading(verdict))) {
    const entry = caseEntry(each, bytes < failureBytesAtMost ? 'whole' : 'brief', results, twins.get(each));
    bytes += Buffer.byteLength(entry.toString());
    entries.set(each, entry);
  }
  const others = told.filter((each) => !entries.has(each));
  const room = bytesAtMost - Buffer.byteLength(render(results, () => html``, baseline));
  for (const detailOf of extents) {
    const trimmed = others.map((each) => [each, caseEntry(each, detailOf(each), results, twins.get(each))] as const);
    for (const [each, entry] of trimmed) entries.set(each, entry);
    if (trimmed.reduce((sum, [, entry]) => sum + Buffer.byteLength(entry.toString()), 0) <= room) break;
  }
  return render(results, (each) => entries.get(each) ?? html``, baseline);
}

function render(results: Results, entry: CaseEntry, baseline: Results | undefined): string {
  const suites = suiteGroups(results);
  const { target, summary: figures, suite, run } = results;
  return page({
    title: `${target.name}: ${figures.verdict} (call: mute)`,
    tone: toneOfRun(results),
    header: banner(results),
    main: html`${firstLook(suites)} ${sinceBaseline(results, baseline)} ${summary(results, suites)}
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
