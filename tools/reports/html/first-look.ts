import type { CaseResult, Verdict } from '../../engine/results/results.ts';
import { plural } from '../figures.ts';
import { shortened } from '../printable.ts';
import { severityRank } from '../verdicts.ts';
import { finding, textLength } from './expected-and-found.ts';
import { sign, toneOf } from './glyph.ts';
import { html, type Markup } from './markup.ts';
import type { RequirementGroup, SuiteGroup } from './suite-group.ts';

const listedAtMost = 10;

/**
 * What to mend first: the requirements with a case of such a verdict, each with the first of them and what was found
 * there.
 */
export function firstLook(suites: readonly SuiteGroup[], title: string, having: readonly Verdict[]): Markup | false {
  const groups = suites.flatMap(({ requirements }) => requirements);
  const failing = groups
    .flatMap((group) => {
      const first = group.cases.find(({ verdict }) => having.includes(verdict));
      return first === undefined ? [] : [{ group, first }];
    })
    .toSorted((one, other) => severityRank(one.first.verdict) - severityRank(other.first.verdict));
  if (failing.length === 0) return false;
  const more = failing.length - listedAtMost;
  return html`<section class="card first-look" aria-labelledby="first-look">
    <h2 id="first-look">${title}</h2>
    <ol>
      ${failing.slice(0, listedAtMost).map(({ group, first }) => entry(group, first))}
    </ol>
    ${more > 0 && html`<p class="remark">… and ${plural(more, 'more requirement')} below.</p>`}
  </section>`;
}

function entry({ row, cases }: RequirementGroup, first: CaseResult): Markup {
  const same = cases.filter(({ verdict }) => verdict === first.verdict).length;
  const { verdict } = first;
  const hint = first.hint ?? row.advice;
  return html`<li>
    ${sign(toneOf(verdict))}
    <div>
      <p><a href="#${row.id}">${row.id}</a> <span class="meta">${plural(same, 'case')} ${verdict}</span></p>
      <p>${row.statement}</p>
      ${finding(first)}
      ${hint !== undefined && html`<p class="meta">Hint: ${shortened(hint, textLength)}</p>`}
    </div>
  </li>`;
}
