import type { CaseResult, Results, Traffic } from '../../engine/results/results.ts';
import { partialWords } from '../extent.ts';
import { duration, plural } from '../figures.ts';
import { addCounts, tally } from '../verdicts.ts';
import { link, percent } from './banner.ts';
import { factList, type Fact } from './facts.ts';
import { sign, toneOf } from './glyph.ts';
import { html, type Content, type Markup } from './markup.ts';
import type { SuiteGroup } from './suite-group.ts';
import { toDo } from './to-do.ts';

/** Counts by level, how each suite stands, and what is worth knowing of the run. */
export function summary(results: Results, suites: readonly SuiteGroup[]): Markup {
  return html`<section class="summary" aria-labelledby="summary">
    <h2 id="summary">Summary</h2>
    <div class="columns">
      <div class="stack">
        <div class="card">
          <h3>Cases by level</h3>
          ${levelTable(results)}
        </div>
        ${toDo(results)}
      </div>
      <div class="card">
        <h3>The run</h3>
        ${factList(facts(results))}
      </div>
    </div>
    <div class="card">
      <h3>Cases by suite, worst first</h3>
      <ul class="suites">
        ${suites.map(suiteLine)}
      </ul>
    </div>
  </section>`;
}

function levelTable({ summary }: Results): Markup {
  const levels = ['must', 'should', 'may'] as const;
  const verdicts = [...addCounts([summary.must, summary.should, summary.may]).keys()];
  const cell = (count: number): Markup => (count === 0 ? html`<td class="none">0</td>` : html`<td>${count}</td>`);
  return html`<table class="levels">
    <thead>
      <tr>
        <th scope="col">Verdict</th>
        ${levels.map((level) => html`<th scope="col">${level}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${verdicts.map(
        (verdict) =>
          html`<tr>
            <th scope="row">${sign(toneOf(verdict))} ${verdict}</th>
            ${levels.map((level) => cell(summary[level][verdict]))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function suiteLine({ name, anchor, cases }: SuiteGroup): Markup {
  const counts = [...tally(cases)];
  const [worst] = counts;
  const words = counts.map(([verdict, count]) => `${String(count)} ${verdict}`).join(', ');
  return html`<li>
    ${worst && sign(toneOf(worst[0]))}
    <a href="#${anchor}"><bdi>${name}</bdi></a>
    <span class="counts">${words}</span>
    ${bar(cases)}
  </li>`;
}

/** The verdicts of a suite side by side, as long as there are cases of each; the words beside it say the same. */
function bar(cases: readonly CaseResult[]): Markup {
  let start = 0;
  const parts: Content[] = [...tally(cases)].map(([verdict, count]) => {
    const part = html`<rect
      class="${toneOf(verdict)}"
      x="${percent(start / cases.length)}"
      width="${percent(count / cases.length)}"
      height="8"
    />`;
    start += count;
    return part;
  });
  return html`<svg class="bar" width="100%" height="8" aria-hidden="true">${parts}</svg>`;
}

function facts({ run, suite, target }: Results): Fact[] {
  const capabilities = Object.entries(target.capabilities).map(
    ([name, declared]) => `${name}: ${declared ? 'yes' : 'no'}`,
  );
  const filters = Object.entries(run.filters).map(([name, values]) => `${name} ${values.join(', ')}`);
  return [
    ['Started', time(run.startedAt)],
    ['Took', duration(run.durationMs)],
    ['Extent', run.partial ? `partial: ${partialWords({ run }).join(', ')}` : 'complete'],
    ['Filters', list(filters)],
    ['Exit code', [run.exitCode, run.exitReasons?.length ? `: ${run.exitReasons.join('; ')}` : '']],
    ['API version', target.apiVersion],
    ['Target version', target.version],
    ['Commit', target.commit && html`<code>${target.commit}</code>`],
    ['CI run', target.ci && link(target.ci)],
    ['Declared', capabilities.join(', ') || 'nothing'],
    ['Suite', `${suite.name} ${suite.version}`],
    ['Requirements', suite.requirementSet],
    ['Seed', html`<code>${run.seed}</code>`],
    ['Run', html`<code>${run.id}</code>`],
    ['Traffic', run.traffic && list(trafficWords(run.traffic))],
    ['Notes', list(run.notes ?? [])],
  ];
}

function time(instant: string): Markup {
  const words = instant.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
  return html`<time datetime="${instant}">${words}</time>`;
}

function trafficWords(traffic: Traffic): string[] {
  const usual = [
    plural(traffic.requests, 'request'),
    plural(traffic.notifications, 'notification'),
    plural(traffic.callsCreated, 'call'),
  ];
  const troubles: [number, string][] = [
    [traffic.unanswered, `${plural(traffic.unanswered, 'request')} unanswered`],
    [traffic.throttled, `${plural(traffic.throttled, 'answer')} throttled, ${duration(traffic.throttleWaitMs)} waited`],
    [traffic.strangers, `${plural(traffic.strangers, 'post')} to unknown callback paths`],
    [traffic.callsLeaked, `${plural(traffic.callsLeaked, 'call')} not deleted`],
  ];
  return [usual.join(', '), ...troubles.flatMap(([count, words]) => (count > 0 ? [words] : []))];
}

function list(items: readonly string[]): Content {
  if (items.length < 2) return items[0];
  return html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
