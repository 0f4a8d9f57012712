import { ExpectationFailure } from '../engine/cases/expect.ts';
import type { Delivery } from '../engine/callback/delivery.ts';
import type { Recorded } from '../engine/http/send-options.ts';
import { NotApplicable } from '../engine/target/could-not-run.ts';
import type { Target } from '../engine/target/target.ts';
import { lookAtApp } from './app-path.ts';
import type { CallUnderTest, MuteOptions } from './calls/call.ts';
import type { CallScope } from './calls/call-scope.ts';
import { recordsIn } from './calls/call-session.ts';
import { CaseCalls } from './calls/case-calls.ts';
import { deltaOptions } from './calls/sources/create-body.ts';
import { Expectations } from './expectations.ts';
import type { MistakenMute } from './mistaken-mute.ts';
import type { Answer } from './mute-answer.ts';
import { muteOfNoCall } from './mute-of-no-call.ts';
import { muteAnyway } from './repeated-mute.ts';
import type { Sort } from './rules/rule-book.ts';

/** What a case of a rule looks at. */
interface Looked extends Pick<Sort, 'things' | 'about'> {
  /** Whether the rule tells which of them the case is about. */
  readonly isNamed?: boolean | undefined;
}

/** What a case shows that others have sent and received. */
interface Shown {
  readonly records: readonly Recorded[];
  readonly deliveries: readonly Delivery[];
}

/** What a case has to work with, and the words for what it expects. Each meeting has its own thread. */
export class CaseContext extends Expectations {
  /** For what is below the suites, as are all its calls. */
  readonly scope: CallScope;
  readonly calls: CaseCalls;

  /** @param sharesCall whether its group call may be one that other cases have used and will use */
  constructor(scope: CallScope, sharesCall = false) {
    super(scope.observation);
    this.scope = scope;
    this.calls = new CaseCalls(scope, sharesCall);
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

  /** A group call with two targets. */
  get groupCall(): CallUnderTest {
    return this.calls.group;
  }

  /** A group call whose callbackUri has nothing in it that could be written in another way. */
  get plainCallbackCall(): CallUnderTest {
    return this.calls.named('plain callback', 'group', undefined, { hasPlainCallback: true });
  }

  /** A second group call, which has nothing to do with the first. */
  get otherGroupCall(): CallUnderTest {
    return this.calls.named('other group', 'group');
  }

  /** A group call that asks for deltas of its roster (fact 78). */
  get deltaCall(): CallUnderTest {
    return this.calls.named('deltas', 'group', undefined, { createMembers: { callOptions: deltaOptions } });
  }

  /** So many group calls that have nothing to do with each other. */
  readonly groupCalls = (amount: number): CallUnderTest[] =>
    Array.from({ length: amount }, (_, index) => this.calls.named(`group ${index}`, 'group'));

  /** A group call by chatInfo and meetingInfo. */
  get meetingCall(): CallUnderTest {
    return this.calls.named('meeting', 'meeting', this.#meeting);
  }

  /** A second call into the same meeting. */
  get otherLeg(): CallUnderTest {
    return this.calls.named('other leg', 'meeting', this.#meeting);
  }

  #meetingId: string | undefined;

  get #meeting(): string {
    this.#meetingId ??= this.scope.uuid('meeting');
    return this.#meetingId;
  }

  /** A call with one target. */
  get peerToPeerCall(): CallUnderTest {
    return this.calls.named('peer to peer', 'peerToPeer');
  }

  /** A call of its own that is like another one: of its kind, and in its meeting where that has one. */
  readonly freshCall = (like: CallUnderTest): CallUnderTest => this.calls.freshLike(like);

  /** Mutes a call that may be muted already, or a fresh one like it where this one cannot be muted again. */
  readonly muteAnyway = (call: CallUnderTest, options: MuteOptions = {}): Promise<Answer> =>
    muteAnyway(call, options, () => this.freshCall(call));

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
    if (of === 'unknown call') return muteOfNoCall(this.scope, this.uuid(of));
    if (of === 'malformed call id') return muteOfNoCall(this.scope, 'not a call id!');
    if (of === 'peer-to-peer call') return this.peerToPeerCall.mute(options);
    if (of !== 'ended call') return this.groupCall.mute(options);
    const ended = this.calls.named('ended', 'group');
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
      records: recordsIn(evidence),
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
    return [...this.#looks.flatMap(({ deliveries }) => deliveries), ...this.calls.deliveries];
  }
}
