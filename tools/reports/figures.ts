/**
 * A share between 0 and 1 as a percentage with one digit. What is not nothing is never shown as 0.0 %, and what is
 * not everything never as 100.0 %.
 */
export function percentage(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1 %';
  if (share < 1 && share > 0.999) return '> 99.9 %';
  return `${(share * 100).toFixed(1)} %`;
}

/** The divergence as a percentage; a dash where nothing was judged, since 0.0 % would praise the target. */
export function divergenceWords({ divergence, coverage }: { divergence: number; coverage: number }): string {
  return divergence === 0 && coverage === 0 ? '–' : percentage(divergence);
}

/** Milliseconds as people read them: `3.1 ms`, `412 ms`, `1.9 s`, `2 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${String(Math.round(milliseconds))} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
}

/** `1 case`, `2 cases`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
