import { createHash } from 'node:crypto';

import { html, verbatim, type Markup } from './markup.ts';
import { favicon } from './glyph.ts';
import { styles } from './styles.ts';

export interface Page {
  title: string;
  tone: 'passed' | 'failed' | 'unsettled' | 'neutral';
  header: Markup;
  main: Markup;
  footer: Markup;
  /** What the page does beyond being read; it must work without. */
  script?: string;
}

/**
 * One self-contained document. Its policy allows the one style sheet and the one script, by their hashes, and nothing
 * else: whatever slips into the page cannot run, load or send anything.
 */
export function page({ title, tone, header, main, footer, script }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src ${hash(styles)}`,
    ...(script === undefined ? [] : [`script-src ${hash(script)}`]),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <link rel="icon" href="${favicon(tone)}" />
        <style>${verbatim(styles)}</style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the results</a>
        ${header}
        <main id="content">${main}</main>
        <footer><div class="inside">${footer}</div></footer>
        ${script !== undefined && html`<script>${verbatim(script)}</script>`}
      </body>
    </html> `.toString();
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
