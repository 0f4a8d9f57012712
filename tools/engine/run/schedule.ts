import type { TargetRecording } from '../cassette/cassette.ts';
import { openCassetteIo } from '../cassette/cassette-io.ts';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import { Semaphore } from '../http/semaphore.ts';
import type { Target } from '../target/target.ts';
import { CaseRunner } from './case-runner.ts';
import type { RunnableCase } from '../cases/suite.ts';
import type { Operation } from './operation.ts';
import type { RunPlan } from './worker-messages.ts';
import { TranscriptRoom } from './transcript.ts';

/**
 * Cases under way on one target at most. Far more than requests in flight, because cases may all have to wait; but a
 * run with --repeat must not create thousands of calls before it mutes the first.
 */
const defaultCasesAtOnce = 400;

/** Whom a schedule tells what has come of it. */
export interface ScheduleEvents {
  /** Called as soon as a case has ended; the schedule does not keep the record. */
  onCase(record: CaseRecord): void;
  /** @param tape what was recorded of the target, where the run is */
  onTarget(record: TargetRecord, tape: TargetRecording | undefined): void;
  /** Called for what went wrong that is not the target's doing; all else goes on. */
  onProblem(error: unknown): void;
}

/**
 * Runs cases on all targets of a plan, side by side: what waits then does so while others work (design, section 10).
 * Never throws.
 * @param cases those that the plan names
 * @param signal ends what is under way, and begins no more
 */
export async function runSchedule(
  operation: Operation,
  plan: RunPlan,
  cases: readonly RunnableCase[],
  signal: AbortSignal,
  events: ScheduleEvents,
): Promise<void> {
  const room = new TranscriptRoom(plan.transcripts);
  const turns = new Semaphore(plan.targetsAtOnce);
  const run = async (target: Target): Promise<void> => {
    const endTurn = await turns.acquire();
    try {
      await runTarget(operation, target, plan, cases, { signal, room, events, endTurn });
    } catch (error) {
      events.onProblem(error);
    } finally {
      endTurn();
    }
  };
  await Promise.all(plan.targets.map(run));
}

interface TargetTurn {
  readonly signal: AbortSignal;
  readonly room: TranscriptRoom;
  readonly events: ScheduleEvents;
  /** Lets the next target begin. */
  readonly endTurn: () => void;
}

async function runTarget(
  operation: Operation,
  target: Target,
  plan: RunPlan,
  cases: readonly RunnableCase[],
  { signal, room, events, endTurn }: TargetTurn,
): Promise<void> {
  const { io, recorder } = await openCassetteIo(target, plan);
  const { seed, concurrency, keepCalls, callbackTls } = plan;
  // Of what is recorded each case can be played for itself.
  const everyCaseAsks = plan.record === true || plan.replay !== undefined;
  const options = { seed, concurrency, keepCalls, everyCaseAsks, signal, io, ...(callbackTls && { callbackTls }) };
  const runner = await CaseRunner.open(operation, target, options, room);
  const runAndReport = async (planned: RunnableCase, repetition: number): Promise<void> => {
    try {
      const record = await runner.run(planned, repetition);
      if (record !== undefined) events.onCase(record);
    } catch (error) {
      events.onProblem(error);
    }
  };

  const semaphore = new Semaphore(plan.casesAtOnce ?? defaultCasesAtOnce);
  const runAll = async (some: readonly RunnableCase[]): Promise<void> => {
    const underWay = new Set<Promise<void>>();
    for (const { planned, repetition } of everyTime(some, plan.repeat)) {
      const release = await semaphore.acquire();
      await runner.readyForNext();
      // However many times are left, an interruption is over at once.
      if (signal.aborted) {
        release();
        break;
      }
      const one = runAndReport(planned, repetition).finally(() => {
        underWay.delete(one);
        release();
      });
      underWay.add(one);
    }
    await Promise.all(underWay);
  };
  for (const turn of turnsOf(cases, everyCaseAsks)) {
    // All that came to a call has been seen when that is let go of.
    if (turn.length > 0) await runner.session.released();
    await runAll(turn);
  }
  // Its calls may take a while to be deleted.
  endTurn();
  await Promise.all(cases.filter(({ scope }) => scope === 'run').map((planned) => runAndReport(planned, 0)));
  const record = await runner.finish();
  events.onTarget(record, await recorder?.tape(runner.session.secrets.redactor));
}

/**
 * The cases in turns, each for when the one before has ended: those that ask for themselves; of those that look at the
 * same, one, which asks where there was nothing to see; the others. Within a turn, what waits does so while the others
 * work, and none that may have to wait in vain is kept for later.
 */
function turnsOf(cases: readonly RunnableCase[], everyCaseAsks: boolean): RunnableCase[][] {
  const ofCase = cases.filter(({ scope }) => scope === 'case').toSorted((one, other) => other.weight - one.weight);
  const looksAt = ({ scope, definition, path }: RunnableCase) =>
    everyCaseAsks || scope === 'run' || definition.looksAt === undefined ? undefined : `${path} ${definition.looksAt}`;
  const looking = ofCase.filter((planned) => looksAt(planned) !== undefined);
  const ofEach = new Map(looking.toReversed().map((planned) => [looksAt(planned), planned]));
  const isFirst = (planned: RunnableCase) => planned.weight > 1 || ofEach.get(looksAt(planned)) === planned;
  return [
    ofCase.filter((planned) => looksAt(planned) === undefined),
    looking.filter(isFirst),
    looking.filter((planned) => !isFirst(planned)),
  ];
}

/** Every case once before any comes again. Made as they are asked for: a hundred repetitions are 37,000. */
function* everyTime<T>(cases: readonly T[], repeat: number): Generator<{ planned: T; repetition: number }> {
  for (let repetition = 0; repetition < repeat; repetition += 1) {
    for (const planned of cases) yield { planned, repetition };
  }
}
