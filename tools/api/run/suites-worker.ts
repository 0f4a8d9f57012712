import { type Worker, withWorker } from '../../engine/run/worker.ts';
import type { WorkerData } from '../../engine/run/worker-messages.ts';

/** Launches a thread that runs the suites for whoever uses it, and ends it when that is done. */
export function withSuitesWorker<T>(data: WorkerData, use: (worker: Worker) => Promise<T>): Promise<T> {
  return withWorker(new URL('worker-entry.js', import.meta.url), data, use);
}
