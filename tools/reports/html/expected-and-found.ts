import type { CaseResult } from '../../engine/results/results.ts';
import { shortened } from '../printable.ts';
import { unexpectedPass } from '../unexpected-pass.ts';
import { difference, type Piece } from './difference.ts';
import { html, type Markup } from './markup.ts';

/** Longer texts are in the entry of the case. */
export const textLength = 200;

/** What was expected and what was found in a case, what differs marked; or why there is no verdict. */
export function finding(each: CaseResult): Markup | false {
  const { verdict, expectation, actual, reason } = each;
  if (verdict === 'unexpected-pass') return html`<p>It ${unexpectedPass(each)}.</p>`;
  if (expectation === undefined && actual === undefined) {
    return (
      reason !== undefined &&
      html`<dl class="finding">
        <dt>because</dt>
        <dd><code>${shortened(reason, 2 * textLength)}</code></dd>
      </dl>`
    );
  }
  const found = difference(
    shortened(expectation ?? 'otherwise', textLength),
    shortened(actual ?? 'something else', textLength),
  );
  return html`<dl class="finding">
    <dt>expected</dt>
    <dd class="expected"><code>${found.expected.map(piece)}</code></dd>
    <dt>found</dt>
    <dd class="actual"><code>${found.actual.map(piece)}</code></dd>
  </dl>`;
}

/** A piece of a text, marked where the other text does not have it. */
export function piece({ text, same }: Piece): Markup {
  return same ? html`${text}` : html`<mark>${text}</mark>`;
}
