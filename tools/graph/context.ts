import { lookAtApp } from './app-path.ts';
import { exchangesIn } from './calls/call-session.ts';
import { CallUnderTest, type CallWishes, type MuteOptions } from './calls/call.ts';
import { canShareCalls, SharedCall } from './calls/shared-call.ts';
import { deltaOptions } from './calls/sources/create-body.ts';
import type { CallScope } from './calls/call-scope.ts';
import { CouldNotRun, failedPremise, NotApplicable } from '../engine/target/could-not-run.ts';
import { bodyInWords } from './body-words.ts';
import type { Answer } from './mute-answer.ts';
import type { Outcome } from '../engine/results/outcome.ts';
import type { CallKind, Target } from '../engine/target/target.ts';
import { Expectations } from './expectations.ts';
import { ExpectationFailure } from '../engine/cases/expect.ts';
import type { Delivery } from '../engine/callback/delivery.ts';
import type { Exchange } from '../engine/results/results.ts';
import { isGuid } from './ids.ts';
import { type MistakenMute, mistakeIn } from './mistaken-mute.ts';
import { sentMute } from './mute-request.ts';
import { muteAnyway } from './repeated-mute.ts';
import type { Sort } from './rules/rule-book.ts';

/** What a case of a rule looks at. */
interface Looked extends Pick<Sort, 'things' | 'about'> {
  /** Whether the rule tells which of them the case is about. */
  readonly isNamed?: boolean | undefined;
}

/** What a case shows that others have sent and received, made when it is looked at. */
interface Shown {
  readonly exchanges: readonly Exchange[];
  readonly deliveries: readonly Delivery[];
}

/**
 * What a case has to work with, and the words for what it expects. Calls are made when they are first used and end
 * with the case, but for a group call that cases use one after another. Each has its own callback, each meeting its own
 * thread.
 */
export class CaseContext extends Expectations {
  /** For what is below the suites. */
  readonly scope: CallScope;
  readonly #calls = new Map<string, CallUnderTest>();

  readonly #sharesCall: boolean;
  #sharedCall: SharedCall | undefined;
  #giveUpPlace: (() => void) | undefined;

  /** @param sharesCall whether its group call may be one that other cases have used and will use */
  constructor(scope: CallScope, sharesCall = false) {
    super(scope.observation);
    this.scope = scope;
    this.#sharesCall = sharesCall && canShareCalls(scope.session.target);
  }

  #call(name: string, kind: CallKind, meeting?: string, wishes?: CallWishes): CallUnderTest {
    const there = this.#calls.get(name);
    if (there !== undefined) return there;
    const call = new CallUnderTest(this.scope.session, this.scope, kind, meeting, wishes);
    this.#calls.set(name, call);
    return call;
  }

  get target(): Target {
    return this.scope.session.target;
  }

  get path(): '/communications' | '/app' {
    return this.scope.path;
  }

  /** For generators: the same in every run with this seed. */
  get seed(): number {
    return this.scope.seed;
  }

  /** Waits until the case may begin: not too many share calls at once. */
  async mayBegin(): Promise<void> {
    const { sharedCalls } = this.scope.session;
    if (!this.#sharesCall || sharedCalls.isOver) return;
    this.#giveUpPlace = await this.scope.turn(sharedCalls.place(this.path));
  }

  /** A group call with two targets. */
  get groupCall(): CallUnderTest {
    if (this.#sharedCall !== undefined) return this.#sharedCall;
    if (!this.#sharesCall || this.scope.session.sharedCalls.isOver) return this.#call('group', 'group');
    this.#sharedCall = this.#takeSharedCall();
    this.#calls.set('group', this.#sharedCall);
    return this.#sharedCall;
  }

  #takeSharedCall(): SharedCall {
    const { session } = this.scope;
    const idle = session.sharedCalls.take(this.path);
    if (!(idle instanceof SharedCall)) return new SharedCall(session, this.scope);
    idle.passTo(this.scope);
    return idle;
  }

  /** A group call whose callbackUri has nothing in it that could be written in another way. */
  get plainCallbackCall(): CallUnderTest {
    return this.#call('plain callback', 'group', undefined, { hasPlainCallback: true });
  }

  /** A second group call, which has nothing to do with the first. */
  get otherGroupCall(): CallUnderTest {
    return this.#call('other group', 'group');
  }

  /** A group call that asks for deltas of its roster (fact 78). */
  get deltaCall(): CallUnderTest {
    return this.#call('deltas', 'group', undefined, { createMembers: { callOptions: deltaOptions } });
  }

  /** So many group calls that have nothing to do with each other. */
  readonly groupCalls = (amount: number): CallUnderTest[] =>
    Array.from({ length: amount }, (_, index) => this.#call(`group ${index}`, 'group'));

  /** A group call by chatInfo and meetingInfo. */
  get meetingCall(): CallUnderTest {
    return this.#call('meeting', 'meeting', this.#meeting);
  }

  /** A second call into the same meeting. */
  get otherLeg(): CallUnderTest {
    return this.#call('other leg', 'meeting', this.#meeting);
  }

  #meetingId: string | undefined;

  get #meeting(): string {
    this.#meetingId ??= this.scope.uuid('meeting');
    return this.#meetingId;
  }

  /** A call with one target. */
  get peerToPeerCall(): CallUnderTest {
    return this.#call('peer to peer', 'peerToPeer');
  }

  #freshCalls = 0;

  /** A call of its own that is like another one: of its kind, and in its meeting where that has one. */
  readonly freshCall = ({ kind, meeting }: CallUnderTest): CallUnderTest =>
    this.#call(`fresh ${++this.#freshCalls}`, kind, meeting);

  /** Mutes a call that may be muted already, or a fresh one like it where this one cannot be muted again. */
  readonly muteAnyway = (call: CallUnderTest, options: MuteOptions = {}): Promise<Answer> =>
    muteAnyway(call, options, () => this.freshCall(call));

  /** A mute of a call that never existed, or whose id is of the wrong form. */
  async muteCallId(callId: string): Promise<Answer> {
    const { session } = this.scope;
    const body = { json: { clientContext: this.scope.nextClientContext() } };
    const answer = await this.scope.send({
      step: 'mute',
      method: 'POST',
      path: `${this.path}/calls/${encodeURIComponent(callId)}/mute`,
      body,
    });
    if (session.signal.aborted) return answer;
    session.observer.answered({
      answer,
      sent: sentMute({}, body, undefined),
      target: session.target,
      evidence: () => ({ record: answer.http.record }),
      path: this.path,
      callId,
      token: session.target.token,
      mistake: mistakeIn({ of: isGuid(callId) ? 'unknown call' : 'malformed call id' }),
      history: undefined,
      repeated: false,
      changes: false,
      othersOfCall: 0,
      requestsInFlight: session.semaphore.taken,
    });
    return answer;
  }

  /**
   * What was found at the deprecated path, which nobody declared.
   * @throws NotApplicable where somebody did, and on v1.0, which has no such path
   */
  async lookAtUndeclaredApp(): Promise<{ served: boolean; found: string }> {
    const { session } = this.scope;
    const { apiVersion, capabilities } = session.target;
    if (apiVersion !== 'beta') throw new NotApplicable('version', `/app does not exist on ${apiVersion}`);
    if (capabilities.app !== undefined) {
      throw new NotApplicable('condition', 'the target file says whether /app is served');
    }
    const look = await lookAtApp(session);
    this.scope.include(look.scope);
    if (look.undecided !== undefined) throw look.undecided;
    return look;
  }

  /** Whether the deprecated path is served, by the target file, or else by a look at it. */
  readonly isAppServed = async (): Promise<boolean> => {
    const { apiVersion, capabilities } = this.target;
    if (apiVersion !== 'beta') return false;
    return capabilities.app ?? (await lookAtApp(this.scope.session)).served;
  };

  /** How long the case takes by now, in milliseconds, less what it waits for its turn. */
  readonly elapsedMs = (): number => this.scope.time.elapsedMs();

  /** A GUID that names nothing on the target. */
  readonly uuid = (name: string): string => this.scope.uuid(name);

  /**
   * Keeps a text out of every report, as the bearer token is: for one from which the token could be told.
   * @returns the text
   */
  readonly keepSecret = (text: string): string => {
    this.scope.session.secrets.add(text);
    return text;
  };

  /** A mute that is to be refused. */
  async muteMistakenly({ of, ...options }: MistakenMute): Promise<Answer> {
    if (of === 'unknown call') return this.muteCallId(this.uuid(of));
    if (of === 'malformed call id') return this.muteCallId('not a call id!');
    if (of === 'peer-to-peer call') return this.peerToPeerCall.mute(options);
    if (of !== 'ended call') return this.groupCall.mute(options);
    const ended = this.#call('ended', 'group');
    await ended.end();
    return ended.mute(options);
  }

  /**
   * Judges the case by what the run has seen already of its promise: as much as the case would see for itself, or more.
   * @param rules those that say what must hold
   * @returns false where not all of them were put to as much: then the case has to ask
   * @throws ExpectationFailure when one of them was broken
   */
  readonly judgedByOthers = (rules: readonly object[], sort: Looked): boolean => {
    const { session, repetition, observation } = this.scope;
    const { observer, everyCaseAsks } = session;
    // Where no mute succeeds, a refusal may have any reason.
    const hasControl = sort.things !== 'refusals' || observer.mutesOn(this.path);
    if (everyCaseAsks || !hasControl) return false;
    const slug = sort.isNamed === true ? this.scope.slug : undefined;
    const seen = rules.map((rule) => observer.book.sighting(rule, { ...sort, slug, path: this.path }));
    const whole = seen.filter((sighting) => sighting !== undefined && sighting.count > repetition);
    if (whole.length < rules.length) return false;
    const decisive = whole.find((sighting) => sighting?.first !== undefined) ?? whole[0];
    if (decisive === undefined) return false;
    const { count, violated, first, checked, evidence } = decisive;
    this.show({
      get exchanges() {
        return exchangesIn(evidence);
      },
      deliveries: evidence.flatMap((shown) => ('delivery' in shown ? [shown.delivery] : [])),
    });
    observation.counts = { count, violated };
    observation.checked.push(...checked);
    if (first !== undefined) throw new ExpectationFailure(first.expectation, first.actual, first.hint);
    return true;
  };

  readonly #looks: Shown[] = [];

  /** Shows what the case is judged by, though others have sent and received it. */
  show(look: Shown): void {
    this.scope.include(look);
    this.#looks.push(look);
  }

  /** What came to the callbacks of the case, or shows what it was judged by. */
  get deliveries(): Delivery[] {
    const calls = [...this.#calls.values()].filter((call) => call.exists);
    return [
      ...this.#looks.flatMap(({ deliveries }) => deliveries),
      ...calls.flatMap((call) => call.deliveries(call.takenAt)),
    ];
  }

  /**
   * Whether the case may have ended so for what others did with the call that it shares with them: where a valid mute
   * of it does not succeed now, or nothing could be said of the promise.
   */
  async isInDoubt({ kind }: Outcome): Promise<boolean> {
    const { session } = this.scope;
    const call = this.#sharedCall;
    const isJudged = kind === 'violated' || kind === 'not-applicable';
    if (!isJudged && kind !== 'could-not-run') return false;
    if (call?.wasReused !== true || session.signal.aborted) return false;
    const isWell = await call.isWell();
    if (!isWell) session.sharedCalls.noteInVain();
    return !isWell || !isJudged;
  }

  /** Ends all calls of the case, in the background, but for one that others may use. */
  release(): void {
    const { session } = this.scope;
    if (this.#sharedCall?.isInVain === true) session.sharedCalls.noteInVain();
    // Also those that are still coming about: nobody else would end them.
    for (const call of this.#calls.values()) {
      if (call === this.#sharedCall && this.#sharedCall.isReusable) session.sharedCalls.giveBack(this.#sharedCall);
      else session.track(call.release());
    }
    this.#giveUpPlace?.();
  }
}

function refusal(answer: Answer): string {
  return `${answer.request} was answered ${answer.status} with ${bodyInWords(answer.http.text)}`;
}

/**
 * A request that must succeed before anything can be said of what it answers.
 * @throws CouldNotRun when it does not: another requirement judges that
 */
export async function given(request: Promise<Answer>): Promise<Answer> {
  const answer = await request;
  if (!answer.succeeded) throw new CouldNotRun(`${failedPremise.request}: ${refusal(answer)}`);
  return answer;
}

/**
 * The control of a refusal on a call: a valid mute of it. One that others have used needs none where such a mute has
 * succeeded already, and everything since was answered as it had to be.
 * @param mute sends it where it is no plain mute
 * @throws CouldNotRun when it does not succeed
 */
export async function controlOn(call: CallUnderTest, mute = () => call.mute()): Promise<void> {
  if (!call.showControl()) await control(mute());
}

/**
 * The same request with only the offending part changed: a refusal counts only if this succeeds in the same run
 * (design, principle 3).
 * @throws CouldNotRun when it does not: the refusal may have had any other reason
 */
export async function control(request: Promise<Answer>): Promise<Answer> {
  const answer = await request;
  answer.http.record.markAsControl();
  if (!answer.succeeded) {
    throw new CouldNotRun(`${failedPremise.control}, so the refusal may have had another reason: ${refusal(answer)}`);
  }
  return answer;
}
