import type { Mailbox } from '../engine/callback/callback-receiver.ts';
import { Slots } from '../engine/http/slots.ts';
import { TargetSession } from '../engine/target/session.ts';
import type { CallKind } from '../engine/target/target.ts';
import type { AppLook } from './app-path.ts';
import type { CallUnderTest } from './call.ts';
import { CallLocks } from './call-locks.ts';
import type { Answer } from './mute-answer.ts';
import { CallKnowledge } from './readiness.ts';
import type { SharedCall } from './shared-call.ts';

/** A session with a target that has calls: what the run has learnt of them. */
export class CallSession extends TargetSession {
  readonly locks = new CallLocks();
  /** Commands that make calls run a few at a time: each is a process. */
  readonly commands = new Slots(4);
  /** By id: the calls that the target file names. */
  readonly sharedCalls = new Map<string, SharedCall>();
  readonly knowledge: Readonly<Record<CallKind, CallKnowledge>> = {
    group: new CallKnowledge(),
    meeting: new CallKnowledge(),
    peerToPeer: new CallKnowledge(),
  };
  /** Whether updates tell the application's own participant from others, as far as was seen by now. */
  ownIsTold: boolean | undefined;
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
  readonly #mutesByMeeting = new Map<string, number>();

  protected override get expectsNotifications(): boolean {
    return this.#muted;
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

  /** Looks, when a call is let go of, whether its callback told of a mute before one was sent. */
  noteRelease(call: CallUnderTest): void {
    // A call that is kept may have been muted before this run.
    if (!call.provided.isOwn) return;
    const { deliveries } = call.mailbox;
    if (deliveries.length > 0) this.callsHeard += 1;
    if (deliveries.some((delivery) => call.ownEntryIn(delivery) !== undefined)) this.callsReported += 1;
    if (call.provided.joinedMuted === true) return;
    const ofMeeting = call.meeting === undefined ? undefined : this.#mutesByMeeting.get(call.meeting);
    const firstMuteAt = Math.min(call.firstMuteAt ?? Infinity, ofMeeting ?? Infinity);
    const early = deliveries.find((delivery) => delivery.receivedAt < firstMuteAt && call.reportsOwn(delivery, true));
    if (early !== undefined) {
      this.unsolicited.push(
        `${call.scope.caseId}: call ${call.id} was reported muted ${firstMuteAt === Infinity ? 'without any mute' : 'before its mute was sent'}`,
      );
    }
  }
}
