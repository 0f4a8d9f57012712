import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Writable } from 'node:stream';
import { BroadcastChannel } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { createVitest, type Reporter } from 'vitest/node';
import type { Tape } from '../cassette/cassette.ts';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import type { RunChannel, RunPlan } from './plan.ts';
import { withoutProcessListeners } from './process-listeners.ts';

export interface RunEvents {
  /** Called as soon as a case has ended, in the order of ending. */
  onCase(record: CaseRecord): void;
  onTarget(record: TargetRecord): void;
  /** Called for each target of a run that is recorded. */
  onTape?(tape: Tape): void;
}

export interface RunEnd {
  /** What kept the suites from running at all, e.g. a worker that died; empty when all went well. */
  readonly problems: readonly string[];
}

/** Vitest's own words go nowhere: what it has to say is in `problems`. */
const silence = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** An error in words, with what was behind it. */
function inWords({ message, cause }: { readonly message: string; readonly cause?: unknown }): string {
  const reason = typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : '';
  return reason === '' ? message : `${message} ${reason}`;
}

/**
 * Watches for exceptions that nobody catches: a worker that dies while it starts is one, and would end the process
 * before anything is written.
 */
function watchForUncaught(problems: string[]): { readonly happened: Promise<void>; stop(): void } {
  let listener: (error: Error) => void = () => undefined;
  const happened = new Promise<void>((resolve) => {
    listener = (error) => {
      problems.push(inWords(error));
      resolve();
    };
  });
  process.on('uncaughtException', listener);
  return { happened, stop: () => process.off('uncaughtException', listener) };
}

const compiled = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** A worker of vitest's, in a thread of its own, that is told what to run when it is there. */
export interface Worker {
  /**
   * Runs the planned cases; once.
   * @param signal tells the worker to stop: what is under way ends at once, calls are deleted, and what has ended stays
   * @param graceMs how long after the signal the worker may still take before it is no longer waited for
   */
  run(plan: RunPlan, events: RunEvents, signal: AbortSignal, graceMs?: number): Promise<RunEnd>;
  /** Resolves when its thread is on its way, or never will be: what this thread does from then on does not delay it. */
  readonly spawned: Promise<void>;
  /** Ends the worker, whether it has run or not; resolves when it has ended, or does not end by itself. */
  close(): Promise<void>;
}

/**
 * Starts a worker, which takes a fifth of a second in another thread: the sooner it is done, the more of that passes
 * while the run is made ready.
 */
export function launchWorker(): Worker {
  const channelName = `call-mute-conformance ${randomUUID()}`;
  const channel: RunChannel = new BroadcastChannel(channelName);
  const problems: string[] = [];
  const uncaught = watchForUncaught(problems);
  const { exitCode } = process;
  let events: RunEvents | undefined;
  let spawned = (): void => undefined;
  const spawning = new Promise<void>((resolve) => {
    spawned = resolve;
  });
  const reporter: Reporter = {
    // What vitest does next is to start the thread.
    onTestRunStart: () => void setImmediate(spawned),
    onTestCaseResult(testCase) {
      const { record, targetRecord, tape } = testCase.meta();
      if (record !== undefined) events?.onCase(record);
      if (targetRecord !== undefined) events?.onTarget(targetRecord);
      if (tape !== undefined) events?.onTape?.(tape);
      for (const error of testCase.result().errors ?? []) problems.push(error.message);
    },
    onTestModuleCollected(module) {
      for (const error of module.errors()) problems.push(error.message);
    },
    onTestRunEnd(modules, unhandled) {
      for (const error of unhandled) problems.push(inWords(error));
      for (const module of modules) for (const error of module.errors()) problems.push(error.message);
    },
  };
  // What is said before the worker listens is lost.
  const listening = new Promise<void>((resolve) => {
    channel.onmessage = () => resolve();
  });
  const created = withoutProcessListeners(() =>
    createVitest(
      'test',
      {
        root: compiled,
        config: false,
        include: ['tools/runner/entry.js'],
        runner: path.join(compiled, 'tools/runner/forgetting-runner.js'),
        // The default excludes node_modules, where an installed suite is.
        exclude: [],
        watch: false,
        pool: 'threads',
        maxWorkers: 1,
        isolate: false,
        fileParallelism: false,
        maxConcurrency: Number.MAX_SAFE_INTEGER,
        testTimeout: 0,
        cache: false,
        reporters: [reporter],
        provide: { channel: channelName },
        // Everything but the entry is compiled already, and imported by Node itself.
        server: { deps: { external: [/\/(tools|suites|specs)\/(?!runner\/entry\.js)/] } },
      },
      {},
      { stdout: silence(), stderr: silence() },
    ),
  );
  const started = created.then((vitest) => vitest.start());
  // Looked at when the worker is run; until then nobody is there to hear of it.
  started.catch(spawned);
  void uncaught.happened.then(spawned);
  let closing: Promise<void> | undefined;

  /** Ends the wait for a worker that does nothing any more. */
  const patience = () => new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref());

  /** A thread that waits for its plan is not ended by vitest. */
  async function dismiss(): Promise<void> {
    await Promise.race([listening, uncaught.happened, patience()]);
    channel.postMessage({ stop: true });
    await Promise.race([started.catch(() => undefined), uncaught.happened, patience()]);
  }

  async function end(): Promise<void> {
    if (events === undefined) await dismiss();
    channel.close();
    const closed = created.then((vitest) => vitest.close()).catch(() => undefined);
    await Promise.race([closed, patience()]);
    uncaught.stop();
    // Vitest sets it when something of its own went wrong; what that means is for the caller to say.
    if (problems.length > 0 || events === undefined) process.exitCode = exitCode;
  }

  return {
    spawned: spawning,
    async run(plan, given, signal, graceMs = 8_000) {
      if (signal.aborted) return { problems: [] };
      events = given;
      const stopped = new Promise<void>((resolve) => {
        const stop = () => {
          if (closing === undefined) channel.postMessage({ stop: true });
          setTimeout(resolve, graceMs).unref();
        };
        signal.addEventListener('abort', stop, { once: true });
      });
      void listening.then(() => {
        if (closing === undefined) channel.postMessage({ plan, ...(signal.aborted && { stop: true }) });
      });
      await Promise.race([started, stopped, uncaught.happened]);
      return { problems };
    },
    close() {
      closing ??= end();
      return closing;
    },
  };
}
