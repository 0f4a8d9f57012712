import type { Reporter, TestCase } from 'vitest/node';
import './hostile-run.ts';

/** Prints what each run of the corpus took and said, after all of them have ended. */
export default class TableReporter implements Reporter {
  readonly #lines: string[] = [];

  onTestCaseResult(test: TestCase): void {
    const { hostile } = test.meta();
    if (hostile === undefined) return;
    const { exitCode, took, cause } = hostile;
    const figures = [
      exitCode.padStart(7),
      (took?.seconds.toFixed(1) ?? '').padStart(5),
      (took?.processorSeconds.toFixed(1) ?? '').padStart(5),
      (took?.megabytes.toFixed(0) ?? '').padStart(4),
    ].join(' ');
    this.#lines.push(`${figures}  ${test.name.padEnd(60)}  ${cause.replaceAll(/\s+/g, ' ').slice(0, 160)}`);
  }

  onTestRunEnd(): void {
    if (this.#lines.length === 0) return;
    process.stdout.write(`\n   exit     s cpu s   MB  target\n${this.#lines.join('\n')}\n`);
  }
}
