import type { Delivery } from '../../engine/callback/delivery.ts';
import type { Outcome } from '../../engine/results/outcome.ts';
import type { CallKind } from '../../engine/target/target.ts';
import { CallUnderTest, type CallWishes } from './call.ts';
import type { CallScope } from './call-scope.ts';
import { canShareCalls, SharedCall } from './shared-call.ts';

/**
 * The calls of one case. They are made when they are first used and end with the case, but for a group call that cases
 * use one after another. Each has its own callback.
 */
export class CaseCalls {
  readonly #scope: CallScope;
  readonly #calls = new Map<string, CallUnderTest>();
  readonly #sharesCall: boolean;
  #sharedCall: SharedCall | undefined;
  #giveUpPlace: (() => void) | undefined;
  #freshCalls = 0;

  /** @param sharesCall whether its group call may be one that other cases have used and will use */
  constructor(scope: CallScope, sharesCall: boolean) {
    this.#scope = scope;
    this.#sharesCall = sharesCall && canShareCalls(scope.session.target);
  }

  /** Waits until the case may begin: not too many share calls at once. */
  async mayBegin(): Promise<void> {
    const { sharedCalls } = this.#scope.session;
    if (!this.#sharesCall || sharedCalls.isOver) return;
    this.#giveUpPlace = await this.#scope.turn(sharedCalls.place(this.#scope.path));
  }

  /** The call of that name, which the case has alone. */
  named(name: string, kind: CallKind, meeting?: string, wishes?: CallWishes): CallUnderTest {
    const there = this.#calls.get(name);
    if (there !== undefined) return there;
    const call = new CallUnderTest(this.#scope.session, this.#scope, kind, meeting, wishes);
    this.#calls.set(name, call);
    return call;
  }

  /** A call that is like another one: of its kind, and in its meeting where that has one. */
  freshLike({ kind, meeting }: CallUnderTest): CallUnderTest {
    return this.named(`fresh ${++this.#freshCalls}`, kind, meeting);
  }

  /** The group call, which others may have used. */
  get group(): CallUnderTest {
    if (this.#sharedCall !== undefined) return this.#sharedCall;
    if (!this.#sharesCall || this.#scope.session.sharedCalls.isOver) return this.named('group', 'group');
    this.#sharedCall = this.#takeSharedCall();
    this.#calls.set('group', this.#sharedCall);
    return this.#sharedCall;
  }

  #takeSharedCall(): SharedCall {
    const { session } = this.#scope;
    const idle = session.sharedCalls.take(this.#scope.path);
    if (!(idle instanceof SharedCall)) return new SharedCall(session, this.#scope);
    idle.passTo(this.#scope);
    return idle;
  }

  /** What came to their callbacks for this case. */
  get deliveries(): Delivery[] {
    const there = [...this.#calls.values()].filter((call) => call.exists);
    return there.flatMap((call) => call.deliveries(call.takenAt));
  }

  /**
   * Whether the case may have ended so for what others did with the call that it shares with them: where a valid mute
   * of it does not succeed now, or nothing could be said of the promise.
   */
  async mayBeDisturbed({ kind }: Outcome): Promise<boolean> {
    const { session } = this.#scope;
    const call = this.#sharedCall;
    const isJudged = kind === 'violated' || kind === 'not-applicable';
    if (!isJudged && kind !== 'could-not-run') return false;
    if (call?.wasReused !== true || session.signal.aborted) return false;
    const isWell = await call.isWell();
    if (!isWell) session.sharedCalls.noteInVain();
    return !isWell || !isJudged;
  }

  /** Ends them, in the background, but for the one that others may use. */
  release(): void {
    const { session } = this.#scope;
    if (this.#sharedCall?.isInVain === true) session.sharedCalls.noteInVain();
    // Also those that are still coming about: nobody else would end them.
    for (const call of this.#calls.values()) {
      if (call === this.#sharedCall && this.#sharedCall.isReusable) session.sharedCalls.giveBack(this.#sharedCall);
      else session.track(call.release());
    }
    this.#giveUpPlace?.();
  }
}
