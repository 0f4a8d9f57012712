import type { components } from '../../specs/generated/target.ts';
import type { RequirementId } from '../../specs/generated/requirement-ids.ts';
import type { Call, IdentifierKind, CallOperation, Participant } from './call.ts';
import type { CallbackTokenClaims } from './callback-signing.ts';
import type { ExchangeOutcome, Reply, RequestContext } from './exchange.ts';
import type { OutgoingNotification, NotificationContext } from './notification.ts';
import type { Refusal } from './refusals.ts';
import type { RuleName } from './rules.ts';
import type { Settings } from './settings.ts';

type MaybePromise<T> = T | Promise<T>;

/** What a mute (or unmute) is about to do once nothing speaks against it. */
export type Decision =
  | { readonly accepted: true; readonly operation: CallOperation }
  | { readonly accepted: false; readonly refusal: Refusal };

/** Who gets which mute state, and whether the rosters concerned are announced. */
export interface StateChange {
  readonly muted: boolean;
  readonly participants: readonly Participant[];
  readonly announce: boolean;
}

/** What a hook may do to the emulator it deviates from. */
export interface Controls {
  /** The bearer token that a client is expected to have. */
  readonly expectedToken: string;
  /** The calls that have not ended. */
  calls(): Call[];
  /** Sets the state of a call's own participant without announcing it. */
  setMuted(call: Call, muted: boolean): void;
  /** Announces the roster as it stands to this call's callback. */
  announceRoster(call: Call, context?: RequestContext): void;
  /** Announces the operation to this call's callback. */
  announceOperation(call: Call, operation: CallOperation, context?: RequestContext): void;
  /** Resolves when everything announced to this call so far has been delivered or given up. */
  delivered(call: Call): Promise<void>;
  /** Resolves after so many milliseconds, or when the emulator is closed. */
  wait(milliseconds: number): Promise<void>;
  /** A new GUID. */
  identifier(): string;
  /** A callback token that differs from the documented one in these claims. */
  callbackToken(claims: CallbackTokenClaims): Promise<string>;
}

/**
 * The points at which a deviation can reach into the emulator, in the order in which a request passes them. Each
 * gets what the emulator would do and returns what it shall do instead, leaving what it got as it was (editing.ts).
 */
export interface Hooks {
  /** Before anything is looked at: an outcome ends the request here, waiting delays it. */
  request?(context: RequestContext, controls: Controls): MaybePromise<ExchangeOutcome | undefined>;
  /**
   * One rule's finding: the refusal or, when the rule is kept, undefined. Returning undefined waives the rule and the
   * next one is asked; a call that was never there cannot be waived into being.
   */
  rule?(context: RequestContext, rule: RuleName, refusal: Refusal | undefined, controls: Controls): Refusal | undefined;
  /** What a mute or unmute that passed all rules is answered with. */
  decision?(context: RequestContext, decision: Decision, controls: Controls): MaybePromise<Decision>;
  /** What an accepted mute or unmute changes. */
  state?(context: RequestContext, change: StateChange, controls: Controls): StateChange;
  /** Any answer, success or refusal, before it is sent. */
  reply?(context: RequestContext, reply: Reply, controls: Controls): MaybePromise<ExchangeOutcome>;
  /** One notification before it is sent: an empty list drops it, several send several in this order. */
  notification?(
    context: NotificationContext,
    delivery: OutgoingNotification,
    controls: Controls,
  ): MaybePromise<readonly OutgoingNotification[]>;
  /** Every id that the emulator gives out, with the request that it is made for. */
  identifier?(kind: IdentifierKind, proposed: string, context: RequestContext): string;
}

/** What a run against the deviating emulator has to be told, in the terms of the target file. */
export interface TargetOverrides {
  readonly apiVersion?: 'beta' | 'v1.0';
  readonly capabilities?: components['schemas']['capabilities'];
  /** Nobody says whether the deprecated path is served. */
  readonly undeclared?: 'app';
  readonly timeouts?: { readonly requestMs?: number; readonly notificationMs?: number; readonly throttleMs?: number };
}

/** One way to differ from the emulator as it is. */
export interface Deviation {
  readonly id: string;
  /** What it does, in one sentence without a full stop. */
  readonly summary: string;
  /** Made anew for each emulator, so that what a hook counts or remembers belongs to that one. */
  readonly hooks?: () => Hooks;
  /** Where the difference is one of the knobs that the emulator has anyway. */
  readonly settings?: Partial<Settings>;
  readonly target?: TargetOverrides;
  /**
   * Where it takes two answers to show it: those among which it shows have the same text. An id that comes once is like
   * any other.
   */
  readonly showsAmong?: (context: RequestContext) => string;
}

/** A deliberate defect: the suite must notice it. */
export interface Fault extends Deviation {
  /** The requirements that fail or warn because of it. */
  readonly breaks: readonly RequirementId[];
  /** The requirements that it may take down with it. */
  readonly mayAlsoBreak?: readonly RequirementId[];
  /** Which cases it strikes hangs on the order of the requests, and is not the same twice. */
  readonly unsteady?: true;
}

/** A legal difference: the suite must not fail it. */
export interface Variant extends Deviation {
  /** The requirements of level should that it does not meet, which the suite may warn about. */
  readonly bends?: readonly RequirementId[];
  /** The requirements that nobody can judge because of what it does not show, so that a run is incomplete. */
  readonly hides?: readonly RequirementId[];
}
