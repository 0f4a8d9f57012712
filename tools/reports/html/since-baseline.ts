import type { CaseResult, Results } from '../../engine/results/results.ts';
import { buildWords } from '../build-words.ts';
import { plural } from '../figures.ts';
import { statesSince } from '../state.ts';
import { html, type Markup } from './markup.ts';

const listedAtMost = 30;

/** What is new since an earlier run, and what is fixed; false without one. */
export function sinceBaseline({ cases }: Results, baseline: Results | undefined): Markup | false {
  if (baseline === undefined) return false;
  const build = buildWords(baseline.target);
  const stateOf = statesSince(baseline);
  const having = (state: string) => cases.filter((each) => stateOf(each) === state);
  return html`<section class="card" aria-labelledby="since-baseline">
    <h2 id="since-baseline">Since the run of ${baseline.run.startedAt.slice(0, 19).replace('T', ' ')}${build !== undefined && html` (<bdi>${build}</bdi>)`}</h2>
    ${listed('new', having('new'))} ${listed('fixed', having('fixed'))}
    <p class="meta">
      ${plural(having('as before').length, 'failure')} as before, ${plural(having('known').length, 'known issue')}
    </p>
  </section>`;
}

function listed(title: string, cases: readonly CaseResult[]): Markup {
  if (cases.length === 0) return html`<p>Nothing is ${title}.</p>`;
  const more = cases.length - listedAtMost;
  return html`<h3>${plural(cases.length, 'case')} ${title}</h3>
    <ul>
      ${cases.slice(0, listedAtMost).map(({ id, requirement }) => html`<li><a href="#${requirement}">${id}</a></li>`)}
    </ul>
    ${more > 0 && html`<p class="remark">… and ${String(more)} more.</p>`}`;
}
