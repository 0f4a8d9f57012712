import type { Delivery, Mailbox } from '../../engine/callback/callback-receiver.ts';
import type { TokenVerdict } from '../../engine/callback/callback-token.ts';
import { TokenVerdicts } from '../../engine/callback/token-verdicts.ts';
import type { ExchangeRecord } from '../../engine/http/exchange-record.ts';
import { Semaphore } from '../../engine/http/semaphore.ts';
import type { CaseScope } from '../../engine/target/case-scope.ts';
import type { CouldNotRun } from '../../engine/target/could-not-run.ts';
import { TargetSession } from '../../engine/target/session.ts';
import type { CallKind } from '../../engine/target/target.ts';
import { CallLocks } from './call-locks.ts';
import type { Answer } from '../mute-answer.ts';
import { StartupProbe } from './startup-probe.ts';
import { MuteObserver } from '../rules/mute-observer.ts';
import type { GivenCall } from './given-call.ts';
import { SharedCalls } from './shared-calls.ts';

/** What was found where nobody had said whether the deprecated path is served. */
export interface AppLook {
  readonly served: boolean;
  /** How a mute was answered there, in words. */
  readonly found: string;
  /** Why that says nothing about the path; undefined where it does. */
  readonly undecided: CouldNotRun | undefined;
  /** Has the requests. */
  readonly scope: CaseScope;
}

/** What shows that a promise was broken: an exchange, with the one that created its call, or a notification. */
export type ViolationEvidence =
  { readonly record: ExchangeRecord; readonly creation?: ExchangeRecord | undefined } | { readonly delivery: Delivery };

/** The requests among what shows something, each once, the creation of a call before what was done with it. */
export function recordsIn(evidence: readonly ViolationEvidence[]): ExchangeRecord[] {
  const records = evidence.flatMap((shown) => ('record' in shown ? [shown.creation, shown.record] : []));
  return [...new Set(records)].filter((record) => record !== undefined);
}

/** A call whose case has ended. */
export interface ReleasedCall {
  /** Which one, in words. */
  readonly name: string;
  readonly meeting: string | undefined;
  /** In milliseconds of the session's clock. */
  readonly firstMuteAt: number | undefined;
  /** What came to its callback cannot be held against the target. */
  readonly isInconclusive: boolean;
  /** Whether the application was muted before the suite asked for anything. */
  readonly joinedMuted: boolean;
  /** Whether anything came to its callback. */
  readonly isHeard: boolean;
  /** Whether any update reported its own participant. */
  readonly isReported: boolean;
  /** @param at in milliseconds of the session's clock */
  wasReportedMutedBefore(at: number): boolean;
}

/** A session with a target that has calls: what the run has learnt of them. */
export class CallSession extends TargetSession {
  readonly locks = new CallLocks();
  /** Holds every answer and every notification against what is promised of it. */
  readonly observer = new MuteObserver<ViolationEvidence>();
  /** Commands that make calls run a few at a time: each is a process. */
  readonly commands = new Semaphore(4);
  /** By id: the calls that the target file gives. */
  readonly givenCalls = new Map<string, GivenCall>();
  /** Calls that cases use one after another. */
  readonly sharedCalls = new SharedCalls();
  /** How calls of each kind start up. */
  readonly startup: Readonly<Record<CallKind, StartupProbe>> = {
    group: new StartupProbe(),
    meeting: new StartupProbe(),
    peerToPeer: new StartupProbe(),
  };
  /** Valid mutes that were answered 200, and those of these answers whose body is not JSON, in words. */
  successes = 0;
  readonly notJson: string[] = [];
  /** Calls made for this run to whose callback anything came. */
  callsHeard = 0;
  /** Those of them whose own participant some update reported: only these can be reported muted too early. */
  callsReported = 0;
  /** Callbacks that told of a mute before there was one: roster.unsolicited. */
  readonly unsolicited: string[] = [];
  /** The callbacks of the calls that are there. */
  readonly mailboxes = new Set<Mailbox>();
  /** What was found at the deprecated path, where nobody declared it: looked at once. */
  appLook: Promise<AppLook> | undefined;
  #muted = false;
  #ownIdentifiable: boolean | undefined;
  readonly #mutesByMeeting = new Map<string, number>();

  readonly #tokens = new TokenVerdicts(this.target);
  #keysAreThere = true;

  /**
   * What checking the token of a delivery says, as of when it came.
   * @returns undefined where tokens are not checked, or the keys could not be had
   */
  async tokenOf(delivery: Delivery): Promise<TokenVerdict | undefined> {
    // Where keys are out of reach, each new token would wait for them once more.
    if (!this.#keysAreThere) return undefined;
    const verdict = await this.#tokens.of(delivery, this.clock.now() - delivery.receivedAt);
    if (verdict?.verdict === 'unknown') this.#keysAreThere = false;
    return verdict;
  }

  /** Waits for the releases, and has seen then what has come to the calls that cases share. */
  override async released(): Promise<void> {
    await super.released();
    await Promise.all(this.sharedCalls.idle.map((call) => call.hear()));
  }

  override async releaseAll(): Promise<void> {
    for (const call of this.sharedCalls.takeAll()) this.track(call.release());
    await super.releaseAll();
  }

  protected override get expectsNotifications(): boolean {
    return this.#muted;
  }

  /** Whether updates tell the application's own participant from others, as far as was seen by now. */
  get ownIdentifiable(): boolean | undefined {
    return this.#ownIdentifiable;
  }

  /** Once the own participant was told from others, it can be. */
  noteOwnIdentifiable(is: boolean): void {
    this.#ownIdentifiable = is || (this.#ownIdentifiable ?? false);
  }

  noteMute(meeting: string | undefined, at: number): void {
    this.#muted = true;
    if (meeting !== undefined && !this.#mutesByMeeting.has(meeting)) this.#mutesByMeeting.set(meeting, at);
  }

  /** Looks whether the body of an answer 200 to a valid mute is JSON. */
  noteSuccess({ request, jsonProblem }: Answer): void {
    this.successes += 1;
    if (jsonProblem !== undefined) this.notJson.push(`${request}: ${jsonProblem}`);
  }

  /** Takes note of a call that is let go of, and whether its callback told of a mute before one was sent. */
  noteRelease(call: ReleasedCall): void {
    if (call.isInconclusive) return;
    if (call.isHeard) this.callsHeard += 1;
    if (call.isReported) this.callsReported += 1;
    if (call.joinedMuted) return;
    const ofMeeting = call.meeting === undefined ? undefined : this.#mutesByMeeting.get(call.meeting);
    const firstMuteAt = Math.min(call.firstMuteAt ?? Infinity, ofMeeting ?? Infinity);
    if (!call.wasReportedMutedBefore(firstMuteAt)) return;
    const when = firstMuteAt === Infinity ? 'without any mute' : 'before its mute was sent';
    this.unsolicited.push(`${call.name} was reported muted ${when}`);
  }
}
