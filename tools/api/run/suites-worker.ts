import { type Worker, withWorker } from '../../engine/run/worker.ts';
import type { WorkerData } from '../../engine/run/worker-messages.ts';

/** Launches a thread that runs the suites while `use` needs it, and ends it then. */
export function withSuitesWorker<T>(data: WorkerData, use: (worker: Worker) => Promise<T>): Promise<T> {
  return withWorker(new URL('worker-entry.js', import.meta.url), data, use);
}
