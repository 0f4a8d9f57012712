import { type RunnerTaskResultPack, TestRunner } from 'vitest';

/**
 * Runs the cases as vitest does, and forgets what a case has told as soon as the main thread has been told of it: the
 * transcripts of a run are tens of megabytes, which are kept there.
 */
export default class ForgettingRunner extends TestRunner {
  /** Called when an update has been sent. */
  onTaskUpdate(packs: RunnerTaskResultPack[]): void {
    for (const [, , meta] of packs) {
      delete meta.record;
      delete meta.tape;
    }
  }
}
