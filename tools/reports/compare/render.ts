import type { Comparison } from './compare.ts';

/**
 * Renders a comparison: file name → text, for the page, the Markdown and the JSON.
 * @param reports the address of each run's report relative to the page, where there is one
 */
export async function renderComparison(
  comparison: Comparison,
  reports: readonly (string | undefined)[] = [],
): Promise<Map<string, string>> {
  const { renderComparisonHtml } = await import('./html.ts');
  const { renderComparisonMarkdown } = await import('./markdown.ts');
  return new Map([
    ['comparison.html', renderComparisonHtml(comparison, reports)],
    ['comparison.md', renderComparisonMarkdown(comparison)],
    ['comparison.json', `${JSON.stringify(comparison, null, 2)}\n`],
  ]);
}
