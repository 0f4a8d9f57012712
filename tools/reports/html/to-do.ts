import type { CaseResult, Results } from '../../engine/results/results.ts';
import { plural } from '../figures.ts';
import { grouped } from '../../engine/results/grouped.ts';
import { html, type Content, type Markup } from './markup.ts';

/** What would have more cases judged, the most first: each capability that the target does not declare. */
export function toDo({ cases, target }: Results): Markup | false {
  const waiting = cases.filter(({ notApplicable }) => notApplicable === 'capability');
  if (waiting.length === 0) return false;
  const groups = [...grouped(waiting, ({ needs, reason }) => needs ?? reason ?? '')].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  return html`<div class="card to-do">
    <h3>To have more judged</h3>
    <ul>
      ${groups.map(([, own]) => html`<li>${step(own[0], target)}: <strong>${plural(own.length, 'more case')}</strong></li>`)}
    </ul>
    <p class="meta">What the target does not have may stay undeclared; it counts as missing coverage.</p>
  </div>`;
}

/** What to do for a case to apply. */
function step(
  { needs, reason = 'the target does not declare what it needs' }: CaseResult,
  target: Results['target'],
): Content {
  if (needs === undefined) return reason.slice(0, 1).toUpperCase() + reason.slice(1);
  const isCapability = needs === 'app' || needs in target.capabilities;
  return isCapability ? html`Declare <code>${needs}</code>` : html`Give <code>${needs}</code> in the target file`;
}
