import type { Results } from '../results/results.ts';
import { renderJunit } from './junit.ts';
export type ReportFormat = 'junit' | 'html' | 'md' | 'badge';
export const reportFormats: readonly ReportFormat[] = ['junit', 'html', 'md', 'badge'];
export async function renderReports(results: Results, _formats: ReadonlySet<ReportFormat>): Promise<Map<string, string>> {
  return new Map([['junit.xml', renderJunit(results)]]);
}
