import { printableLine, shortened } from './printable.ts';

/**
 * Foreign text as a Markdown code span that may stand in a table: nothing in it is Markdown, HTML or a mention. The
 * fence is longer than any run of backticks inside.
 */
export function codeSpan(text: string, limit = 160): string {
  const line = cellSafe(shortened(printableLine(text), limit).trim());
  if (line === '') return '(empty)';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

/** Text in which no bar ends a cell of a table. */
export function cellSafe(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** A word that Markdown would make a mention or a link of. */
const active = /(\S*(?:@|:\/\/|www\.)\S*)/;

/**
 * Foreign text as prose on one line: nothing in it is Markdown or HTML, and words that would become mentions or links
 * stand in code spans.
 */
export function prose(text: string, limit = 400): string {
  return shortened(printableLine(text), limit)
    .trim()
    .split(active)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : part.replaceAll(/[\\`*_{}[\]<>#|~&!()]/g, '\\$&')))
    .join('');
}
