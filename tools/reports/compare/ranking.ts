import { divergenceWords, percentage, plural } from '../figures.ts';
import { sign } from '../html/glyph.ts';
import { html, type Content, type Markup } from '../html/markup.ts';
import type { ComparedRun, Comparison } from './compare.ts';

/** A run with the address of its report, where there is one. */
export interface LinkedRun extends ComparedRun {
  readonly report: string | undefined;
}

const order = ['conformant', 'incomplete', 'non-conformant'] as const;
export const toneOfVerdict = { conformant: 'passed', 'non-conformant': 'failed', incomplete: 'unsettled' } as const;

/** The better first: by verdict, then by how many of the musts are known to hold, then by how many are known not to. */
export function betterFirst(one: ComparedRun, other: ComparedRun): number {
  const held = ({ coverage, divergence }: ComparedRun): number => coverage - divergence;
  return (
    order.indexOf(one.verdict) - order.indexOf(other.verdict) ||
    held(other) - held(one) ||
    one.divergence - other.divergence
  );
}

/** The most important cause, with a link to what the report says of its requirement, and how many more there are. */
function fixFirst({ causes, report }: LinkedRun): Content {
  if (causes === undefined) return '';
  const { count, first } = causes;
  const words = report === undefined ? html`${first}` : html`<a href="${report}#${first}">${first}</a>`;
  return [words, count > 1 && ` and ${plural(count - 1, 'more cause')}`];
}

/** The targets in the order of how well they do, each with a link to its report. */
export function ranking({ requirements }: Comparison, runs: readonly LinkedRun[]): Markup {
  const broken = (run: LinkedRun, verdict: string): number =>
    requirements.filter(({ cells }) => cells[runs.indexOf(run)]?.verdict === verdict).length;
  return html`<section class="card ranking" aria-labelledby="ranking">
    <h2 id="ranking">Targets, the best first</h2>
    <div class="scrolling" tabindex="0" role="region" aria-label="Targets by rank">
      <table class="levels">
        <thead>
          <tr>
            ${['Target', 'Verdict', 'To fix first', 'Divergence', 'Coverage', 'Requirements failed', 'warned'].map((title) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${runs.toSorted(betterFirst).map(
            (run) =>
              html`<tr>
                <th scope="row">${run.report === undefined ? html`<bdi>${run.label}</bdi>` : html`<a href="${run.report}"><bdi>${run.label}</bdi></a>`}</th>
                <td>${sign(toneOfVerdict[run.verdict])} ${run.verdict}${run.partial && ' (partial)'}</td>
                <td>${fixFirst(run)}</td>
                <td>${divergenceWords(run)}</td>
                <td>${percentage(run.coverage)}</td>
                <td>${broken(run, 'failed')}</td>
                <td>${broken(run, 'warned')}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
