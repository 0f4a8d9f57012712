import type { CaseResult, Results } from '../../engine/results/results.ts';
import { plural } from '../figures.ts';
import { grouped } from '../../engine/results/grouped.ts';
import { html, type Content, type Markup } from './markup.ts';

/** What a target file may name beside the capabilities, and cases wait for. */
const alsoGiven = ['unprivilegedToken'];

/** What would have more cases judged, the most first: each capability that the target does not declare. */
export function toDo({ cases, target }: Results): Markup | false {
  const waiting = cases.filter(({ notApplicable }) => notApplicable === 'capability');
  if (waiting.length === 0) return false;
  const undeclared = ['app', ...Object.keys(target.capabilities)].filter((name) => target.capabilities[name] !== true);
  const groups = [...grouped(waiting, (each) => stepFor(each, undeclared))].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  return html`<div class="card to-do">
    <h3>To have more judged</h3>
    <ul>
      ${groups.map(([step, own]) => html`<li>${words(step, undeclared)}: <strong>${plural(own.length, 'more case')}</strong></li>`)}
    </ul>
    <p class="meta">What the target does not have may stay undeclared; it counts as missing coverage.</p>
  </div>`;
}

/** The capability that a case waits for; where it is none, the reason itself. */
function stepFor(
  { reason = 'The target does not declare what it needs' }: CaseResult,
  undeclared: readonly string[],
): string {
  const mentioned = new Set(reason.split(/[^\w-]+/));
  return [...alsoGiven, ...undeclared].find((name) => mentioned.has(name)) ?? reason;
}

function words(step: string, undeclared: readonly string[]): Content {
  if (undeclared.includes(step)) return html`Declare <code>${step}</code>`;
  if (alsoGiven.includes(step)) return html`Give <code>${step}</code> in the target file`;
  return step.slice(0, 1).toUpperCase() + step.slice(1);
}
