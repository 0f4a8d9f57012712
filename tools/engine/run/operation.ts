import type { Delivery } from '../callback/callback-receiver.ts';
import type { RunnableCase } from '../cases/suite.ts';
import type { Outcome } from '../results/outcome.ts';
import type { Exchange, RuleFinding } from '../results/results.ts';
import type { CaseScope } from '../target/case-scope.ts';
import type { SessionOptions, TargetSession } from '../target/session.ts';
import type { Target } from '../target/target.ts';

/** What a promise came to over the whole run, with the first violations as they were. */
export interface OpenFinding extends Omit<RuleFinding, 'exchanges' | 'notifications'> {
  readonly exchanges: readonly Exchange[];
  readonly deliveries: readonly Delivery[];
}

/** One attempt of one case. */
export interface OpenCase {
  /** Has what was sent, and what was found as expected. */
  readonly scope: CaseScope;
  /** @throws ExpectationFailure, CouldNotRun, NotApplicable, Indeterminate, TransportFault: how the case ends */
  run(): Promise<void>;
  /** What came to the callbacks of the case. */
  deliveries(): readonly Delivery[];
  /**
   * Whether it may be for what other cases did with what the case shares with them that it has ended so. Asks the
   * target what it takes to tell.
   */
  mayBeDisturbed(outcome: Outcome): Promise<boolean>;
  /** Gives back, in the background, what the case has on the target. */
  release(): void;
}

/** Which attempt of a case it is. */
export interface CaseAttempt {
  /** What the identifiers of this attempt derive from. */
  readonly label: string;
  /** How many times the case has run before. */
  readonly repetition: number;
  /** Whether it shares nothing with other cases. */
  readonly isAlone: boolean;
}

/**
 * What is tested, as far as the engine has to know it: how to make contact with a target, how a case of its suites is
 * run, and what a notification is.
 */
export interface Operation<Session extends TargetSession = TargetSession> {
  /** @throws ConfigurationError when the callback listener cannot be opened */
  openSession(target: Target, options: SessionOptions): Promise<Session>;
  /** The first contact with the target; sets `session.unreachable` where there is none. */
  reach(session: Session): Promise<void>;
  /**
   * Whether a case applies to the target, beside the capabilities that it needs.
   * @throws NotApplicable, and what else keeps a case from running
   */
  requireApplicable(planned: RunnableCase, session: Session): Promise<void>;
  openCase(planned: RunnableCase, session: Session, attempt: CaseAttempt): OpenCase;
  /** What the whole run has shown of the promises that are put to everything that it sees; asked when it is over. */
  findings(session: Session): OpenFinding[];
  /** What a notification is, and what is wrong with it. */
  describe(delivery: Delivery): { readonly kind: string; readonly problems: string[] };
}
