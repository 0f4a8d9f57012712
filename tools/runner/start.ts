import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Writable } from 'node:stream';
import { BroadcastChannel } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { createVitest, type Reporter } from 'vitest/node';
import type { Tape } from '../cassette/cassette.ts';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import type { RunPlan } from './plan.ts';
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

/**
 * Runs the planned cases in vitest's worker.
 * @param signal tells the worker to stop: what is under way ends at once, calls are deleted, and what has ended stays
 * @param graceMs how long after the signal the worker may still take before it is no longer waited for
 */
export async function startRun(
  plan: Omit<RunPlan, 'channel'>,
  events: RunEvents,
  signal: AbortSignal,
  graceMs = 8_000,
): Promise<RunEnd> {
  const channelName = `call-mute-conformance ${randomUUID()}`;
  const problems: string[] = [];
  if (signal.aborted) return { problems };
  const { exitCode } = process;
  const reporter: Reporter = {
    onTestCaseResult(testCase) {
      const { record, targetRecord, tape } = testCase.meta();
      if (record !== undefined) events.onCase(record);
      if (targetRecord !== undefined) events.onTarget(targetRecord);
      if (tape !== undefined) events.onTape?.(tape);
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
  const vitest = await withoutProcessListeners(() =>
    createVitest(
      'test',
      {
        root: compiled,
        config: false,
        include: ['tools/runner/entry.js'],
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
        provide: { plan: { ...plan, channel: channelName } },
        // Everything but the entry is compiled already, and imported by Node itself.
        server: { deps: { external: [/\/(tools|suites|specs)\/(?!runner\/entry\.js)/] } },
      },
      {},
      { stdout: silence(), stderr: silence() },
    ),
  );
  const channel = new BroadcastChannel(channelName);
  const stopped = new Promise<void>((resolve) => {
    const stop = () => {
      channel.postMessage('stop');
      setTimeout(resolve, graceMs).unref();
    };
    signal.addEventListener('abort', stop, { once: true });
    // What is said before the worker listens is lost.
    channel.onmessage = () => {
      if (signal.aborted) channel.postMessage('stop');
    };
    if (signal.aborted) stop();
  });
  const uncaught = watchForUncaught(problems);
  try {
    await Promise.race([vitest.start(), stopped, uncaught.happened]);
  } finally {
    channel.close();
    await Promise.race([vitest.close(), new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
    uncaught.stop();
    // Vitest sets it when something of its own went wrong; what that means is for the caller to say.
    if (problems.length > 0) process.exitCode = exitCode;
  }
  return { problems };
}
