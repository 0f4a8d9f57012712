import { type RunnerTaskEventPack, type RunnerTaskResultPack, TestRunner } from 'vitest';

/**
 * Runs the cases as vitest does, and forgets what a case has told as soon as the main thread has been told of it: the
 * transcripts of a run are tens of megabytes, which are kept there.
 */
export default class ForgettingRunner extends TestRunner {
  /**
   * Called when an update has been sent. One that goes out between the last step of a case and its end holds what the
   * case has told, but the main thread reads it with the end alone, which comes with a later update.
   */
  onTaskUpdate(packs: RunnerTaskResultPack[], events: RunnerTaskEventPack[]): void {
    const ended = new Set(events.filter(([, event]) => event === 'test-finished').map(([id]) => id));
    for (const [id, , meta] of packs) {
      if (!ended.has(id)) continue;
      delete meta.record;
      delete meta.tape;
    }
  }
}
