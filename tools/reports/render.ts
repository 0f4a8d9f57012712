import type { Results } from '../results/results.ts';

export type ReportFormat = 'junit' | 'html' | 'md' | 'badge';

export const reportFormats: readonly ReportFormat[] = ['junit', 'html', 'md', 'badge'];

/**
 * Renders the chosen formats.
 * @returns file name → text, in a fixed order; without badge.json for a partial run, whatever was chosen
 */
export async function renderReports(
  results: Results,
  formats: ReadonlySet<ReportFormat>,
  baseline?: Results,
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  // Loaded only when asked for: a run without HTML should not wait for its templates.
  if (formats.has('junit')) files.set('junit.xml', (await import('./junit.ts')).renderJunit(results));
  if (formats.has('html')) files.set('index.html', (await import('./html.ts')).renderHtml(results));
  if (formats.has('md')) files.set('summary.md', (await import('./markdown.ts')).renderMarkdown(results, baseline));
  const badge = formats.has('badge') ? (await import('./badge.ts')).renderBadge(results) : undefined;
  if (badge !== undefined) files.set('badge.json', badge);
  return files;
}
