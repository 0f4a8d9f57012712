import { suites } from '../../../suites/index.ts';
import { performance } from 'node:perf_hooks';
import { embeddedTarget } from '../../api/run/embedded-target.ts';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { type EmulatorServer, startEmulatorServer } from '../../emulator/start.ts';
import type { CaseRecord } from '../../engine/results/outcome.ts';
import type { RuleFinding } from '../../engine/results/results.ts';
import { casesOf } from '../../engine/cases/suite.ts';
import { withSuitesWorker } from '../../api/run/suites-worker.ts';
import type { Target } from '../../engine/target/target.ts';
import { caseVerdicts, type SubjectResult, type Subject } from './observed.ts';

export interface SubjectRunOptions {
  readonly seed: number;
  readonly timeouts: Target['timeouts'];
  /** Workers side by side. */
  readonly lanes: number;
  /** Subjects that one worker gets at a time: few enough that no lane waits long for the last of another. */
  readonly batchSize: number;
  /** Subjects of a lane under way at once: while the cases of one wait, those of another work. */
  readonly subjectsAtOnce: number;
  /** Cases under way at once on each subject: the fewer, the sooner each update comes. */
  readonly casesAtOnce: number;
  readonly secondLook: boolean;
  readonly signal: AbortSignal;
  onEnd(subject: Subject): void;
}

interface Running {
  readonly subject: Subject;
  readonly emulator: EmulatorServer;
  readonly records: CaseRecord[];
  findings: readonly RuleFinding[];
  startedAt: number | undefined;
  durationMs: number;
}

/**
 * Runs the whole suite against each subject: the emulators in this thread, the cases in those of the workers.
 * @returns one observation for each subject, in the order of ending
 * @throws Error when the suite could not be run at all, or was interrupted
 */
export async function runSubjects(subjects: readonly Subject[], options: SubjectRunOptions): Promise<SubjectResult[]> {
  const waiting = [...subjects];
  const observations: SubjectResult[] = [];
  const lane = async (): Promise<void> => {
    for (;;) {
      const batch = waiting.splice(0, options.batchSize);
      if (batch.length === 0) return;
      observations.push(...(await runBatch(batch, options)));
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, lane));
  return observations;
}

async function runBatch(subjects: readonly Subject[], options: SubjectRunOptions): Promise<SubjectResult[]> {
  const planned = casesOf(suites);
  const running = new Map<string, Running>();
  for (const subject of subjects) {
    const deviation = subject.kind === 'reference' ? undefined : subject.deviation;
    const emulator = await startEmulatorServer(deviation === undefined ? {} : { deviation });
    running.set(subject.id, { subject, emulator, records: [], findings: [], startedAt: undefined, durationMs: 0 });
  }
  try {
    const { problems } = await withSuitesWorker({ replays: false }, (worker) =>
      worker.run(
        {
          targets: [...running.values()].map((one) => targetOf(one, options.timeouts)),
          cases: planned.map(({ id }) => id),
          seed: options.seed,
          concurrency: 16,
          repeat: 1,
          // The emulator ends with its run, and what cases delete they delete all the same.
          keepCalls: true,
          targetsAtOnce: options.subjectsAtOnce,
          casesAtOnce: options.casesAtOnce,
          transcripts: 'none',
        },
        {
          onCase(record) {
            const one = running.get(record.target);
            if (one === undefined) return;
            one.startedAt ??= performance.now() - record.durationMs;
            one.records.push(record);
          },
          onTarget({ target, findings = [] }) {
            const one = running.get(target);
            if (one === undefined) return;
            one.findings = findings;
            one.durationMs = Math.round(performance.now() - (one.startedAt ?? performance.now()));
            void one.emulator.close();
            options.onEnd(one.subject);
          },
        },
        options.signal,
      ),
    );
    options.signal.throwIfAborted();
    if (problems.length > 0) throw new Error(`the suite could not be run: ${problems[0]}`);
  } finally {
    await Promise.all([...running.values()].map(({ emulator }) => emulator.close()));
  }
  return [...running.values()].map(({ subject, records, findings, durationMs }) => ({
    subject,
    cases: caseVerdicts(planned, records, loadCatalogue(), findings),
    durationMs,
    secondLook: options.secondLook,
  }));
}

function targetOf({ subject, emulator }: Running, timeouts: Target['timeouts']): Target {
  const callback = { host: '127.0.0.1', port: 0, tls: false };
  const deviation = subject.kind === 'reference' ? {} : subject.deviation;
  return { ...embeddedTarget(emulator, 'beta', timeouts, callback, deviation), name: subject.id };
}
