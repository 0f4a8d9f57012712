import type { CaseResult, Cause, Results } from '../../engine/results/results.ts';
import { plural } from '../figures.ts';
import { likelyDefects } from '../reported-causes.ts';
import { shortened } from '../printable.ts';
import { twinsAmong, type Twins } from '../twins.ts';
import { tally } from '../verdicts.ts';
import { factList } from './facts.ts';
import { finding } from './expected-and-found.ts';
import { sign, toneOf } from './glyph.ts';
import { html, type Markup } from './markup.ts';

/** Cases that follow from a cause are listed up to here; the rest is among the requirements. */
const listedAtMost = 100;
const statementLength = 600;

/** Why the run is not as it should be: one block a cause, the most important first, what follows from it folded. */
export function causesSection(results: Results): Markup | false {
  const { causes = [], cases, run } = results;
  if (causes.length === 0) return false;
  const byId = new Map(cases.map((each) => [each.id, each]));
  const twinsOf = twinsAmong(cases);
  const explained = causes.reduce((sum, { explains }) => sum + explains.length, 0);
  const gravest = byId.get(causes[0]?.first ?? '')?.verdict ?? 'failed';
  return html`<section class="card first-look causes ${toneOf(gravest)}" aria-labelledby="causes">
    <h2 id="causes">What is wrong, the most important first</h2>
    <p class="meta lead">${plural(causes.length, 'cause explains', 'causes explain')} ${plural(explained, 'case')} that ${explained === 1 ? 'does' : 'do'} not hold or could not be judged.</p>
    <ol>
      ${causes.map((cause, index) => {
        const own = cause.explains.flatMap((id) => byId.get(id) ?? []);
        return causeEntry(
          cause,
          own,
          byId.get(cause.first) ?? own[0],
          twinsOf(own),
          index === 0 ? run.unreachable : undefined,
        );
      })}
    </ol>
  </section>`;
}

/** @param unreachable what is told instead of an example: the first cause of a target that is not there */
function causeEntry(
  cause: Cause,
  own: readonly CaseResult[],
  first: CaseResult | undefined,
  twins: Twins[],
  unreachable: Results['run']['unreachable'],
): Markup {
  const { requirement, statement } = cause;
  const counts = [...tally(own)].map(([verdict, count]) => `${String(count)} ${verdict}`).join(', ');
  const following = twins.filter(({ id }) => id !== first?.id && `${id}@app` !== first?.id);
  return html`<li class="cause">
    ${first !== undefined && sign(toneOf(first.verdict))}
    <div>
      <p class="cause-statement">${unreachable ? 'The target cannot be reached or provisioned' : [holds(first), shortened(statement, statementLength)]}</p>
      <p class="meta"><a href="#${requirement}">${requirement}</a> · ${counts}</p>
      ${unreachable ? away(unreachable) : example(cause, first)}
      ${following.length > 0 && follow(following)}
    </div>
  </li>`;
}

/** A statement says what is promised: not to be taken for what is so. */
function holds(first: CaseResult | undefined): Markup | false {
  if (first === undefined) return false;
  const words = first.verdict === 'failed' || first.verdict === 'warned' ? 'Does not hold:' : 'Not judged:';
  return html`<span class="holds">${words}</span> `;
}

function away({ request, problem, advice }: NonNullable<Results['run']['unreachable']>): Markup | false {
  return factList([
    ['Request', html`<code>${request}</code>`],
    ['Problem', problem],
    ['What to try', advice],
  ]);
}

function example(cause: Cause, first: CaseResult | undefined): Markup {
  const defects = likelyDefects(cause);
  return html`
    ${first !== undefined && finding(first)}
    ${defects.length > 0 && html`<p class="meta">Likely the target ${defects.map(({ id, does }, place) => html`${place > 0 && ', or '}${does} (<code>${id}</code>)`)}</p>`}
    <p class="meta">Hint: ${shortened(cause.advice, statementLength)}</p>
    ${first !== undefined && html`<p class="meta">For example <a href="#${first.id}">${first.id}</a></p>`}
  `;
}

function follow(twins: readonly Twins[]): Markup {
  const more = twins.length - listedAtMost;
  // As the counts above: a case that was put on both paths is two.
  const count = twins.reduce((sum, { marks }) => sum + marks.length, 0);
  return html`<details class="follow">
    <summary>and ${plural(count, 'case')} that ${count === 1 ? 'follows' : 'follow'}</summary>
    <ul>
      ${twins
        .slice(0, listedAtMost)
        .map(
          ({ id, marks }) =>
            html`<li>${marks.map(({ path, verdict }) => html`${sign(toneOf(verdict))}<span class="unseen">${verdict} on ${path}</span> `)}<a href="#${id}">${id}</a></li>`,
        )}
    </ul>
    ${more > 0 && html`<p class="remark">… and ${String(more)} more among the requirements.</p>`}
  </details>`;
}
