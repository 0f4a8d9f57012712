import type { RequirementId } from '../../../specs/generated/requirement-ids.ts';
import { loadCatalogue } from '../../engine/catalogue/catalogue.ts';
import { shown } from '../../engine/cases/expect.ts';
import type { Trail } from '../../engine/cases/walk.ts';
import { CouldNotRun, NotRecorded } from '../../engine/target/could-not-run.ts';
import type { CallUnderTest } from '../calls/call.ts';
import type { CaseContext } from '../context.ts';
import { rosterWithOwn } from '../effects.ts';
import type { Answer } from '../mute-answer.ts';
import { type ModelledCall, type MuteModel, noteUnknown, untouchedCall } from './mute-model.ts';

/** Calls that a walk has at most. */
const mostCalls = 3;

/** What a walk has learnt of how a target shows what becomes of mutes. */
export interface Sight {
  /** Whether updates tell of the application's own participant, of whomever, or do not come. */
  updates: 'own' | 'any' | 'none';
  /** Whether GET …/participants tells whether the own participant is muted. */
  reads: boolean;
  /** There can be no second call. */
  isOnly: boolean;
}

/** The calls of one sequence of a walk, and the eyes for what becomes of them. */
export class WalkedCalls {
  readonly model: MuteModel;
  readonly sight: Sight;
  readonly #context: CaseContext;
  readonly #calls: (CallUnderTest | undefined)[];

  private constructor(context: CaseContext, sight: Sight, first: CallUnderTest) {
    const { muted, joinedMuted, firstMuteAt } = first.state;
    const wasMuted = muted !== false || joinedMuted || firstMuteAt !== undefined;
    this.model = {
      calls: Array.from({ length: sight.isOnly ? 1 : mostCalls }, (_, index) =>
        index === 0 ? { ...untouchedCall(), isThere: true, muted, wasMuted } : untouchedCall(),
      ),
    };
    this.sight = sight;
    this.#context = context;
    this.#calls = [first];
  }

  /** Begins with a call of its own, or with the one that there is. @throws CouldNotRun when there is none */
  static async begin(context: CaseContext, sight: Sight): Promise<WalkedCalls> {
    const only = context.groupCall;
    if (!only.exists) {
      await only.ready();
      if (!only.provided.isOwn) sight.isOnly = true;
      return new WalkedCalls(context, sight, only);
    }
    if (sight.isOnly) return new WalkedCalls(context, sight, only);
    try {
      return new WalkedCalls(context, sight, await context.freshCall(only).ready());
    } catch (error) {
      if (!(error instanceof CouldNotRun) || error instanceof NotRecorded) throw error;
      sight.isOnly = true;
      return new WalkedCalls(context, sight, only);
    }
  }

  /** A call and its model; undefined where there can be no further one. */
  async at(index: number): Promise<{ call: CallUnderTest; modelled: ModelledCall } | undefined> {
    const modelled = this.model.calls[index];
    if (modelled === undefined) return undefined;
    const call = this.#calls[index] ?? this.#context.freshCall(this.#context.groupCall);
    try {
      await call.ready();
    } catch (error) {
      if (!(error instanceof CouldNotRun) || error instanceof NotRecorded) throw error;
      modelled.isEnded = true;
      return undefined;
    }
    this.#calls[index] = call;
    if (!modelled.isThere) {
      const { muted, joinedMuted } = call.state;
      Object.assign(modelled, { isThere: true, muted, wasMuted: muted !== false || joinedMuted });
    }
    return { call, modelled };
  }

  /** Holds an answer to a mute against every must that speaks of it. */
  judgeAnswer({ session }: CallUnderTest, answer: Answer, trail: Trail): void {
    for (const { requirement, expectation, actual, hint } of session.observer.violationsIn(answer)) {
      if (loadCatalogue().requirement(requirement).level !== 'must') continue;
      trail.reportViolation({
        promise: requirement,
        expectation,
        actual,
        ...(hint !== undefined && { hint }),
        isRule: true,
      });
    }
  }

  /**
   * A change of the own participant is announced, as far as this target's updates tell.
   * @param promise what says so
   */
  async judgeAnnouncement(
    call: CallUnderTest,
    modelled: ModelledCall,
    promise: RequirementId,
    trail: Trail,
  ): Promise<void> {
    const { muted: isMuted } = modelled;
    if (isMuted === undefined) return;
    // Where a plain mute is not announced, neither is one that something came before.
    const isUnannounced = trail.isKnown(promise) || (isMuted && trail.isKnown('roster.self-muted'));
    if (this.sight.updates === 'none' || isUnannounced) {
      // An operation may take a while, of which nothing else tells.
      if (!this.sight.reads) await call.callback.quietWindow();
      else await this.judgeReading(call, modelled, trail);
      return;
    }
    if (await this.#isAnnounced(call, isMuted, trail)) return;
    const whom = this.sight.updates === 'own' ? ` that reports the own participant with isMuted ${isMuted}` : '';
    trail.reportViolation({
      promise,
      expectation: `an update${whom}`,
      actual: call.rosterDeliveries().length === 0 ? 'no update came' : 'no update that came does so',
      isRule: false,
    });
    noteUnknown(modelled);
  }

  async #isAnnounced(call: CallUnderTest, isMuted: boolean, trail: Trail): Promise<boolean> {
    if (trail.purpose === 'learning' && this.sight.updates === 'own') {
      if ((await call.callback.ownDelivery(isMuted)) !== undefined) return true;
      if (call.rosterDeliveries().length === 0) this.sight.updates = 'none';
      if (call.ownIdentifiable) return false;
      this.sight.updates = 'any';
    }
    const since = call.lastRequestAt;
    const { mailbox, session } = call;
    const found = await mailbox.waitFor(
      (delivery) =>
        this.sight.updates === 'any'
          ? call.rosterDeliveries().length > 0
          : delivery.receivedAt >= since && call.reportsOwn(delivery, isMuted),
      patienceMs(call, trail),
      session.signal,
    );
    return found !== undefined;
  }

  /** GET …/participants has the own participant as it has to be. */
  async judgeReading(call: CallUnderTest, modelled: ModelledCall, trail: Trail): Promise<void> {
    const { muted, because } = modelled;
    if (muted === undefined || !this.sight.reads) return;
    const isMuted = await this.#readOwn(call, muted, trail);
    if (isMuted === undefined || isMuted === muted) return;
    trail.reportViolation({
      promise: because,
      expectation: `GET …/participants to list the own participant with isMuted ${muted}`,
      actual: `it is listed with isMuted ${shown(isMuted)}`,
      isRule: false,
    });
    noteUnknown(modelled);
  }

  async #readOwn(call: CallUnderTest, muted: boolean, trail: Trail): Promise<unknown> {
    try {
      return (await rosterWithOwn(call, muted, patienceMs(call, trail))).own.isMuted;
    } catch (error) {
      if (!(error instanceof CouldNotRun)) throw error;
      this.sight.reads = false;
      return undefined;
    }
  }

  /** No update has reported a call muted that nobody ever muted. */
  judgeSilence(trail: Trail): void {
    for (const [index, modelled] of this.model.calls.entries()) {
      const call = this.#calls[index];
      if (call === undefined || modelled.wasMuted || modelled.muted !== false) continue;
      const stray = call.mailbox.deliveries.find((delivery) => call.reportsOwnById(delivery, true));
      if (stray === undefined) continue;
      trail.reportViolation({
        promise: modelled.because === 'state.refusal-no-effect' ? 'roster.not-on-refusal' : 'roster.unsolicited',
        expectation: 'no update that reports the own participant of a call muted that nobody muted',
        actual: `one came to ${stray.path}`,
        isRule: false,
      });
      noteUnknown(modelled);
    }
  }

  /** Looks at all calls once more when late effects have had their time. */
  async judgeEnd(trail: Trail): Promise<void> {
    const { session } = this.#context.groupCall;
    if (trail.purpose !== 'shrinking') await session.clock.sleep(session.quietWindowMs(), session.signal);
    for (const [index, modelled] of this.model.calls.entries()) {
      const call = this.#calls[index];
      if (call !== undefined && !modelled.isEnded) await this.judgeReading(call, modelled, trail);
    }
    this.judgeSilence(trail);
  }
}

/** Where only a shorter sequence is looked for, what comes later than anything by now is taken for what never comes. */
function patienceMs({ session }: CallUnderTest, { purpose }: Trail): number {
  const { notificationMs } = session.target.timeouts;
  return purpose === 'shrinking' ? Math.min(notificationMs, session.quietWindowMs()) : notificationMs;
}
