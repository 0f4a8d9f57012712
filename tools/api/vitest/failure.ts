import type { Place } from '../../engine/cases/suite.ts';

/** A test that fails, as vitest shows it: with `expected` and `actual` it shows how they differ. */
export class ConformanceError extends Error {
  readonly expected?: string;
  readonly actual?: string;

  /** @param places from where the stack leads: first that of the case, then that of the user's call */
  constructor(
    { name, message, expected, actual }: { name: string; message: string; expected?: string; actual?: string },
    places: readonly Place[],
  ) {
    super(message);
    this.name = name;
    if (expected !== undefined && actual !== undefined) Object.assign(this, { expected, actual });
    this.stack = stackOf(this, places);
  }
}

/** Has the stack of an error lead to other places than where it was made, and through nothing of the package. */
export function pointTo(error: Error, places: readonly Place[]): void {
  error.stack = stackOf(error, places);
}

function stackOf({ name, message }: Error, places: readonly Place[]): string {
  const frames = places.flatMap(({ stack = '' }) =>
    stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 1),
  );
  return [`${name}: ${message}`, ...frames].join('\n');
}
