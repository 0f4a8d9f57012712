import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Tape } from '../cassette/cassette.ts';
import { openDeck, type Deck } from '../cassette/deck.ts';
import type { CaseRecord, TargetRecord } from '../results/outcome.ts';
import { reach } from '../target/reach.ts';
import { TargetSession } from '../target/session.ts';
import { Slots } from '../target/slots.ts';
import type { Target } from '../target/target.ts';
import type { RunnableCase } from './check.ts';
import type { RunPlan } from './plan.ts';
import { runCase } from './run-case.ts';
import type { TranscriptRoom } from './transcript.ts';

/**
 * Cases under way on one target at most. Far more than requests in flight, because cases may all have to wait; but a
 * run with --repeat must not create thousands of calls before it mutes the first.
 */
const defaultCasesAtOnce = 400;

/**
 * A case begins when so few requests wait for a slot. One that waits for a notification, or for silence, sends none, so
 * it keeps nobody from beginning; and what is under way is little enough to be forgotten soon, which is a fifth of the
 * processor.
 */
const shortQueue = 8;

/** Runs the cases of one target: opens its session when it is its turn, and closes it after the last case. */
export class TargetHost {
  readonly target: Target;
  readonly #signal: AbortSignal;
  readonly #session: Promise<TargetSession>;
  #deck: Deck | undefined;
  readonly #cases: Slots;
  readonly #room: TranscriptRoom;
  readonly #repeat: number;
  #casesLeft: number;
  #runCasesLeft: number;
  #lastTurn: Promise<void> = Promise.resolve();
  readonly #casesEnded = deferred();
  readonly #allEnded = deferred();

  /**
   * @param turn resolves when the target may begin; what it returns is called when the target has ended
   * @param amount how many cases will come, and how many that judge the whole run
   * @param room for the transcripts of all targets of the run
   */
  constructor(
    target: Target,
    plan: RunPlan,
    signal: AbortSignal,
    turn: () => Promise<() => void>,
    amount: { cases: number; runCases: number },
    room: TranscriptRoom,
  ) {
    this.#room = room;
    this.target = target;
    this.#signal = signal;
    this.#cases = new Slots(plan.casesAtOnce ?? defaultCasesAtOnce);
    this.#repeat = plan.repeat;
    this.#casesLeft = amount.cases * plan.repeat;
    this.#runCasesLeft = amount.runCases;
    if (amount.cases === 0) this.#casesEnded.resolve();
    if (amount.cases === 0 && amount.runCases === 0) this.#allEnded.resolve();
    this.#session = turn().then(async (end) => {
      void this.#allEnded.promise.then(end);
      this.#deck = await openDeck(target, plan);
      const { outside } = this.#deck;
      const session = await TargetSession.open(target, {
        seed: plan.seed,
        concurrency: plan.concurrency,
        keepCalls: plan.keepCalls,
        signal,
        startedAt: outside.clock.now(),
        outside,
        ...(target.callback.tls && plan.callbackTls && { callbackTls: plan.callbackTls }),
      });
      await reach(session);
      return session;
    });
    this.#session.catch(() => undefined);
  }

  #endCase(): void {
    this.#casesLeft -= 1;
    if (this.#casesLeft === 0) this.#casesEnded.resolve();
    if (this.#casesLeft === 0 && this.#runCasesLeft === 0) this.#allEnded.resolve();
  }

  /**
   * Runs a case as often as the plan says. It queues up again when it has begun, so that every case comes once before
   * any comes again, and those that wait are never more than there are cases.
   * @param onRecord is told of each time that came to an end
   */
  async run(planned: RunnableCase, onRecord: (record: CaseRecord) => void): Promise<void> {
    const times: Promise<void>[] = [];
    for (let repetition = 0; repetition < this.#repeat; repetition += 1) {
      const begun = deferred();
      const once = this.#runOnce(planned, repetition, begun.resolve).then((record) => {
        if (record !== undefined) onRecord(record);
      });
      // Looked at in the end.
      once.catch(() => undefined);
      times.push(once);
      await begun.promise;
    }
    await Promise.all(times);
  }

  async #runOnce(planned: RunnableCase, repetition: number, onBegin: () => void): Promise<CaseRecord | undefined> {
    try {
      const session = await this.#session;
      // However many times are left, an interruption is over at once.
      if (this.#signal.aborted) return undefined;
      const release = await this.#cases.acquire();
      try {
        await this.#turn(session);
        onBegin();
        return await this.#run(planned, session, repetition);
      } finally {
        release();
      }
    } finally {
      onBegin();
      this.#endCase();
    }
  }

  /** Waits until a case may begin; one after another, so that each sees the requests of those before it. */
  #turn({ slots }: TargetSession): Promise<void> {
    this.#lastTurn = this.#lastTurn.then(async () => {
      await slots.untilQueueIsShorterThan(shortQueue);
      await nextTurn();
    });
    return this.#lastTurn;
  }

  /** @returns undefined for a case that the interruption kept from ending: it is not one that could not run */
  async #run(planned: RunnableCase, session: TargetSession, repetition: number): Promise<CaseRecord | undefined> {
    if (this.#signal.aborted) return undefined;
    const record = await runCase(planned, session, repetition, session.secrets.redactor, this.#room);
    if (this.#signal.aborted && record.outcome.kind === 'could-not-run') return undefined;
    return record;
  }

  /** Runs a case that judges the whole run, after all others have ended. */
  async runOverall(planned: RunnableCase): Promise<CaseRecord | undefined> {
    await this.#casesEnded.promise;
    try {
      if (this.#signal.aborted) return undefined;
      const session = await this.#session;
      return await runCase(planned, session, 0, session.secrets.redactor, this.#room);
    } finally {
      this.#runCasesLeft -= 1;
      if (this.#runCasesLeft === 0) this.#allEnded.resolve();
    }
  }

  /** Waits for the last case, deletes what is left, and says what the run on this target was like. */
  async finish(): Promise<TargetRecord> {
    const session = await this.#session;
    await Promise.all([this.#casesEnded.promise, this.#allEnded.promise]);
    await session.finish();
    const told = session.secrets.redactor.deep({
      traffic: session.traffic(),
      notes: session.notes,
      ...(session.unreachable && { unreachable: session.unreachable }),
    });
    return { target: this.target.name, ...told };
  }

  /** What was recorded, where the run is; to be asked for when it has finished. */
  async tape(): Promise<Tape | undefined> {
    return this.#deck?.recorder?.tape((await this.#session).secrets.redactor);
  }
}

/** Promise.withResolvers, which Node has since version 22. */
function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
