import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import type { RuleFinding } from '../results/results.ts';
import type { SessionOptions, TargetSession } from '../target/session.ts';
import type { Target } from '../target/target.ts';
import type { RunnableCase } from '../cases/suite.ts';
import type { OpenFinding, Operation } from './operation.ts';
import { runCase } from './run-case.ts';
import { cutTranscript, notificationRecords, TranscriptRoom } from './transcript.ts';

/**
 * A case begins when so few requests wait for a slot. One that waits for a notification, or for silence, sends none, so
 * it keeps nobody from beginning; and what is under way is little enough to be forgotten soon, which is a fifth of the
 * processor.
 */
const shortQueue = 8;

/**
 * Runs cases on one target, in this thread: `open`, then `run` for each case, one by one or side by side, then `finish`.
 * It schedules nothing and keeps no record.
 */
export class CaseRunner<Session extends TargetSession = TargetSession> {
  readonly session: Session;
  readonly #operation: Operation<Session>;
  readonly #room: TranscriptRoom;

  private constructor(operation: Operation<Session>, session: Session, room: TranscriptRoom) {
    this.#operation = operation;
    this.session = session;
    this.#room = room;
  }

  /**
   * Listens for callbacks and makes the first contact with the target. Where that fails for the target's part, every
   * case is could-not-run.
   * @param room for the transcripts of all that is run; targets of one run share it
   * @throws ConfigurationError when the callback listener cannot be opened
   */
  static async open<Session extends TargetSession>(
    operation: Operation<Session>,
    target: Target,
    options: Omit<SessionOptions, 'startedAt'>,
    room = new TranscriptRoom(),
  ): Promise<CaseRunner<Session>> {
    const session = await operation.openSession(target, { ...options, startedAt: options.io.clock.now() });
    try {
      await operation.reach(session);
    } catch (error) {
      await session.finish();
      throw error;
    }
    return new CaseRunner(operation, session, room);
  }

  /** Waits until another case may begin, so that each sees the requests of those that began before it. */
  async readyForNext(): Promise<void> {
    await this.session.semaphore.waitForQueueBelow(shortQueue);
    await nextTurn();
  }

  /**
   * Runs a case once. One that judges the whole run is for when all others have ended; it waits until their calls are
   * deleted, since these requests are judged, too.
   * @param repetition how many times the case has run before
   * @returns undefined for a case that the interruption kept from ending: it is not one that could not run
   */
  async run(planned: RunnableCase, repetition = 0): Promise<CaseRecord | undefined> {
    const { signal, secrets } = this.session;
    if (planned.scope === 'run') await this.session.releaseAll();
    if (signal.aborted) return undefined;
    const attempted = { planned, session: this.session, operation: this.#operation, room: this.#room };
    const record = await runCase(attempted, repetition, secrets.redactor);
    return signal.aborted && record.outcome.kind === 'could-not-run' ? undefined : record;
  }

  /** Deletes the calls that are left, closes everything, and says what the run on this target was like. */
  async finish(): Promise<TargetRecord> {
    const { session } = this;
    await session.finish();
    const { target, notes, unreachable } = session;
    const findings = this.#operation.findings(session).map((finding) => this.#recorded(finding));
    const shown = session.secrets.redactor.deep({
      traffic: session.traffic(),
      notes,
      ...(unreachable && { unreachable }),
      ...(findings.length > 0 && { findings }),
    });
    return { target: target.name, ...shown };
  }

  /** A finding as a report can have it: within the room for a case, or without transcript where none is kept. */
  #recorded({ exchanges, deliveries, ...finding }: OpenFinding): RuleFinding {
    if (this.#room.isClosed) return { ...finding, exchanges: [], notifications: [] };
    const limit = this.#room.forCase;
    const { startedAt } = this.session;
    const { notifications } = notificationRecords(deliveries, this.#operation, { startedAt, limit });
    const kept = cutTranscript({ exchanges, notifications }, limit);
    this.#room.take(kept.length);
    return { ...finding, exchanges: kept.exchanges, notifications: kept.notifications };
  }
}
