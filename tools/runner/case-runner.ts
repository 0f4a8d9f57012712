import type { Test, VitestRunner, VitestRunnerConfig } from '@vitest/runner/types';

/**
 * What vitest's runner asks of those who use it: where the tests come from, and how they are run. All run side by side;
 * how many are under way at once is the business of each target's host.
 */
export class CaseRunner implements VitestRunner {
  readonly config: VitestRunnerConfig;
  readonly #define: () => void;
  readonly #onProblem: (problem: string) => void;

  /**
   * @param root the folder that the names of files begin at
   * @param define defines the tests
   * @param onProblem is told what a test has thrown: a case says what it found in its record, and throws nothing
   */
  constructor(root: string, define: () => void, onProblem: (problem: string) => void) {
    this.#define = define;
    this.#onProblem = onProblem;
    this.config = {
      root,
      name: undefined,
      setupFiles: [],
      passWithNoTests: true,
      testNamePattern: undefined,
      allowOnly: true,
      sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: Number.MAX_SAFE_INTEGER,
      testTimeout: 0,
      hookTimeout: 0,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    };
  }

  /** Called for each file of tests, of which there is one. */
  importFile(): void {
    this.#define();
  }

  onAfterRunTask({ result }: Test): void {
    for (const { message } of result?.errors ?? []) this.#onProblem(message);
  }
}
