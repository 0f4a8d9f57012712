import { plural } from '../reports/figures.ts';

/** How far a run is, and the words for it; nothing here knows of terminals, timers or the clock. */

/** A case as far as progress looks at it. */
export interface AwaitedCase {
  readonly id: string;
  readonly suite: string;
  /** How often it ends in this run: on each target, and as often as it is repeated. */
  readonly times: number;
}

interface SuiteProgress {
  readonly total: number;
  ended: number;
  violated: number;
}

/** Counts what has ended, by suite, and knows what is still awaited. */
export class ProgressState {
  readonly #suites = new Map<string, SuiteProgress>();
  readonly #suiteOf = new Map<string, string>();
  /** How often each case is still to end: on each target, and as often as it is repeated. */
  readonly #awaited = new Map<string, number>();
  readonly total: number;

  constructor(cases: readonly AwaitedCase[]) {
    for (const { id, suite, times } of cases) {
      this.#suiteOf.set(id, suite);
      this.#awaited.set(id, times);
      const { total = 0 } = this.#suites.get(suite) ?? {};
      this.#suites.set(suite, { total: total + times, ended: 0, violated: 0 });
    }
    this.total = cases.reduce((sum, { times }) => sum + times, 0);
  }

  /** A case has ended, on one target, once. */
  end(id: string, violated: boolean): void {
    const left = (this.#awaited.get(id) ?? 0) - 1;
    if (left > 0) this.#awaited.set(id, left);
    else this.#awaited.delete(id);
    const suite = this.#suites.get(this.#suiteOf.get(id) ?? '');
    if (suite === undefined) return;
    suite.ended += 1;
    if (violated) suite.violated += 1;
  }

  get ended(): number {
    return [...this.#suites.values()].reduce((sum, { ended }) => sum + ended, 0);
  }

  get violated(): number {
    return [...this.#suites.values()].reduce((sum, { violated }) => sum + violated, 0);
  }

  get suites(): ReadonlyMap<string, Readonly<SuiteProgress>> {
    return this.#suites;
  }

  /** The cases that are still awaited, in the order of the run. */
  get awaited(): string[] {
    return [...this.#awaited.keys()];
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** All in one line, for logs: `120/368 done, 2 violations, 1.2 s`. */
export function progressLine(state: ProgressState, elapsedMs: number): string {
  const { ended, total, violated } = state;
  const violations = violated === 0 ? '' : `, ${plural(violated, 'violation')}`;
  return `${ended}/${total} done${violations}, ${seconds(elapsedMs)}`;
}

/** What the run waits for, in words. */
function waiting(state: ProgressState): string {
  const { awaited, ended } = state;
  if (ended === 0) return 'waiting for the target';
  const [first, ...others] = awaited;
  if (first === undefined) return 'waiting for calls to be deleted';
  return `waiting for ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}

/**
 * A line for each suite and one for the whole, at most so wide, so many and so plain as the terminal demands.
 * @param rows lines that fit; with fewer than the suites need, one line stands for all
 */
export function progressBlock(
  state: ProgressState,
  elapsedMs: number,
  { columns, rows, unicode }: { readonly columns: number; readonly rows: number; readonly unicode: boolean },
): string[] {
  const cut = (line: string) => (line.length < columns ? line : line.slice(0, Math.max(0, columns - 1)));
  const whole = `${progressLine(state, elapsedMs)}; ${waiting(state)}`;
  if (state.suites.size + 1 >= rows) return [cut(whole)];
  const width = Math.max(...[...state.suites.keys()].map((name) => name.length));
  const [done, open] = unicode ? ['✓', '…'] : ['+', '.'];
  const lines = [...state.suites].map(([name, { total, ended, violated }]) => {
    const violations = violated === 0 ? '' : `, ${plural(violated, 'violation')}`;
    return `${ended === total ? done : open} ${name.padEnd(width)}  ${ended}/${total}${violations}`;
  });
  return [...lines, whole].map(cut);
}
