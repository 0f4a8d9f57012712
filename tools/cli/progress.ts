import { type AwaitedCase, progressBlock, progressLine, ProgressState } from './progress-state.ts';
import { type Output, wantsUnicode } from './command-io.ts';

/** How often a terminal is written anew, and how often a log gets a line, in milliseconds. */
const frameMs = 100;
const lineMs = 2_000;

const cursorUp = (lines: number) => (lines > 0 ? `\u001b[${lines}A` : '');
const clearBelow = '\r\u001b[J';

export interface ProgressOptions {
  readonly cases: readonly AwaitedCase[];
  readonly output: Output;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds that only ever grow. */
  now(): number;
}

/** Whether lines can be written over there: not in a log, whatever a CI system says of its own output. */
function canRewrite({ isTTY }: Output, environment: NodeJS.ProcessEnv): boolean {
  return isTTY === true && environment['TERM'] !== 'dumb' && !environment['CI'];
}

/**
 * Says how far a run is: on a terminal a live line for each suite and one for what is waited for, else a plain line now
 * and then.
 */
export class Progress {
  readonly #options: ProgressOptions;
  readonly #state: ProgressState;
  readonly #live: boolean;
  readonly #startedAt: number;
  readonly #timer: NodeJS.Timeout | undefined;
  #lastAt: number;
  #linesShown = 0;

  constructor(options: ProgressOptions) {
    const { output, environment, now, cases } = options;
    this.#options = options;
    this.#state = new ProgressState(cases);
    this.#live = canRewrite(output, environment);
    this.#startedAt = now();
    this.#lastAt = this.#startedAt;
    // Time goes by on the screen also while nothing ends.
    if (this.#live) this.#timer = setInterval(() => this.#rewrite(), frameMs).unref();
  }

  /** A case has ended. */
  ended(id: string, violated: boolean): void {
    this.#state.end(id, violated);
    if (this.#live) return;
    const { now, output } = this.#options;
    if (now() - this.#lastAt < lineMs && this.#state.ended < this.#state.total) return;
    this.#lastAt = now();
    output.write(`${progressLine(this.#state, this.#lastAt - this.#startedAt)}\n`);
  }

  #rewrite(): void {
    const { now, output, environment } = this.#options;
    const lines = progressBlock(this.#state, now() - this.#startedAt, {
      columns: output.columns ?? 80,
      rows: output.rows ?? 24,
      unicode: wantsUnicode(environment),
    });
    output.write(`${this.#eraser()}${lines.join('\n')}`);
    this.#linesShown = lines.length;
  }

  /** Takes away what was shown before; what was broken by a narrower window may leave a rest. */
  #eraser(): string {
    return this.#linesShown === 0 ? '' : `${cursorUp(this.#linesShown - 1)}${clearBelow}`;
  }

  /** Takes the live lines away, so that what follows begins on a line of its own. */
  close(): void {
    clearInterval(this.#timer);
    if (this.#linesShown > 0) this.#options.output.write(this.#eraser());
    this.#linesShown = 0;
  }
}
