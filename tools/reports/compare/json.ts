import type { Comparison } from './compare.ts';

/** The comparison itself, for other tools. */
export function renderComparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 2)}\n`;
}
