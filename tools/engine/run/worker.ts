import { Worker as Thread } from 'node:worker_threads';
import type { TargetRecording } from '../cassette/cassette.ts';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import type { RunPlan, WorkerData, WorkerNews, WorkerOrder } from './worker-messages.ts';

export interface RunEvents {
  /** Called as soon as a case has ended, in the order of ending. */
  onCase(record: CaseRecord): void;
  onTarget(record: TargetRecord): void;
  /** Called for each target of a run that is recorded. */
  /** @param target its name as it is given, which the recording may show without a secret in it */
  onTape?(tape: TargetRecording, target: string): void;
}

export interface WorkerEnd {
  /** What went wrong that is not the target's doing, e.g. a worker that died; empty when all went well. */
  readonly problems: readonly string[];
}

/** A thread of its own for the cases; it is told what to run when that is known. */
export interface Worker {
  /**
   * Runs the planned cases; once.
   * @param signal tells the worker to stop: what is under way ends at once, calls are deleted, and what has ended stays
   * @param graceMs how long after the signal the worker may still take before it is no longer waited for
   */
  run(plan: RunPlan, events: RunEvents, signal: AbortSignal, graceMs?: number): Promise<WorkerEnd>;
  /** Ends the worker, whether it has run or not. */
  close(): Promise<void>;
}

/**
 * Launches a worker while `use` needs it, and ends it then.
 * @param entry the compiled module that the thread runs: it knows the suites (see WorkerOrder and WorkerNews)
 * @param data what it is going to do, so that it can load what that needs
 */
export async function withWorker<T>(entry: URL, data: WorkerData, use: (worker: Worker) => Promise<T>): Promise<T> {
  const worker = launchWorker(entry, data);
  try {
    return await use(worker);
  } finally {
    await worker.close();
  }
}

/**
 * Starts a worker, which takes a fifth of a second to load: the sooner it is launched, the more of that passes while
 * the run is loaded and made ready in this thread.
 */
function launchWorker(entry: URL, workerData: WorkerData): Worker {
  const thread = new Thread(entry, { workerData });
  const problems: string[] = [];
  let events: RunEvents | undefined;
  let closing: Promise<void> | undefined;
  const order = (given: WorkerOrder) => {
    if (closing === undefined) thread.postMessage(given);
  };
  const ended = new Promise<void>((resolve) => {
    thread.on('message', (news: WorkerNews) => {
      if ('record' in news) events?.onCase(news.record);
      else if ('targetRecord' in news) {
        events?.onTarget(news.targetRecord);
        if (news.tape !== undefined) events?.onTape?.(news.tape, news.targetRecord.target);
      } else if ('problem' in news) problems.push(news.problem);
      else resolve();
    });
    thread.on('error', (error) => void problems.push(error.message));
    thread.on('exit', (code) => {
      if (problems.length === 0) problems.push(`the thread that runs the cases ended by itself, with ${code}`);
      resolve();
    });
  });

  return {
    async run(plan, given, signal, graceMs = 8_000) {
      if (signal.aborted) return { problems: [] };
      events = given;
      order({ plan });
      const stopped = new Promise<void>((resolve) => {
        const stop = () => {
          order({ stop: true });
          setTimeout(resolve, graceMs).unref();
        };
        signal.addEventListener('abort', stop, { once: true });
      });
      await Promise.race([ended, stopped]);
      // What a worker says that is no longer waited for would come after the results.
      events = undefined;
      return { problems: [...problems] };
    },
    close() {
      closing ??= thread.terminate().then(() => undefined);
      return closing;
    },
  };
}
