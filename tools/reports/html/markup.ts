import { html as template, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

import { printable } from '../printable.ts';

/** HTML that is safe to put into a page. */
export type Markup = HtmlEscapedString;

/** What may stand in a template: text is escaped, markup is not, undefined and false are nothing. */
export type Content = string | number | Markup | false | undefined | readonly Content[];

const compacted = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/** Beside these a line break of a template shows nothing, and each would be a node of the page. */
const blocks =
  'article|div|dd|details|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|li|main|ol|p|pre|section|summary|svg|table|tbody|td|th|thead|tr|ul';
const breakBesideBlock = new RegExp(
  `\\s*\\n\\s*(?=</?(?:${blocks})\\b)|(?<=</?(?:${blocks})\\b[^<>]*>)\\s*\\n\\s*`,
  'g',
);

/**
 * A template that escapes whatever is put into it, and shows characters that would be obeyed or hidden (`printable`).
 * The indentation of the template itself is left out, which makes up a third of a page.
 */
export function html(strings: TemplateStringsArray, ...values: Content[]): Markup {
  const result = template(compact(strings), ...values.map(visible));
  if (result instanceof Promise) throw new TypeError('templates of reports are synchronous');
  return result;
}

/** Text of our own that is not HTML but stands in a page as it is: style sheet and script. */
export function verbatim(text: string): Markup {
  return raw(text);
}

function compact(strings: TemplateStringsArray): TemplateStringsArray {
  const known = compacted.get(strings);
  if (known !== undefined) return known;
  const parts = strings.map((part) => part.replaceAll(breakBesideBlock, '').replaceAll(/\s*\n\s*/g, '\n'));
  const made = Object.assign(parts, { raw: parts });
  compacted.set(strings, made);
  return made;
}

function visible(content: Content): unknown {
  if (typeof content === 'string') return printable(content);
  return Array.isArray(content) ? content.map(visible) : content;
}
