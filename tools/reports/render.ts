import type { JunitOptions } from './junit.ts';
import type { Results } from '../engine/results/results.ts';

export type ReportFormat = 'junit' | 'html' | 'md' | 'badge' | 'ctrf';

export const reportFormats: readonly ReportFormat[] = ['junit', 'html', 'md', 'badge', 'ctrf'];

const renderers = {
  junit: () => import('./junit.ts'),
  html: () => import('./html.ts'),
  md: () => import('./markdown.ts'),
  badge: () => import('./badge.ts'),
  ctrf: () => import('./ctrf.ts'),
};

/** Loads what renders the chosen formats, so that it is there when a run has ended. */
export async function loadRenderers(formats: ReadonlySet<ReportFormat>): Promise<void> {
  await Promise.all([...formats].map((format) => renderers[format]()));
}

export interface RenderOptions {
  /** An earlier run, for what is new and what is fixed. */
  readonly baseline?: Results | undefined;
  /** How junit.xml is written; ctrf.json heeds what of it concerns both. */
  readonly junit?: JunitOptions;
}

/**
 * Renders the chosen formats.
 * @returns file name → text, in a fixed order; without badge.json for a partial run, whatever was chosen
 */
export async function renderReports(
  results: Results,
  formats: ReadonlySet<ReportFormat>,
  { baseline, junit = {} }: RenderOptions = {},
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  // Loaded only when asked for: a run without HTML should not wait for its templates.
  if (formats.has('junit')) files.set('junit.xml', (await renderers.junit()).renderJunit(results, junit));
  if (formats.has('html')) files.set('index.html', (await renderers.html()).renderHtml(results, baseline));
  if (formats.has('md')) files.set('summary.md', (await renderers.md()).renderMarkdown(results, baseline));
  const badge = formats.has('badge') ? (await renderers.badge()).renderBadge(results) : undefined;
  if (badge !== undefined) files.set('badge.json', badge);
  if (formats.has('ctrf')) files.set('ctrf.json', (await renderers.ctrf()).renderCtrf(results, junit));
  return files;
}
