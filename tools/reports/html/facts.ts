import { html, type Content, type Markup } from './markup.ts';

/** A name and what is to be said of it; undefined leaves the line out. */
export type Fact = readonly [name: string, value: Content];

/** Facts as a list of names and values; nothing at all where there are none. */
export function factList(facts: readonly Fact[]): Markup | false {
  const known = facts.filter(([, value]) => value !== undefined && value !== false);
  if (known.length === 0) return false;
  return html`<dl class="facts">
    ${known.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}
