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
